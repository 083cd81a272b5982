import type { Clock } from '#lib/ui/clock.ts';
import { dayWords } from '#lib/ui/dates.ts';
import { dateFormat } from '#lib/ui/formats.ts';
import type { PlannedSlotView } from '#protocol/views/tracking.ts';

/** A slot's own name: a slot named by its day or month is said as people say days and months. */
export function slotLabel(label: string, clock: Clock): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(label)) return dayWords(label, clock);
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(label)) return label;
  return dateFormat(clock.locale, { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(
    Date.parse(`${label}-01T00:00Z`),
  );
}

/** Which check-in it is, with the period it counts for: *of 3 Apr, for 2026 Q2*. */
export function slotName(
  { label, countsFor }: Pick<PlannedSlotView, 'label' | 'countsFor'>,
  clock: Clock,
): string {
  const own = `of ${slotLabel(label, clock)}`;
  return countsFor === null ? own : `${own}, for ${countsFor}`;
}
