import { and, eq, inArray, isNotNull, isNull, lte, or, sql, type SQL } from 'drizzle-orm';
import type { RegisterKind } from '#protocol/views/registers.ts';
import type { RegisterFilter } from '../app-registers.ts';
import { objectLink } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { readEntriesAt } from './entries-at.ts';
import { columnsOf, readEntries, type LoadedEntry } from './entry-rows.ts';
import { asOf, type Look } from './look.ts';
import { registerParts } from './parts.ts';

/** Entries of one kind that fit a filter. */
export async function findEntries(
  queries: Queries,
  look: Look,
  kind: RegisterKind,
  filter: RegisterFilter,
): Promise<readonly LoadedEntry[]> {
  const where = await conditionOf(queries, look, kind, filter);
  return where === null ? [] : readEntries(queries, kind, look.organisationId, where);
}

/** Narrowed by what each said then: its board, team and owner may be others by now. */
export async function findEntriesThen(
  queries: Queries,
  look: Look,
  kind: RegisterKind,
  { boardId, teamId, ownerId, concernsId, commitmentId, sessionId, open }: RegisterFilter,
): Promise<readonly LoadedEntry[]> {
  const said = sessionId === undefined ? null : await readLinkedTo(queries, look, kind, sessionId);
  const all = await readEntriesAt(queries, kind, look);
  return all.filter((it) => {
    const { state } = asOf(kind, it, look);
    return (
      (said === null || said.includes(it.row.id)) &&
      (commitmentId === undefined ||
        registerParts[kind].links(state).some(({ id }) => id === commitmentId)) &&
      (boardId === undefined || state.board === boardId) &&
      (teamId === undefined || state.team === teamId) &&
      (ownerId === undefined || state.owner === ownerId) &&
      (concernsId === undefined || [state.owner ?? state.raisedBy, state.asked].includes(concernsId)) &&
      (open === undefined || (state.closedAt === null) === open)
    );
  });
}

/** Entries of a kind that have a link to something. */
async function readLinkedTo(
  queries: Queries,
  { organisationId }: Look,
  kind: RegisterKind,
  id: string,
): Promise<readonly string[]> {
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
  return rows.map((row) => row.id);
}

async function conditionOf(
  queries: Queries,
  look: Look,
  kind: RegisterKind,
  filter: RegisterFilter,
): Promise<SQL | undefined | null> {
  const table = columnsOf(kind);
  const linked = [filter.commitmentId, filter.sessionId].filter((id) => id !== undefined);
  const ids: SQL[] = [];
  for (const id of linked) {
    const found = await readLinkedTo(queries, look, kind, id);
    if (found.length === 0) return null;
    ids.push(inArray(table.id, [...found]));
  }
  return and(
    ...ids,
    // An example's clock may stand before what was written down there.
    lte(table.createdAt, new Date(look.at)),
    filter.boardId === undefined ? undefined : eq(table.boardId, filter.boardId),
    filter.teamId === undefined ? undefined : eq(table.teamId, filter.teamId),
    filter.ownerId === undefined ? undefined : eq(table.ownerId, filter.ownerId),
    filter.concernsId === undefined
      ? undefined
      : or(
          eq(table.ownerId, filter.concernsId),
          sql`${table.state}->>'asked' = ${filter.concernsId}`,
          and(isNull(table.ownerId), sql`${table.state}->>'raisedBy' = ${filter.concernsId}`),
        ),
    filter.open === undefined ? undefined : filter.open ? isNull(table.closedAt) : isNotNull(table.closedAt),
  );
}
