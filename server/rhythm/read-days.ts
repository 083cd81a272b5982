import { allowed, refused, type Fault, type Outcome } from '#domain/outcome.ts';
import { addDays, isLocalDate } from '#domain/rhythm/local-time.ts';
import type { LocalDate } from '#domain/time.ts';
import { readCalendarFile } from './read-calendar-file.ts';

export interface NamedDays {
  readonly start: LocalDate;
  readonly end: LocalDate;
  readonly label: string;
}

const mostCharacters = 400_000;
/** A holiday that comes again is written down from the year before today on, as far ahead as periods are made. */
const repeated = { back: 365, ahead: 5 * 366 } as const;

/**
 * Days out of a pasted list, one a line (`2026-12-25 Christmas`, `2026-12-24..2026-12-31 Shut down`), or out of a calendar
 * file: its all-day events, those that come again as often as they do round today. Refused whole, with every line that is not understood.
 */
export function readDays(text: string, today: LocalDate): Outcome<readonly NamedDays[]> {
  if (text.length > mostCharacters)
    return refused('too-long', 'This is too long for a list of holidays.', { path: 'list' });
  const window = { from: addDays(today, -repeated.back), to: addDays(today, repeated.ahead) };
  const read = /^\s*BEGIN:VCALENDAR/i.test(text) ? readCalendarFile(text, window) : readLines(text);
  if (read.faults.length > 0) {
    return refused('not-understood', read.faults[0]?.message ?? '', { path: 'list', faults: read.faults });
  }
  if (read.days.length === 0)
    return refused('no-days', 'There is no day in this. Write one a line: 2026-12-25 Christmas.', {
      path: 'list',
    });
  return allowed(read.days);
}

interface Read {
  readonly days: readonly NamedDays[];
  readonly faults: readonly Fault[];
}

function readLines(text: string): Read {
  const days: NamedDays[] = [];
  const faults: Fault[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const found = /^(\d{4}-\d{2}-\d{2})(?:\s*(?:\.\.|–|to|,)\s*(\d{4}-\d{2}-\d{2}))?[\s,;:]+(\S.*)$/.exec(
      line,
    );
    const [, start = '', end = start, label = ''] = found ?? [];
    const fine = found !== null && isLocalDate(start) && isLocalDate(end) && start <= end;
    if (fine) days.push({ start, end, label: label.slice(0, 120) });
    else
      faults.push({
        path: 'list',
        message: `Line ${index + 1} is not understood: “${line.slice(0, 60)}”. Write 2026-12-25 Christmas.`,
      });
  }
  return { days, faults };
}
