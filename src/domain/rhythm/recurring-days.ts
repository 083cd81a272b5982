import { RRuleTemporal } from 'rrule-temporal';
import type { LocalDate } from '../time.ts';
import { isLocalDate } from './local-time.ts';

/** No holiday comes oftener within the years that are looked at; whatever does is none. */
const mostTimes = 120;

const wholeDays = /^FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY)(;|$)/;

/**
 * The days on which a rule of a calendar file (RFC 5545 RRULE) repeats an all-day event, first day included, as far as
 * they lie within the window. null: the rule is not understood, or repeats too often for a holiday.
 */
export function recurringDays(
  first: LocalDate,
  rule: string,
  window: { readonly from: LocalDate; readonly to: LocalDate },
): readonly LocalDate[] | null {
  const parts = rule
    .toUpperCase()
    .replace(/\s/g, '')
    .split(';')
    .filter((it) => it !== '');
  const freq = parts.find((it) => it.startsWith('FREQ=')) ?? '';
  if (!isLocalDate(first) || !wholeDays.test(freq)) return null;
  // The end of an all-day rule is a day as well; the parser wants an instant.
  const text = [freq, ...parts.filter((it) => it !== freq)]
    .map((it) => it.replace(/^UNTIL=(\d{8})$/, 'UNTIL=$1T000000Z'))
    .join(';');
  try {
    const rules = new RRuleTemporal({
      rruleString: `DTSTART:${first.replaceAll('-', '')}T000000Z\nRRULE:${text}`,
      maxIterations: 100_000,
    });
    const after = window.from > first ? window.from : first;
    if (after > window.to) return [];
    const found = rules.between(new Date(`${after}T00:00Z`), new Date(`${window.to}T00:00Z`), true);
    if (found.length > mostTimes) return null;
    return found.map((it) => it.toPlainDate().toString());
  } catch {
    return null;
  }
}
