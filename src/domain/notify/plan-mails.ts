import { addDays, dayMs, instantAt, localDateOf } from '../rhythm/local-time.ts';
import type { Instant } from '../time.ts';
import { urgencyOf, type Message } from './message.ts';
import { defaultReminders } from './reminder-settings.ts';
import { nextDigest, nextLoud, type Hearing } from './quiet-hours.ts';

/** How long somebody who is there has to act before a mail goes out. */
export const whileMs = 30 * 60_000;

/** A mail sent lately, or on its way. */
export interface KnownMail {
  readonly at: Instant;
  readonly digest: boolean;
  readonly subjects: readonly string[];
}

/** What somebody has been told already. */
export interface SaidBefore {
  /** How often a subject was spoken of today, by its id. */
  readonly toldToday: ReadonlyMap<string, number>;
  readonly mails: readonly KnownMail[];
}

/** A mail to be written: when it may leave, and what it carries. */
export interface MailPlan<M extends Message = Message> {
  readonly at: Instant;
  readonly digest: boolean;
  readonly messages: readonly M[];
}

/**
 * What is said to one person: news always, of reminders about one subject only the most urgent, and no more a day than the
 * organisation wants (tracking.md T3).
 */
export function chooseMessages<M extends Message>(
  messages: readonly M[],
  { toldToday }: SaidBefore,
  perSubjectADay: number = defaultReminders.perSubjectADay,
): readonly M[] {
  const reminders = messages.filter(({ reminder }) => reminder);
  const chosen = [...Map.groupBy(reminders, ({ subject }) => subject.id)].flatMap(([id, its]) =>
    [...its]
      .sort((one, other) => urgencyOf(other) - urgencyOf(one))
      .slice(0, Math.max(0, perSubjectADay - (toldToday.get(id) ?? 0))),
  );
  return messages.filter((message) => !message.reminder || chosen.includes(message));
}

/**
 * The mails that carry what is said to one person: in business time and outside his quiet hours, what falls together in
 * one mail, no more a day about one subject than the organisation wants, and no more than the cap in any seven days. What gets no mail is in the inbox.
 */
export function planMails<M extends Message>(
  messages: readonly M[],
  hearing: Hearing,
  said: SaidBefore,
  at: Instant,
): readonly MailPlan<M>[] {
  if (!hearing.byMail) return [];
  const planned: { at: Instant; digest: boolean; subjects: string[]; messages: M[]; joins: boolean }[] = [];
  const others = (): readonly KnownMail[] => [...said.mails, ...planned.filter(({ joins }) => !joins)];
  for (const message of messages) {
    const place = notTooOftenADay(placeOf(message, hearing, at), message, hearing, (place) => [
      ...said.mails.filter((it) => !takesAlong(it, place)),
      ...planned.filter((it) => !isSameMail(it, place)),
    ]);
    const mail = planned.find((it) => isSameMail(it, place));
    if (mail !== undefined) {
      mail.messages.push(message);
      mail.subjects.push(message.subject.id);
      continue;
    }
    const joins = said.mails.some((it) => takesAlong(it, place));
    if (!joins && !fits(place.at, others(), hearing.weeklyCap)) continue;
    planned.push({ ...place, subjects: [message.subject.id], messages: [message], joins });
  }
  return planned.map((mail) => ({ at: mail.at, digest: mail.digest, messages: mail.messages }));
}

interface Place {
  readonly at: Instant;
  readonly digest: boolean;
}

function placeOf(message: Message, hearing: Hearing, at: Instant): Place {
  const digest = message.manner === 'digest' || hearing.digestAt !== null;
  const from = message.manner === 'after-a-while' ? at + whileMs : at;
  return { at: digest ? nextDigest(from, hearing) : nextLoud(from, hearing), digest };
}

function isSameMail(one: Place, other: Place): boolean {
  return one.at === other.at && one.digest === other.digest;
}

/** A digest that waits already takes more along; any other mail that was written is one more. */
function takesAlong(known: KnownMail, place: Place): boolean {
  return known.digest && isSameMail(known, place);
}

/** Where as many mails about the subject as may be go out that day already, the rest waits for a later day's digest. */
function notTooOftenADay(
  wanted: Place,
  { subject }: Message,
  hearing: Hearing,
  othersThan: (place: Place) => readonly KnownMail[],
): Place {
  const { zone, perSubjectADay } = hearing;
  const isBusy = (place: Place): boolean =>
    othersThan(place).filter(
      (it) => it.subjects.includes(subject.id) && localDateOf(it.at, zone) === localDateOf(place.at, zone),
    ).length >= perSubjectADay;
  let place = wanted;
  while (isBusy(place)) {
    const tomorrow = instantAt(addDays(localDateOf(place.at, zone), 1), '00:00', zone);
    place = { at: nextDigest(tomorrow, hearing), digest: true };
  }
  return place;
}

/** True when one more mail leaves every stretch of seven days within the cap. */
function fits(at: Instant, mails: readonly KnownMail[], cap: number): boolean {
  if (cap <= 0) return false;
  const times = [...mails.map((mail) => mail.at), at].sort((a, b) => a - b);
  return times.every((time, index) => {
    const next = times[index + cap];
    return next === undefined || next - time >= 7 * dayMs;
  });
}
