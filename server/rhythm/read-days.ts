import { allowed, refused, type Fault, type Outcome } from '#domain/outcome.ts';
import { addDays, isLocalDate } from '#domain/rhythm/local-time.ts';
import type { LocalDate } from '#domain/time.ts';

export interface NamedDays {
  readonly start: LocalDate;
  readonly end: LocalDate;
  readonly label: string;
}

const mostCharacters = 400_000;

/**
 * Days out of a pasted list, one a line (`2026-12-25 Christmas`, `2026-12-24..2026-12-31 Shut down`), or out of a calendar
 * file: its all-day events. Refused whole, with every line that is not understood.
 */
export function readDays(text: string): Outcome<readonly NamedDays[]> {
  if (text.length > mostCharacters)
    return refused('too-long', 'This is too long for a list of holidays.', { path: 'list' });
  const read = /^\s*BEGIN:VCALENDAR/i.test(text) ? readEvents(text) : readLines(text);
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

/**
 * All-day events of a calendar file (RFC 5545). Only what holidays are made of is read: DTSTART and DTEND as dates, and
 * SUMMARY. Events with a time of day are meetings, not holidays, and left alone; cancelled ones too.
 */
function readEvents(text: string): Read {
  // A line that begins with a blank goes on with the one before.
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  const days: NamedDays[] = [];
  const faults: Fault[] = [];
  let event: Map<string, { readonly params: string; readonly value: string }> | null = null;
  for (const line of lines) {
    const upper = line.trim().toUpperCase();
    if (upper === 'BEGIN:VEVENT') event = new Map();
    else if (upper === 'END:VEVENT') {
      if (event !== null) {
        const day = toDays(event);
        if (typeof day === 'string') faults.push({ path: 'list', message: day });
        else if (day !== null) days.push(day);
      }
      event = null;
    } else if (event !== null) {
      const found = /^([A-Za-z-]+)((?:;[^:"]*(?:"[^"]*")?[^:"]*)*):(.*)$/.exec(line);
      if (found)
        event.set((found[1] ?? '').toUpperCase(), {
          params: (found[2] ?? '').toUpperCase(),
          value: (found[3] ?? '').trim(),
        });
    }
  }
  return { days, faults };
}

function toDays(
  event: ReadonlyMap<string, { readonly params: string; readonly value: string }>,
): NamedDays | string | null {
  const from = event.get('DTSTART');
  const label = unescape(event.get('SUMMARY')?.value ?? '').slice(0, 120);
  if (event.get('STATUS')?.value.toUpperCase() === 'CANCELLED') return null;
  if (from === undefined) return `“${label}” has no first day (DTSTART).`;
  if (!from.params.includes('VALUE=DATE') || from.params.includes('DATE-TIME')) {
    if (/^\d{8}T/.test(from.value)) return null;
  }
  if (event.has('RRULE')) return `“${label}” is repeated by a rule. Give each day by itself.`;
  const start = toDate(from.value);
  const after = event.get('DTEND');
  // The end of an all-day event is the day after its last one.
  const end = after === undefined ? start : toDate(after.value);
  if (start === null || end === null) return `“${label}” has a day that does not exist: ${from.value}.`;
  const last = after === undefined || end <= start ? start : addDays(end, -1);
  return { start, end: last, label: label === '' ? 'Holiday' : label };
}

function toDate(value: string): LocalDate | null {
  const found = /^(\d{4})(\d{2})(\d{2})$/.exec(value);
  if (found === null) return null;
  const date = `${found[1] ?? ''}-${found[2] ?? ''}-${found[3] ?? ''}`;
  return isLocalDate(date) ? date : null;
}

const unescape = (text: string): string =>
  text
    .replace(/\\n/gi, ' ')
    .replace(/\\([,;\\])/g, '$1')
    .trim();
