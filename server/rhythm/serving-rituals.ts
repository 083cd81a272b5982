import { and, asc, eq, exists, gte, inArray, isNull, or, sql } from 'drizzle-orm';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import type { Viewer } from '../app.ts';
import { boardTeam, ritual, ritualTeam } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { RitualRow } from './ritual-rows.ts';

/** The teams a board is of. */
export async function teamsOfBoard(queries: Queries, boardId: string): Promise<readonly string[]> {
  const rows = await queries
    .select({ id: boardTeam.teamId })
    .from(boardTeam)
    .where(eq(boardTeam.boardId, boardId));
  return rows.map(({ id }) => id);
}

/**
 * The rituals still held that serve a board or these very teams: what was booked on the board itself, and what its teams
 * hold anyway. A rhythm outlives the board it was booked on: the next period's board of the same teams has it too.
 */
export async function servingRituals(
  queries: Queries,
  { organisationId, organisation }: Viewer,
  { boardId, teams }: { readonly boardId: string | null; readonly teams: readonly string[] },
): Promise<readonly RitualRow[]> {
  const today = localDateOf(organisation.now, organisation.timezone);
  const places = queries
    .select({ one: sql`1` })
    .from(ritualTeam)
    .where(
      and(
        eq(ritualTeam.ritualId, ritual.id),
        teams.length === 0 ? undefined : inArray(ritualTeam.teamId, [...teams]),
      ),
    );
  const rows = await queries
    .select()
    .from(ritual)
    .where(
      and(
        eq(ritual.organisationId, organisationId),
        isNull(ritual.endedAt),
        or(isNull(ritual.ends), gte(ritual.ends, today)),
        or(
          boardId === null ? undefined : eq(ritual.boardId, boardId),
          teams.length === 0 ? sql`not ${exists(places)}` : exists(places),
        ),
      ),
    )
    .orderBy(asc(ritual.title), asc(ritual.starts));
  const wanted = [...teams].sort().join();
  const same = rows.filter(
    ({ boardId: of, state }) =>
      (boardId !== null && of === boardId) ||
      [...(state as { readonly teams: readonly string[] }).teams].sort().join() === wanted,
  );
  // Of the same kind the board's own comes first.
  const own = new Set(same.filter((it) => it.boardId === boardId).map(({ kind }) => kind));
  return same.filter(({ boardId: of, kind }) => boardId === null || of === boardId || !own.has(kind));
}
