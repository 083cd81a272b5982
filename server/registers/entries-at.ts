import { inArray } from 'drizzle-orm';
import { termsNow } from '#domain/commitment/commitment.ts';
import { foldAll as foldPromise } from '#domain/commitment/fold.ts';
import { foldEntry } from '#domain/register/decide-entry.ts';
import type { RegisterKind } from '#protocol/views/registers.ts';
import type { Queries } from '../store/store.ts';
import { readKindEvents, readPromiseEvents } from '../tracking/read-events.ts';
import { columnsOf, readEntries, type LoadedEntry } from './entry-rows.ts';
import { seesPromise } from '../tracking/seen.ts';
import type { Look } from './look.ts';
import { registerParts } from './parts.ts';
import type { Touched } from './touched.ts';

/**
 * Entries of one kind as they stood at an instant, all or some: the fold of what had happened by then. Those nobody had
 * written down yet are not among them.
 */
export async function readEntriesAt(
  queries: Queries,
  kind: RegisterKind,
  { organisationId, at }: Look,
  ids?: readonly string[],
): Promise<readonly LoadedEntry[]> {
  if (ids?.length === 0) return [];
  const where = ids === undefined ? undefined : inArray(columnsOf(kind).id, [...ids]);
  const rows = await readEntries(queries, kind, organisationId, where);
  if (rows.length === 0) return [];
  const events = await readKindEvents(queries, { organisationId, kind, ids }, at);
  const byEntry = Map.groupBy(events, ({ objectId }) => objectId);
  return rows.flatMap(({ row }): LoadedEntry[] => {
    const happened = byEntry.get(row.id) ?? [];
    const state = foldEntry(registerParts[kind].rules, happened);
    if (state === null) return [];
    const { status, title, owner, team, board, key } = state;
    const version = happened.at(-1)?.version ?? 0;
    const then = { version, status, title, state, boardId: board, objectKey: key };
    return [{ row: { ...row, ...then, ownerId: owner, teamId: team }, state }];
  });
}

/** The commitments that entries touched, as they stood then. */
export async function readTouchedAt(
  queries: Queries,
  { organisationId, at, seer }: Look,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Touched>> {
  const wanted = new Set(ids);
  if (wanted.size === 0) return new Map();
  const events = await readPromiseEvents(queries, { organisationId }, at);
  const byPromise = Map.groupBy(
    events.filter(({ objectId }) => wanted.has(objectId)),
    ({ objectId }) => objectId,
  );
  const touched = new Map<string, Touched>();
  for (const [id, happened] of byPromise) {
    const state = foldPromise(happened);
    if (state === null || (seer !== undefined && !seesPromise(seer, state))) continue;
    const { statement, weight } = termsNow(state);
    const open = state.status === 'proposed' || state.status === 'committed';
    touched.set(id, { title: statement, status: state.status, weight, open });
  }
  return touched;
}
