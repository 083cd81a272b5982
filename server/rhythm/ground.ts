import type { RitualGround } from '#domain/rhythm/ritual-dates.ts';
import type { RitualTerms } from '#domain/rhythm/ritual.ts';
import type { Queries } from '../store/store.ts';
import { readWorkingDays } from '../tracking/working-days.ts';
import { readCalendar, readSpans } from './calendar-rows.ts';

/** What the days of an organisation's rituals depend on; holidays are each ritual's own choice. */
export async function readGround(
  queries: Queries,
  organisationId: string,
): Promise<(terms: Pick<RitualTerms, 'teams' | 'holidays'>) => RitualGround> {
  const { settings } = await readCalendar(queries, organisationId);
  const periods = await readSpans(queries, organisationId);
  const days = await readWorkingDays(queries, organisationId);
  return ({ teams, holidays }) => {
    const of = holidays === 'teams' && teams.length > 0 ? teams : [null];
    const calendars = of.map((team) => days.calendarOf(team));
    return {
      periods,
      planPeriod: settings.planPeriod,
      weekStart: settings.weekStart,
      calendar: {
        weekend: calendars[0]?.weekend ?? [6, 7],
        holidays: [...new Set(calendars.flatMap((it) => it.holidays))],
        freezes: calendars.flatMap((it) => it.freezes),
      },
    };
  };
}
