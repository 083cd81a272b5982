import { checkCalendar } from '#domain/rhythm/check-calendar.ts';
import { allowed, type Outcome } from '#domain/outcome.ts';
import type { CalendarSettings } from '#domain/rhythm/planning-calendar.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import type { Viewer } from '../app.ts';
import { lockOrganisation } from '../organisations/lock-organisation.ts';
import { mayAdminister } from '../organisations/rights.ts';
import { planningCalendar } from '../store/schema.ts';
import { extendPeriods, listVersions } from './calendar-rows.ts';
import type { RhythmDeps } from './deps.ts';

/**
 * Gives an organisation that has planned nothing yet its calendar, as the one it always had: no version comes before it,
 * and its periods are made from the year before its now on. With a calendar already there nothing happens.
 */
export async function beginCalendar(
  { store, newId, now }: Pick<RhythmDeps, 'store' | 'newId' | 'now'>,
  viewer: Viewer,
  asked: CalendarSettings,
): Promise<Outcome<true>> {
  const may = mayAdminister(viewer);
  if (!may.ok) return may;
  const checked = checkCalendar(asked);
  if (!checked.ok) return checked;
  const { organisationId, organisation } = viewer;
  const createdAt = new Date(now());
  return store.transaction(async (tx) => {
    await lockOrganisation(tx, organisationId);
    if ((await listVersions(tx, organisationId)).length > 0) return allowed(true);
    await tx.insert(planningCalendar).values({
      ...{ id: newId(), organisationId, version: 1, validFrom: '1970-01-01' },
      ...{ calendar: checked.value, createdBy: viewer.personId, createdAt },
    });
    const today = localDateOf(organisation.now, organisation.timezone);
    await extendPeriods(tx, organisationId, today, { newId, createdAt });
    return allowed(true);
  });
}
