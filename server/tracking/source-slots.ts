import type { PlanUpdate } from '#domain/plan/format/plan-file.ts';
import { addBusinessDaysTo, businessDayFrom, plainWeek } from '#domain/rhythm/business-days.ts';
import { slotWindows } from '#domain/rhythm/cadence.ts';
import { addLocalDays, addMonths, instantAt, startOfDay } from '#domain/rhythm/local-time.ts';
import type { PlannedSlot } from '#domain/rhythm/slots-for.ts';
import type { TimeZone } from '#domain/time.ts';

/**
 * The check-ins a source expected, by its own period labels (`YYYY-MM`): updates belong to their period, never to their
 * date (tracking.md T19). Windows are those of a monthly cadence; a label that follows a gap covers the gap as well,
 * from its first update on.
 */
export function sourceSlots(updates: readonly PlanUpdate[], zone: TimeZone): readonly PlannedSlot[] {
  const labels = [...new Set(updates.map(({ period }) => period))].filter((it) => it !== null).sort();
  const { opensDaysBefore, graceBusinessDays } = slotWindows.monthly;
  return labels.map((label, index) => {
    const month = `${label}-01`;
    const dueDay = businessDayFrom(addMonths(month, 1), plainWeek);
    const dueAt = instantAt(dueDay, '17:00', zone);
    const monthly = addLocalDays(dueAt, -opensDaysBefore, zone);
    const afterGap = labels[index - 1] !== addMonths(month, -1).slice(0, 7);
    const first = updates
      .filter(({ period }) => period === label)
      .reduce((early, { date }) => (date < early ? date : early), dueDay);
    return {
      key: label,
      number: index + 1,
      label,
      opensAt: afterGap ? Math.min(monthly, startOfDay(first, zone)) : monthly,
      dueAt,
      graceEndsAt: addBusinessDaysTo(dueAt, graceBusinessDays, zone, plainWeek),
      excused: null,
    };
  });
}
