import { and, eq, exists, inArray, or, sql, type SQL } from 'drizzle-orm';
import type { Viewer } from '../app.ts';
import { ritual, ritualTeam } from './schema.ts';
import { onSeenBoards } from './seen-boards.ts';
import type { Queries } from './store.ts';

/** Meetings of boards that are hidden from somebody are his only when his team holds them, he booked them, or he leads them. */
export function seenRituals(
  queries: Queries,
  {
    personId,
    teams,
    hiddenBoards,
  }: Pick<Viewer, 'personId' | 'hiddenBoards'> & {
    readonly teams: readonly { readonly teamId: string }[];
  },
): SQL | undefined {
  const open = onSeenBoards(ritual.boardId, hiddenBoards);
  if (open === undefined) return undefined;
  const own = teams.map(({ teamId }) => teamId);
  return or(
    open,
    sql`${ritual.state}->>'bookedBy' = ${personId}`,
    sql`${ritual.state}->'rota' @> ${JSON.stringify([personId])}::jsonb`,
    own.length === 0
      ? undefined
      : exists(
          queries
            .select({ one: sql`1` })
            .from(ritualTeam)
            .where(and(eq(ritualTeam.ritualId, ritual.id), inArray(ritualTeam.teamId, own))),
        ),
  );
}
