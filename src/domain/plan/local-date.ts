import type { LocalDate } from '../time.ts';

const daysOf = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Days of a month; `month` from 1 to 12. Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (daysOf[month - 1] ?? 0);
}

/** True for a day that exists, written `YYYY-MM-DD`. */
export function isLocalDate(text: string): text is LocalDate {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1900 && day >= 1 && day <= daysInMonth(year, month);
}

/**
 * Reads a date of the plan format: `YYYY-MM-DD`, or `YYYY-MM` for the last day of that month (board.md B3). Null when it
 * is neither; the text is then kept as it is by the caller.
 */
export function readPlanDate(text: string): LocalDate | null {
  const trimmed = text.trim();
  if (isLocalDate(trimmed)) return trimmed;
  const match = /^(\d{4})-(\d{2})$/.exec(trimmed);
  if (!match) return null;
  const day = daysInMonth(Number(match[1]), Number(match[2]));
  const date = `${trimmed}-${String(day).padStart(2, '0')}`;
  return isLocalDate(date) ? date : null;
}

/** The month a day lies in, `YYYY-MM`. */
export const monthOf = (date: LocalDate): string => date.slice(0, 7);
