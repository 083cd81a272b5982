import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import { addDays } from '#domain/rhythm/local-time.ts';
import type { Instant, LocalDate, TimeZone } from '#domain/time.ts';

/** A meeting with a time of day in a zone. */
export interface TimedEvent {
  readonly uid: string;
  readonly title: string;
  readonly text: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly zone: TimeZone;
  readonly cancelled: boolean;
  /** Raised with every change, so that programs take the newer one (RFC 5545 SEQUENCE). */
  readonly sequence: number;
  readonly changedAt: Instant;
  readonly url: string | null;
}

/** Something on a whole day, that takes nobody's time. */
export interface DayEvent {
  readonly uid: string;
  readonly title: string;
  readonly text: string;
  readonly date: LocalDate;
  readonly sequence: number;
  readonly changedAt: Instant;
  readonly url: string | null;
}

/** Programs are asked to look again this often, in seconds. */
const refreshSeconds = 60 * 60;

/**
 * A calendar file (RFC 5545). Every meeting is an event of its own with a UID that stays, its wall-clock time in its own
 * zone, whose rules come along as VTIMEZONE. Stamps are when things changed, never when the file was written: the same
 * calendar is the same bytes.
 */
export function writeIcs(name: string, timed: readonly TimedEvent[], days: readonly DayEvent[]): string {
  const calendar = ical({
    name,
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Throughline', product: 'Throughline' },
    ttl: refreshSeconds,
    timezone: { name: null, generator: vtimezone },
  });
  for (const it of timed) {
    const zoned = (at: Instant) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(it.zone);
    calendar.createEvent({
      ...{ id: it.uid, sequence: it.sequence, summary: it.title, description: it.text },
      ...{ start: zoned(it.startsAt), end: zoned(it.endsAt), timezone: it.zone },
      stamp: new Date(it.changedAt),
      status: it.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      ...(it.url === null ? {} : { url: it.url }),
    });
  }
  for (const it of days) {
    calendar.createEvent({
      ...{ id: it.uid, sequence: it.sequence, summary: it.title, description: it.text, allDay: true },
      start: Temporal.PlainDate.from(it.date),
      end: Temporal.PlainDate.from(addDays(it.date, 1)),
      stamp: new Date(it.changedAt),
      transparency: ICalEventTransparency.TRANSPARENT,
      status: ICalEventStatus.CONFIRMED,
      ...(it.url === null ? {} : { url: it.url }),
    });
  }
  return withUtcStamps(calendar.toString(), [...timed, ...days]);
}

/** The rules of a zone through the years, as calendar programs want them. */
function vtimezone(zone: string): string | null {
  const block = tzlib_get_ical_block(zone);
  return (Array.isArray(block) ? block[0] : block) ?? null;
}

/** A stamp is an instant in UTC; the library writes it in the event's zone. Events come in the order they were given. */
function withUtcStamps(text: string, events: readonly { readonly changedAt: Instant }[]): string {
  let index = -1;
  return text.replace(/^DTSTAMP:.*$/gm, () => {
    index += 1;
    const at = Temporal.Instant.fromEpochMilliseconds(events[index]?.changedAt ?? 0);
    return `DTSTAMP:${at.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')}`;
  });
}
