import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rungsReached } from '../../src/domain/notify/ladder.ts';
import type { Message } from '../../src/domain/notify/message.ts';
import { chooseMessages, planMails, type KnownMail } from '../../src/domain/notify/plan-mails.ts';
import { isQuiet, nextDigest, nextLoud, type Hearing } from '../../src/domain/notify/quiet-hours.ts';
import { snoozeUntil } from '../../src/domain/notify/snooze.ts';
import { writeMail } from '../../src/domain/notify/write-mail.ts';
import { dayMs, hourMs, localDateOf, localTimeOf, weekdayOf } from '../../src/domain/rhythm/local-time.ts';
import { on, zone } from '../tracking/situations.ts';
import { hearing, message, weekly } from './situations.ts';

const nothing = { toldToday: new Map<string, number>(), mails: [] };
const noon = on('2026-04-03');

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'UTC'];
const times = Array.from(
  { length: 48 },
  (_, i) => `${String(i >> 1).padStart(2, '0')}:${i % 2 ? '30' : '00'}`,
);
const hearings: fc.Arbitrary<Hearing> = fc.record({
  byMail: fc.constant(true),
  zone: fc.constantFrom(...zones),
  quietFrom: fc.constantFrom(...times),
  quietTo: fc.constantFrom(...times),
  digestAt: fc.option(fc.constantFrom(...times)),
  weeklyCap: fc.integer({ min: 0, max: 12 }),
  perSubjectADay: fc.constant(1),
  calendar: fc.constant(hearing.calendar),
});
/** Ten check-ins, made once: time zones are slow to compute. */
const tenWeeks = Array.from({ length: 10 }, (_, n) =>
  weekly(n + 1, localDateOf(on('2026-04-03') + n * 7 * dayMs, zone)),
);
const instants = fc.integer({ min: on('2026-01-01'), max: on('2027-01-01') });

describe('quiet hours', () => {
  test('[NT17] evenings, nights, weekends and holidays are quiet, on the reader’s clock', () => {
    expect(nextLoud(noon, hearing)).toBe(noon);
    expect(nextLoud(on('2026-04-02', '20:00'), hearing)).toBe(on('2026-04-03', '08:00'));
    expect(nextLoud(on('2026-04-03', '05:00'), hearing)).toBe(on('2026-04-03', '08:00'));
    expect(nextLoud(on('2026-04-03', '18:00'), hearing)).toBe(on('2026-04-06', '08:00'));
    const easter = { ...hearing, calendar: { ...hearing.calendar, holidays: ['2026-04-06'] } };
    expect(nextLoud(on('2026-04-03', '18:00'), easter)).toBe(on('2026-04-07', '08:00'));
    expect(isQuiet(noon, { ...hearing, zone: 'America/New_York' })).toBe(true);
    expect(isQuiet(noon, { ...hearing, quietFrom: '12:00', quietTo: '13:00' })).toBe(true);
    expect(isQuiet(on('2026-04-03', '03:00'), { ...hearing, quietFrom: '00:00', quietTo: '00:00' })).toBe(
      false,
    );
  });

  test('[NT17] whatever is chosen, the next moment is not before now, not quiet, and not missed', () => {
    fc.assert(
      fc.property(instants, hearings, (at, chosen) => {
        const next = nextLoud(at, chosen);
        expect(next).toBeGreaterThanOrEqual(at);
        expect(isQuiet(next, chosen)).toBe(false);
        expect(next - at).toBeLessThan(4 * dayMs);
        if (!isQuiet(at, chosen)) expect(next).toBe(at);
        const digest = nextDigest(at, chosen);
        expect(digest).toBeGreaterThanOrEqual(at);
        expect(isQuiet(digest, chosen)).toBe(false);
      }),
      { numRuns: 400 },
    );
  });
});

describe('one person’s mails', () => {
  test('[NT18] the most urgent of two reminders about one subject; none about what was spoken of today; news always', () => {
    const open = message({ rung: 'open:2', manner: 'digest' });
    const grace = message({ rung: 'grace-end:1' });
    const other = message({ rung: 'open:1', subject: { kind: 'commitment', id: 'c2' } });
    const news = message({ rung: 'decide:4', reminder: false });
    expect(chooseMessages([open, grace, other], nothing)).toEqual([grace, other]);
    expect(chooseMessages([grace, other], { ...nothing, toldToday: new Map([['c1', 1]]) })).toEqual([other]);
    expect(chooseMessages([news], { ...nothing, toldToday: new Map([['c1', 1]]) })).toEqual([news]);
  });

  test('[TH6][NT18] of reminders about one subject as many a day as the organisation wants', () => {
    const open = message({ rung: 'open:2', manner: 'digest' });
    const due = message({ rung: 'due:1' });
    const grace = message({ rung: 'grace-end:1' });
    const toldOnce = { ...nothing, toldToday: new Map([['c1', 1]]) };
    expect(chooseMessages([open, due, grace], nothing, 2)).toEqual([due, grace]);
    expect(chooseMessages([open, due, grace], toldOnce, 2)).toEqual([grace]);
    expect(chooseMessages([open, due, grace], toldOnce, 1)).toEqual([]);
    const said = { ...nothing, mails: [{ at: noon, digest: false, subjects: ['c1'] }] };
    const plans = (perSubjectADay: number) =>
      planMails([due], { ...hearing, perSubjectADay }, said, noon + 60_000).map((it) => it.digest);
    expect([plans(1), plans(2)]).toEqual([[true], [false]]);
  });

  test('[NT13] a promise to accept leaves time to answer first', () => {
    const [mail] = planMails(
      [message({ rung: 'promise:1', manner: 'after-a-while' })],
      hearing,
      nothing,
      noon,
    );
    expect(mail?.at).toBe(noon + hourMs / 2);
  });

  test('[NT1][NT20] what is no hurry goes with the digest; who wants one gets everything in it', () => {
    const open = message({ rung: 'open:1', manner: 'digest' });
    const due = message({ rung: 'due:1', subject: { kind: 'commitment', id: 'c2' } });
    const monday = on('2026-04-06', '08:00');
    expect(planMails([open, due], hearing, nothing, noon)).toEqual([
      { at: monday, digest: true, messages: [open] },
      { at: noon, digest: false, messages: [due] },
    ]);
    const atTen = { ...hearing, digestAt: '10:00' };
    expect(planMails([open, due], atTen, nothing, noon)).toEqual([
      { at: on('2026-04-06', '10:00'), digest: true, messages: [open, due] },
    ]);
    expect(planMails([open, due], { ...hearing, byMail: false }, nothing, noon)).toEqual([]);
  });

  test('[NT18] more about the same subject on one day waits for the next digest', () => {
    const mails: KnownMail[] = [{ at: on('2026-04-03', '09:00'), digest: false, subjects: ['c1'] }];
    const news = message({ rung: 'decide:4', reminder: false });
    expect(planMails([news], hearing, { ...nothing, mails }, noon)).toEqual([
      { at: on('2026-04-06', '08:00'), digest: true, messages: [news] },
    ]);
  });

  test('[NT18] a mail that goes out anyway does not take along what was mailed about this morning', () => {
    const mails: KnownMail[] = [{ at: on('2026-04-03', '08:00'), digest: true, subjects: ['c1'] }];
    const other = message({ rung: 'due:1', subject: { kind: 'commitment', id: 'c2' } });
    const again = message({ rung: 'grace-end:1' });
    expect(planMails([other, again], hearing, { ...nothing, mails }, noon)).toEqual([
      { at: noon, digest: false, messages: [other] },
      { at: on('2026-04-06', '08:00'), digest: true, messages: [again] },
    ]);
  });

  test('[NT19] the eleventh mail in seven days is not written', () => {
    const mails = Array.from({ length: 10 }, (_, i) => ({
      ...{ at: noon - i * 12 * hourMs, digest: false, subjects: [`x${i}`] },
    }));
    expect(planMails([message()], hearing, { ...nothing, mails }, noon)).toEqual([]);
    expect(planMails([message()], hearing, { ...nothing, mails: mails.slice(1) }, noon)).toHaveLength(1);
  });

  test('[NT7][NT8][NT17][NT18][NT19] months of promises, some answered: no rung twice, no day twice, no week over the cap, no quiet hour broken', () => {
    let planned = 0;
    fc.assert(
      fc.property(
        hearings,
        fc.array(
          fc.record({
            answers: fc.array(fc.option(fc.integer({ min: 0, max: 160 })), { minLength: 10, maxLength: 10 }),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 20, maxLength: 60 }),
        (chosen, promises, steps) => {
          const seen = new Set<string>();
          const perDay = new Set<string>();
          const mails: (KnownMail & { readonly subjects: string[] })[] = [];
          let since = on('2026-03-30');
          for (const step of steps) {
            const at = since + step * hourMs;
            const today = localDateOf(at, chosen.zone);
            const reached = promises.flatMap(({ answers }, index): Message[] => {
              const slots = answers.map((answer, n) => {
                const slot = tenWeeks[n] ?? weekly(1, '2026-04-03');
                const filledAt = answer === null ? null : slot.opensAt + answer * hourMs;
                const known = filledAt !== null && filledAt <= at && filledAt < slot.graceEndsAt;
                return known ? { ...slot, filled: 'on-time' as const, filledAt } : slot;
              });
              return rungsReached(slots, { since, at })
                .filter(({ hearer }) => hearer === 'owner')
                .map(({ rung, slot, manner }) => {
                  expect(slot.filled, 'answered, and still reminded').toBeNull();
                  return message({
                    ...{ rung: `${rung}:${slot.number}`, manner },
                    subject: { kind: 'commitment', id: `c${index}` },
                  });
                });
            });
            const toldToday = new Map(
              [...perDay].filter((it) => it.startsWith(today)).map((it) => [it.slice(11), 1] as const),
            );
            const chosenMessages = chooseMessages(reached, { toldToday, mails });
            for (const it of chosenMessages) {
              expect(seen.has(`${it.subject.id} ${it.rung}`), 'a rung said twice').toBe(false);
              seen.add(`${it.subject.id} ${it.rung}`);
              expect(perDay.has(`${today} ${it.subject.id}`), 'a subject twice a day').toBe(false);
              perDay.add(`${today} ${it.subject.id}`);
            }
            for (const mail of planMails(chosenMessages, chosen, { toldToday, mails }, at)) {
              planned += 1;
              expect(isQuiet(mail.at, chosen)).toBe(false);
              expect(mail.at).toBeGreaterThanOrEqual(at);
              const subjects = mail.messages.map((it) => it.subject.id);
              const digest = mails.find((it) => it.digest && mail.digest && it.at === mail.at);
              if (digest) digest.subjects.push(...subjects);
              else mails.push({ at: mail.at, digest: mail.digest, subjects });
            }
            since = at;
          }
          for (const { at } of mails) {
            const week = mails.filter((it) => it.at >= at && it.at < at + 7 * dayMs);
            expect(week.length, 'over the cap').toBeLessThanOrEqual(chosen.weeklyCap);
          }
          const days = mails.flatMap(({ at, subjects }) =>
            [...new Set(subjects)].map((it) => `${localDateOf(at, chosen.zone)} ${it}`),
          );
          expect(new Set(days).size, 'two mails about one subject on one day').toBe(days.length);
        },
      ),
      { numRuns: Number(process.env['MAIL_RUNS'] ?? 60) },
    );
    expect(planned).toBeGreaterThan(300);
  });
});

describe('snooze', () => {
  test('[NT21] until nine tomorrow, or nine on the first day of next week, where the reader is', () => {
    expect(snoozeUntil('tomorrow', noon, zone, 1)).toBe(on('2026-04-04', '09:00'));
    expect(snoozeUntil('next-week', noon, zone, 1)).toBe(on('2026-04-06', '09:00'));
    expect(snoozeUntil('next-week', on('2026-04-06'), zone, 1)).toBe(on('2026-04-13', '09:00'));
    expect(snoozeUntil('next-week', noon, zone, 7)).toBe(on('2026-04-05', '09:00'));
    const back = snoozeUntil('next-week', noon, 'America/New_York', 1);
    expect([localTimeOf(back, 'America/New_York'), weekdayOf(localDateOf(back, 'America/New_York'))]).toEqual(
      ['09:00', 1],
    );
  });
});

describe('a mail’s text', () => {
  const item = {
    rung: 'due:1',
    title: 'Check-in due: “Ship”',
    evidence: 'It was due.',
    link: 'https://x/commitments/1',
    checkIn: null,
    answerTo: null,
  };
  const who = { name: 'Ben', organisation: 'Acme', settings: 'https://x/settings/notifications' };

  test('[NT22] says rule, evidence and link of everything in it, and where to change how one is told', () => {
    const { subject, text } = writeMail([item, { ...item, rung: 'asked:2', title: 'Blue asks' }], who);
    expect(subject).toBe('2 things wait for you: Check-in due: “Ship”, …');
    for (const part of [
      'Hello Ben',
      'It was due.',
      'https://x/commitments/1',
      'rule NT3',
      'rule NT9',
      who.settings,
    ]) {
      expect(text).toContain(part);
    }
  });

  test('[NT22] a subject is one line, whatever a card is called', () => {
    const { subject } = writeMail(
      [{ ...item, title: `Ship\r\nBcc: all@example.org ${'x'.repeat(400)}` }],
      who,
    );
    expect(subject).not.toMatch(/[\r\n]/);
    expect(subject.length).toBeLessThanOrEqual(160);
  });
});
