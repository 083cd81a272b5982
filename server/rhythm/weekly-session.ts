import { and, asc, eq, isNull } from 'drizzle-orm';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import type { Instant } from '#domain/time.ts';
import { ritual } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { toState } from './ritual-rows.ts';

/** The weekly meeting that check-ins of a board are given for: the board's own, else that of its teams; null without one. */
export async function readWeeklySession(
  queries: Queries,
  organisationId: string,
  {
    boardId,
    teamIds,
    at,
  }: { readonly boardId: string; readonly teamIds: readonly string[]; readonly at: Instant },
): Promise<{ readonly weekday: number; readonly time: string } | null> {
  const rows = await queries
    .select()
    .from(ritual)
    .where(and(eq(ritual.organisationId, organisationId), eq(ritual.kind, 'weekly'), isNull(ritual.endedAt)))
    .orderBy(asc(ritual.createdAt), asc(ritual.id));
  const weekly = rows.flatMap((row) => {
    const { rule, time, teams, ends, zone } = toState(row);
    const running = ends === null || ends >= localDateOf(at, zone);
    const [weekday] = rule.type === 'weekly' ? rule.weekdays : [];
    return running && weekday !== undefined ? [{ weekday, time, teams, board: row.boardId }] : [];
  });
  const own = weekly.find(({ board }) => board === boardId);
  const teams = weekly.find((it) => it.teams.length > 0 && it.teams.every((team) => teamIds.includes(team)));
  const found = own ?? teams;
  return found ? { weekday: found.weekday, time: found.time } : null;
}
