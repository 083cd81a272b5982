import { and, eq, gte, isNull } from 'drizzle-orm';
import { plainWeek, type BusinessCalendar } from '#domain/rhythm/business-days.ts';
import { addDays } from '#domain/rhythm/local-time.ts';
import type { Instant, LocalDate, TimeZone } from '#domain/time.ts';
import { dayOff, leave, occurrence, organisation, ritual, ritualTeam, team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/** On which days an organisation's teams and people work, and in which zones (tracking.md T1, T3). */
export interface WorkingDays {
  zoneOf(teamId: string | null): TimeZone;
  /** Holidays and freezes of everybody and of the team. */
  calendarOf(teamId: string | null): BusinessCalendar;
  /** True while somebody is on leave and has named nobody who answers meanwhile. */
  isAway(personId: string | null, on: LocalDate): boolean;
  /** Starts of skipped weekly meetings of a team or a board. */
  skipped(teamId: string | null, boardId: string | null): readonly Instant[];
}

/** Longest stretch that is taken day by day; a freeze may be longer. */
const mostHolidays = 366;

export async function readWorkingDays(queries: Queries, organisationId: string): Promise<WorkingDays> {
  const [home] = await queries
    .select({ zone: organisation.timezone })
    .from(organisation)
    .where(eq(organisation.id, organisationId));
  const zones = await queries
    .select({ id: team.id, zone: team.timezone })
    .from(team)
    .where(eq(team.organisationId, organisationId));
  const off = await queries.select().from(dayOff).where(eq(dayOff.organisationId, organisationId));
  const leaves = await queries
    .select()
    .from(leave)
    .where(and(eq(leave.organisationId, organisationId), isNull(leave.delegateId)));
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
  const zoneByTeam = new Map(zones.map(({ id, zone }) => [id, zone]));
  const calendars = new Map<string | null, BusinessCalendar>();
  return {
    zoneOf: (teamId) => (teamId === null ? null : zoneByTeam.get(teamId)) ?? home?.zone ?? 'UTC',
    calendarOf(teamId) {
      const known = calendars.get(teamId);
      if (known !== undefined) return known;
      const made = calendarOf(off.filter((it) => it.teamId === null || it.teamId === teamId));
      calendars.set(teamId, made);
      return made;
    },
    isAway: (personId, on) =>
      personId !== null && leaves.some((it) => it.personId === personId && it.start <= on && on <= it.end),
    skipped: (teamId, boardId) => [
      ...new Set(
        skips
          .filter(
            (it) => (boardId !== null && it.boardId === boardId) || (teamId !== null && it.teamId === teamId),
          )
          .map(({ startsAt }) => startsAt.getTime()),
      ),
    ],
  };
}

function calendarOf(days: readonly (typeof dayOff.$inferSelect)[]): BusinessCalendar {
  const holidays = days
    .filter(({ kind }) => kind === 'holiday')
    .flatMap(({ start, end }) => daysFrom(start, end));
  const freezes = days
    .filter(({ kind }) => kind === 'freeze')
    .map(({ start, end, label }) => ({ start, end, reason: label }));
  return { ...plainWeek, holidays: [...new Set(holidays)].sort(), freezes };
}

function daysFrom(start: LocalDate, end: LocalDate): readonly LocalDate[] {
  const days: LocalDate[] = [];
  for (let day = start; day <= end && days.length < mostHolidays; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Who is away on a day, with whoever answers meanwhile; for those who send reminders. */
export async function readLeavesOn(
  queries: Queries,
  organisationId: string,
  on: LocalDate,
): Promise<ReadonlyMap<string, { readonly delegateId: string | null }>> {
  const rows = await queries
    .select()
    .from(leave)
    .where(and(eq(leave.organisationId, organisationId), gte(leave.end, on)));
  return new Map(
    rows.filter(({ start }) => start <= on).map(({ personId, delegateId }) => [personId, { delegateId }]),
  );
}
