import { and, eq, inArray, isNotNull, isNull, type SQL } from 'drizzle-orm';
import { conflictsAmong } from '#domain/decision/flags.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { foldEntry } from '#domain/register/decide-entry.ts';
import { nobody } from '#domain/access/standing.ts';
import type { Instant } from '#domain/time.ts';
import type { RegisterKind, RegisterRow, RegisterRows } from '#protocol/views/registers.ts';
import type { RegisterFilter } from '../app-registers.ts';
import { objectLink } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { contextFor } from './act-on-entry.ts';
import { columnsOf, readEntries, type LoadedEntry } from './entry-rows.ts';
import { registerParts } from './parts.ts';
import { readTouched, type Touched } from './touched.ts';
import { readWords } from './words.ts';

/** Where and when it is looked at. */
export interface Look {
  readonly organisationId: string;
  readonly at: Instant;
  readonly zone: string;
}

/** Entries of one kind as lists show them: triage by rank, all else newest first. */
export async function listEntries<K extends RegisterKind>(
  queries: Queries,
  look: Look,
  kind: K,
  filter: RegisterFilter,
): Promise<readonly RegisterRows[K][]> {
  const named = [filter.boardId, filter.teamId, filter.ownerId, filter.commitmentId, filter.sessionId];
  if (named.some((id) => id !== undefined && !isUuid(id))) return [];
  const where = await conditionOf(queries, look, kind, filter);
  if (where === null) return [];
  const rows = await viewEntries(
    queries,
    look,
    kind,
    await readEntries(queries, kind, look.organisationId, where),
  );
  return rows.filter(
    (it) =>
      (filter.status === undefined || it.status === filter.status) &&
      (filter.sign === undefined || !('sign' in it) || it.sign === filter.sign),
  );
}

/** Loaded entries as lists show them, with what the clock has done by now. */
export async function viewEntries<K extends RegisterKind>(
  queries: Queries,
  look: Look,
  kind: K,
  found: readonly LoadedEntry[],
): Promise<readonly RegisterRows[K][]> {
  if (found.length === 0) return [];
  const now = found.map((it) => asOf(kind, it, look));
  const touched = await readTouched(
    queries,
    look.organisationId,
    now.flatMap(({ state }) => state.affects),
  );
  const words = await readWords(queries, look.organisationId, touched);
  const conflicts = kind === 'decision' ? await readConflicts(queries, look) : new Map<string, string[]>();
  const context = contextFor(nobody, look.zone);
  const rows = now.map(({ row, state }) => {
    const weight = weightOf(state.affects, touched);
    const contradicts = conflicts.get(row.id) ?? [];
    const base: RegisterRow = {
      ...{ id: row.id, kind, boardId: state.board, objectKey: state.key, title: state.title },
      status: state.status,
      flags: [
        ...registerParts[kind].flags(state, look.at, context),
        ...(contradicts.length > 0 ? ['conflict'] : []),
      ],
      ...{ ownerId: state.owner, teamId: state.team, raisedById: state.raisedBy },
      ...{ createdAt: row.createdAt.getTime(), closedAt: state.closedAt, version: row.version },
      ...{ commitments: state.affects, weight },
    };
    const more = kind === 'decision' ? { conflictsWith: contradicts } : {};
    return { ...base, ...registerParts[kind].row(state, weight, words), ...more } as RegisterRows[K];
  });
  return rows.sort(byOrder);
}

/** The entry with what the clock has done by now folded in, whether or not it is written down yet. */
export function asOf(kind: RegisterKind, it: LoadedEntry, { at, zone }: Look): LoadedEntry {
  const { rules } = registerParts[kind];
  const events = rules.clock(it.state, at, contextFor(nobody, zone));
  return { ...it, state: foldEntry(rules, events, it.state) ?? it.state };
}

/** Which decisions of an organisation contradict each other (W13). */
export async function readConflicts(
  queries: Queries,
  look: Look,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const all = await readEntries(
    queries,
    'decision',
    look.organisationId,
    isNull(columnsOf('decision').closedAt),
  );
  const setting = all.filter(({ state }) => (state as Decision).sets.length > 0);
  return conflictsAmong(
    setting.map((it) => ({ id: it.row.id, state: asOf('decision', it, look).state as Decision })),
  );
}

async function conditionOf(
  queries: Queries,
  { organisationId }: Look,
  kind: RegisterKind,
  filter: RegisterFilter,
): Promise<SQL | undefined | null> {
  const table = columnsOf(kind);
  const linked = [filter.commitmentId, filter.sessionId].filter((id) => id !== undefined);
  const ids: SQL[] = [];
  for (const id of linked) {
    const rows = await queries
      .selectDistinct({ id: objectLink.fromId })
      .from(objectLink)
      .where(
        and(
          eq(objectLink.organisationId, organisationId),
          eq(objectLink.fromKind, kind),
          eq(objectLink.toId, id),
        ),
      );
    if (rows.length === 0) return null;
    ids.push(
      inArray(
        table.id,
        rows.map((row) => row.id),
      ),
    );
  }
  return and(
    ...ids,
    filter.boardId === undefined ? undefined : eq(table.boardId, filter.boardId),
    filter.teamId === undefined ? undefined : eq(table.teamId, filter.teamId),
    filter.ownerId === undefined ? undefined : eq(table.ownerId, filter.ownerId),
    filter.open === undefined ? undefined : filter.open ? isNull(table.closedAt) : isNotNull(table.closedAt),
  );
}

const weightOf = (affects: readonly string[], touched: ReadonlyMap<string, Touched>): number =>
  Math.max(0, ...affects.map((id) => (touched.get(id)?.open ? touched.get(id)?.weight : 0) ?? 0));

function byOrder(a: RegisterRow, b: RegisterRow): number {
  if ('rank' in a && 'rank' in b) return Number(a.rank) - Number(b.rank) || a.createdAt - b.createdAt;
  return b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1);
}
