import { and, isNull, sql } from 'drizzle-orm';
import { conflictsAmong } from '#domain/decision/flags.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { nobody } from '#domain/access/standing.ts';
import type { RegisterKind, RegisterRow, RegisterRows } from '#protocol/views/registers.ts';
import type { RegisterFilter } from '../app-registers.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { contextFor } from './act-on-entry.ts';
import { readEntriesAt, readTouchedAt } from './entries-at.ts';
import { columnsOf, readEntries, type LoadedEntry } from './entry-rows.ts';
import { findEntries, findEntriesThen } from './find-entries.ts';
import { asOf, type Look } from './look.ts';
import { seesEntry } from './sees-entry.ts';
import { registerParts } from './parts.ts';
import { readTouched, type Touched } from './touched.ts';
import { readWords } from './words.ts';

/** Entries of one kind as lists show them: triage by rank, all else newest first. */
export async function listEntries<K extends RegisterKind>(
  queries: Queries,
  look: Look,
  kind: K,
  filter: RegisterFilter,
): Promise<readonly RegisterRows[K][]> {
  const named = [filter.boardId, filter.teamId, filter.ownerId, filter.commitmentId, filter.sessionId];
  if (named.some((id) => id !== undefined && !isUuid(id))) return [];
  const found =
    look.past === true
      ? await findEntriesThen(queries, look, kind, filter)
      : await findEntries(queries, look, kind, filter);
  const rows = await viewEntries(queries, look, kind, found);
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
  const now = found.map((it) => asOf(kind, it, look)).filter(({ state }) => seesEntry(look, state));
  if (now.length === 0) return [];
  const touched = await touchedIn(
    queries,
    look,
    now.flatMap(({ state }) => state.affects),
  );
  const words = await readWords(queries, look, touched);
  const conflicts = kind === 'decision' ? await readConflicts(queries, look) : new Map<string, string[]>();
  const context = contextFor(nobody, look.zone, look.settings);
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
      ...{ commitments: seenOf(look, state.affects, touched), weight },
    };
    const more = kind === 'decision' ? { conflictsWith: contradicts } : {};
    return { ...base, ...registerParts[kind].row(state, weight, words), ...more } as RegisterRows[K];
  });
  return rows.sort(byOrder);
}

/** What sets nothing contradicts nothing. */
const setsSomething = sql`jsonb_array_length(${columnsOf('decision').state}->'sets') > 0`;

/** Which decisions of an organisation contradict each other (W13). */
export async function readConflicts(
  queries: Queries,
  look: Look,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const all =
    look.past === true
      ? await readEntriesAt(queries, 'decision', look)
      : await readEntries(
          queries,
          'decision',
          look.organisationId,
          and(isNull(columnsOf('decision').closedAt), setsSomething),
        );
  const setting = all.filter(
    ({ state }) => state.closedAt === null && (state as Decision).sets.length > 0 && seesEntry(look, state),
  );
  return conflictsAmong(
    setting.map((it) => ({ id: it.row.id, state: asOf('decision', it, look).state as Decision })),
  );
}

/** What entries touch, as it is where it is looked at. */
export const touchedIn = (
  queries: Queries,
  look: Look,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Touched>> =>
  look.past === true ? readTouchedAt(queries, look, ids) : readTouched(queries, look, ids);

/** Of what entries touch, what may be looked at. */
export const seenOf = (
  { seer }: Look,
  ids: readonly string[],
  touched: ReadonlyMap<string, Touched>,
): readonly string[] =>
  seer === undefined || seer.hiddenBoards.length === 0 ? ids : ids.filter((id) => touched.has(id));

const weightOf = (affects: readonly string[], touched: ReadonlyMap<string, Touched>): number =>
  Math.max(0, ...affects.map((id) => (touched.get(id)?.open ? touched.get(id)?.weight : 0) ?? 0));

function byOrder(a: RegisterRow, b: RegisterRow): number {
  if ('rank' in a && 'rank' in b) return Number(a.rank) - Number(b.rank) || a.createdAt - b.createdAt;
  return b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1);
}
