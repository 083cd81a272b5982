import { and, eq, isNull } from 'drizzle-orm';
import type { BusinessCalendar } from '#domain/rhythm/business-days.ts';
import type { Instant, LocalDate, TimeZone } from '#domain/time.ts';
import { leave, occurrence, ritual, ritualTeam } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { readRuleFacts } from './rule-facts.ts';

/** On which days an organisation's teams and people work, and in which zones (tracking.md T1, T3). */
export interface WorkingDays {
  zoneOf(teamId: string | null): TimeZone;
  /** Holidays and freezes of everybody and of the team. */
  calendarOf(teamId: string | null): BusinessCalendar;
  /** True while somebody is on leave and nobody who was named to answer meanwhile is there. */
  isAway(personId: string | null, on: LocalDate): boolean;
  /** Starts of skipped weekly meetings of a team, a board or everybody. */
  skipped(teamId: string | null, boardId: string | null): readonly Instant[];
}

export async function readWorkingDays(queries: Queries, organisationId: string): Promise<WorkingDays> {
  const factsOf = await readRuleFacts(queries, organisationId);
  const leaves = await queries.select().from(leave).where(eq(leave.organisationId, organisationId));
  const leavesOn = (personId: string, on: LocalDate) =>
    leaves.filter((it) => it.personId === personId && it.start <= on && on <= it.end);
  const skips = await queries
    .select({ boardId: ritual.boardId, teamId: ritualTeam.teamId, startsAt: occurrence.startsAt })
    .from(occurrence)
    .innerJoin(ritual, eq(ritual.id, occurrence.ritualId))
    .leftJoin(ritualTeam, eq(ritualTeam.ritualId, ritual.id))
    .where(
      and(
        eq(occurrence.organisationId, organisationId),
        eq(occurrence.status, 'skipped'),
        eq(ritual.kind, 'weekly'),
      ),
    );
  const forAll = skips.filter(({ boardId, teamId }) => boardId === null && teamId === null);
  const hasOwn = forAll.length === 0 ? () => false : await readOwnWeeklies(queries, organisationId);
  return {
    zoneOf: (teamId) => factsOf(teamId).zone,
    calendarOf: (teamId) => factsOf(teamId).calendar,
    isAway: (personId, on) => {
      const away = personId === null ? [] : leavesOn(personId, on);
      return (
        away.length > 0 &&
        !away.some(({ delegateId }) => delegateId !== null && leavesOn(delegateId, on).length === 0)
      );
    },
    skipped: (teamId, boardId) => [
      ...new Set(
        skips
          .filter(
            (it) =>
              (boardId !== null && it.boardId === boardId) ||
              (teamId !== null && it.teamId === teamId) ||
              (forAll.includes(it) && !hasOwn(teamId, boardId)),
          )
          .map(({ startsAt }) => startsAt.getTime()),
      ),
    ],
  };
}

/** Says whether a team or a board has a weekly meeting of its own: then everybody's is not what its check-ins are for. */
async function readOwnWeeklies(
  queries: Queries,
  organisationId: string,
): Promise<(teamId: string | null, boardId: string | null) => boolean> {
  const rows = await queries
    .select({ boardId: ritual.boardId, teamId: ritualTeam.teamId })
    .from(ritual)
    .leftJoin(ritualTeam, eq(ritualTeam.ritualId, ritual.id))
    .where(and(eq(ritual.organisationId, organisationId), eq(ritual.kind, 'weekly'), isNull(ritual.endedAt)));
  const own = new Set(rows.flatMap((it) => [it.boardId, it.teamId]).filter((id) => id !== null));
  return (teamId, boardId) => [teamId, boardId].some((id) => id !== null && own.has(id));
}
