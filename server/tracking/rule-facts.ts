import { eq, sql } from 'drizzle-orm';
import type { TrackingSettings } from '#domain/commitment/settings.ts';
import { plainWeek, type BusinessCalendar } from '#domain/rhythm/business-days.ts';
import { addDays } from '#domain/rhythm/local-time.ts';
import type { LocalDate, TimeZone } from '#domain/time.ts';
import { thresholdsIn } from '../store/read-thresholds.ts';
import { organisation } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/** What every deadline depends on: days and thresholds of whoever answers for it. */
export interface RuleFacts {
  readonly zone: TimeZone;
  readonly calendar: BusinessCalendar;
  readonly settings: TrackingSettings;
}

/** The facts of a team; those of everybody for what has none. */
export type FactsOf = (teamId: string | null) => RuleFacts;

interface DayOff {
  readonly teamId: string | null;
  readonly kind: 'holiday' | 'freeze';
  readonly start: LocalDate;
  readonly end: LocalDate;
  readonly label: string;
}

/** Longest stretch that is taken day by day; a freeze may be longer. */
const mostHolidays = 366;

/**
 * Where and on which days the teams of an organisation work (tracking.md T1), with one statement: every act and every
 * list that tells a deadline asks for it.
 */
export async function readRuleFacts(queries: Queries, organisationId: string): Promise<FactsOf> {
  const [home] = await queries
    .select({
      ...{ zone: organisation.timezone, settings: organisation.settings },
      zones: sql<Readonly<Record<string, TimeZone>> | null>`(
        select jsonb_object_agg(t.id, t.timezone) from team t
        where t.organisation_id = ${organisationId} and t.timezone is not null)`,
      off: sql<readonly DayOff[] | null>`(
        select jsonb_agg(jsonb_build_object('teamId', d.team_id, 'kind', d.kind, 'start', d.start::text,
          'end', d."end"::text, 'label', d.label)) from day_off d
        where d.organisation_id = ${organisationId})`,
    })
    .from(organisation)
    .where(eq(organisation.id, organisationId));
  const off = home?.off ?? [];
  const { tracking: settings } = thresholdsIn(home?.settings);
  const known = new Map<string | null, RuleFacts>();
  return (teamId) => {
    const before = known.get(teamId);
    if (before !== undefined) return before;
    const zone = (teamId === null ? null : home?.zones?.[teamId]) ?? home?.zone ?? 'UTC';
    const calendar = calendarOf(off.filter((it) => it.teamId === null || it.teamId === teamId));
    const facts = { zone, calendar, settings };
    known.set(teamId, facts);
    return facts;
  };
}

function calendarOf(days: readonly DayOff[]): BusinessCalendar {
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
