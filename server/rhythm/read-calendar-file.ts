import type { Fault } from '#domain/outcome.ts';
import { addDays, daysBetween, isLocalDate } from '#domain/rhythm/local-time.ts';
import { recurringDays } from '#domain/rhythm/recurring-days.ts';
import type { LocalDate } from '#domain/time.ts';
import type { NamedDays } from './read-days.ts';

/** One property of an event; an event may have several of a name. */
interface Property {
  readonly name: string;
  readonly params: string;
  readonly value: string;
}

type Event = readonly Property[];

/**
 * All-day events of a calendar file (RFC 5545), as public holiday calendars have them: DTSTART with DTEND or DURATION,
 * RRULE with EXDATE and RDATE, and single days of a series that were changed (RECURRENCE-ID). What is repeated is written
 * out within the window. Events with a time of day are meetings, not holidays, and left alone; cancelled ones too.
 */
export function readCalendarFile(
  text: string,
  window: { readonly from: LocalDate; readonly to: LocalDate },
): { readonly days: readonly NamedDays[]; readonly faults: readonly Fault[] } {
  const events = readEvents(text);
  const changed = new Set(
    events.flatMap((it) => {
      const of = toDate(one(it, 'RECURRENCE-ID')?.value ?? '');
      return of === null ? [] : [`${one(it, 'UID')?.value ?? ''} ${of}`];
    }),
  );
  const days: NamedDays[] = [];
  const faults: Fault[] = [];
  for (const event of events) {
    const read = toDays(event, window, (date) => changed.has(`${one(event, 'UID')?.value ?? ''} ${date}`));
    if (typeof read === 'string') faults.push({ path: 'list', message: read });
    else days.push(...read);
  }
  return { days: days.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0)), faults };
}

/** The events of a file; what stands inside an event, such as an alarm, is not the event's own. */
function readEvents(text: string): readonly Event[] {
  // A line that begins with a blank goes on with the one before.
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  const events: Event[] = [];
  let event: Property[] | null = null;
  let within = 0;
  for (const line of lines) {
    const upper = line.trim().toUpperCase();
    if (event === null) {
      if (upper === 'BEGIN:VEVENT') event = [];
    } else if (upper === 'END:VEVENT') {
      events.push(event);
      event = null;
      within = 0;
    } else if (upper.startsWith('BEGIN:')) within += 1;
    else if (upper.startsWith('END:')) within -= 1;
    else if (within === 0) {
      const found = /^([A-Za-z-]+)((?:;[^:"]*(?:"[^"]*")?[^:"]*)*):(.*)$/.exec(line);
      if (found) {
        const [, name = '', params = '', value = ''] = found;
        event.push({ name: name.toUpperCase(), params: params.toUpperCase(), value: value.trim() });
      }
    }
  }
  return events;
}

const one = (event: Event, name: string): Property | undefined => event.find((it) => it.name === name);

function toDays(
  event: Event,
  window: { readonly from: LocalDate; readonly to: LocalDate },
  isChanged: (date: LocalDate) => boolean,
): readonly NamedDays[] | string {
  const from = one(event, 'DTSTART');
  const named = unescape(one(event, 'SUMMARY')?.value ?? '').slice(0, 120);
  if (one(event, 'STATUS')?.value.toUpperCase() === 'CANCELLED') return [];
  if (from === undefined) return `“${named}” has no first day (DTSTART).`;
  if (/^\d{8}T/.test(from.value)) return [];
  const first = toDate(from.value);
  const length = first === null ? null : lengthOf(event, first);
  if (first === null || length === null) return `“${named}” has a day that does not exist: ${from.value}.`;
  const label = named === '' ? 'Holiday' : named;
  const starts = startsOf(event, first, window);
  if (starts === null) {
    return `“${label}” is repeated by a rule that is not understood, or too often for a holiday: ${one(event, 'RRULE')?.value ?? ''}.`;
  }
  // A changed day of a series is told by the event that changed it.
  const own = one(event, 'RECURRENCE-ID') === undefined ? starts.filter((it) => !isChanged(it)) : starts;
  return own.map((start) => ({ start, end: addDays(start, length - 1), label }));
}

/** First days of an event: itself, or what its rule and its further days give without those left out. */
function startsOf(
  event: Event,
  first: LocalDate,
  window: { readonly from: LocalDate; readonly to: LocalDate },
): readonly LocalDate[] | null {
  const rule = one(event, 'RRULE');
  const ruled = rule === undefined ? [first] : recurringDays(first, rule.value, window);
  if (ruled === null) return null;
  const out = new Set(listed(event, 'EXDATE'));
  return [...new Set([...ruled, ...listed(event, 'RDATE')])].filter((it) => !out.has(it)).sort();
}

/** Days of a property that may come several times, each with several days; `a/b` is a stretch that begins at a. */
const listed = (event: Event, name: string): readonly LocalDate[] =>
  event
    .filter((it) => it.name === name)
    .flatMap(({ value }) => value.split(',').flatMap((it) => toDate(it.slice(0, 8)) ?? []));

/** Days an event takes: the end of an all-day event is the day after its last one. null: it has no such end. */
function lengthOf(event: Event, first: LocalDate): number | null {
  const after = one(event, 'DTEND');
  if (after !== undefined) {
    const end = toDate(after.value);
    return end === null ? null : Math.max(1, daysBetween(first, end));
  }
  const found = /^P(?:(\d+)W)?(?:(\d+)D)?/i.exec(one(event, 'DURATION')?.value ?? '');
  return Math.max(1, Number(found?.[1] ?? 0) * 7 + Number(found?.[2] ?? 0));
}

function toDate(value: string): LocalDate | null {
  const found = /^(\d{4})(\d{2})(\d{2})(?:T|$)/.exec(value);
  if (found === null) return null;
  const date = `${found[1] ?? ''}-${found[2] ?? ''}-${found[3] ?? ''}`;
  return isLocalDate(date) ? date : null;
}

const unescape = (text: string): string =>
  text
    .replace(/\\n/gi, ' ')
    .replace(/\\([,;\\])/g, '$1')
    .trim();
