import { describe, expect, test } from 'vitest';
import { dayMs, instantAt } from '../rhythm/local-time.ts';
import type { Slot } from '../rhythm/slot.ts';
import type { NeedFacts } from './need-facts.ts';
import type { PromiseFacts } from './promise-facts.ts';
import { rank } from './rank.ts';
import { hearersOf, isSaidNow } from './said-before.ts';
import { defaultSignalSettings as settings, type Signal } from './signal.ts';
import { silenceOf } from './silence.ts';
import { rhythmLapses } from './w10-rhythm-lapses.ts';
import { tooMuchForOne, tooMuchForTeam } from './w11-overload.ts';
import { silent } from './w4-silent.ts';
import { needAdrift } from './w5-need-adrift.ts';
import { riskTravels } from './w6-risk-travels.ts';
import { decisionOverdue } from './w7-decision-overdue.ts';
import { movedOn } from './w9-moved-on.ts';

const zone = 'Europe/Berlin';
const at = (date: string, time = '12:00') => instantAt(date, time, zone);

const promise: PromiseFacts = {
  ...{ id: 'c', statement: 'Double the sign-ups', weight: 5, owner: 'ben', reviewer: 'ana', team: 'red' },
  ...{ due: '2026-06-26', changedAt: at('2026-04-01'), carryCount: 0, slips: 0 },
};
const need: NeedFacts = {
  ...{ id: 'd', what: 'an interface', status: 'requested', hard: true, weight: 6 },
  ...{ requesterOwner: 'ben', requesterTeam: 'red', providerPerson: null, providerTeam: 'blue' },
  ...{ respondBy: at('2026-04-08'), neededBy: '2026-05-29', promisedFor: null, updatedAt: at('2026-04-01') },
};

/** Fridays at 17:00 from 3 April on, with two business days of grace. */
function week(number: number, more: Partial<Slot> = {}): Slot {
  const dueAt = at('2026-04-03', '17:00') + (number - 1) * 7 * dayMs;
  return {
    ...{ id: `s${number}`, number, label: `${number}`, opensAt: dueAt - 3 * dayMs, dueAt },
    ...{ graceEndsAt: dueAt + 4 * dayMs, filled: null, filledAt: null, excused: null },
    ...more,
  };
}
const filled = { filled: 'on-time', filledAt: at('2026-04-02') } as const;

describe('W4, silence', () => {
  const heard = (slots: readonly Slot[], now: number) =>
    silent(promise, silenceOf(slots, now), now, settings);
  const first = week(1).dueAt;

  test('[SG1][SG11] fires after more than seven days, and says since when, how often and whom', () => {
    const slots = [week(1), week(2), week(3)];
    expect(heard(slots, first + 7 * dayMs + 1)).toEqual({
      ...{ rule: 'W4', subject: { kind: 'commitment', id: 'c' }, title: 'Double the sign-ups', weight: 5 },
      ...{ severity: 1, since: first, ask: 'Check in now, if only to say that nothing moved.' },
      evidence: 'No word for 7 days: 1 check-in went unanswered.',
      audience: [
        { as: 'owner', person: 'ben', team: null },
        { as: 'reviewer', person: 'ana', team: null },
        { as: 'lead', person: null, team: 'red' },
      ],
    });
    expect(heard(slots, first + 12 * dayMs)?.severity).toBe(2);
  });

  test('[SG1] does not fire at seven days, under weight 5, in grace, or once somebody spoke', () => {
    expect(heard([week(1)], first + 7 * dayMs)).toBeNull();
    const silence = silenceOf([week(1)], first + 20 * dayMs);
    expect(silent({ ...promise, weight: 4 }, silence, first + 20 * dayMs, settings)).toBeNull();
    expect(silenceOf([week(1)], first + 4 * dayMs - 1)).toBeNull();
    expect(silenceOf([week(1), week(2, filled)], first + 30 * dayMs)).toBeNull();
  });

  test('[SG1] skips excused check-ins: they are neither missed nor an answer', () => {
    const excused = week(2, { excused: 'freeze' });
    expect(silenceOf([week(1, filled), excused], first + 30 * dayMs)).toBeNull();
    expect(silenceOf([week(1), excused, week(3)], first + 30 * dayMs)).toEqual({ since: first, missed: 2 });
    expect(heard([week(1, filled), excused, week(3)], first + 21 * dayMs)).toBeNull();
    expect(heard([week(1, filled), excused, week(3)], first + 22 * dayMs)?.severity).toBe(1);
  });
});

describe('W5, asks adrift', () => {
  test('[SG2] fires past the day to answer, not on it, and never once answered', () => {
    const answerBy = need.respondBy ?? 0;
    expect(needAdrift(need, answerBy, settings)).toBeNull();
    expect(needAdrift(need, answerBy + 3 * dayMs, settings)).toMatchObject({
      ...{ rule: 'W5', weight: 6, severity: 3, since: answerBy },
      evidence: 'Asked, and 3 days past the day to answer.',
      audience: [
        { as: 'provider', team: 'blue' },
        { as: 'asking side', person: 'ben' },
        { as: 'lead', team: 'red' },
      ],
    });
    for (const status of ['draft', 'countered', 'declined', 'withdrawn']) {
      expect(needAdrift({ ...need, status }, answerBy + 30 * dayMs, settings), status).toBeNull();
    }
    expect(needAdrift({ ...need, respondBy: null }, answerBy + 30 * dayMs, settings)).toBeNull();
  });

  test('[SG3] fires when close to the need and quiet; not with five days of room, nor after ten quiet days', () => {
    const agreed = { ...need, status: 'accepted', providerPerson: 'dan', promisedFor: '2026-05-25' };
    const quiet = agreed.updatedAt + 10 * dayMs;
    expect(needAdrift(agreed, quiet, settings)).toBeNull();
    expect(needAdrift(agreed, quiet + 1, settings)?.evidence).toBe(
      'Agreed 4 days before it is needed, and nothing was heard of it for 10 days.',
    );
    expect(needAdrift({ ...agreed, promisedFor: '2026-05-24' }, quiet + 30 * dayMs, settings)).toBeNull();
    const later = needAdrift({ ...agreed, promisedFor: '2026-06-01' }, quiet + 1, settings);
    expect(later?.evidence).toContain('3 days later than needed');
    expect(later?.severity).toBe(100);
    expect(needAdrift({ ...agreed, promisedFor: '2026-05-29' }, quiet + 1, settings)?.evidence).toContain(
      'for the very day it is needed',
    );
  });
});

describe('W6, risk travels', () => {
  const agreed = { ...need, status: 'accepted', providerPerson: 'dan' };
  const serving = (display: Parameters<typeof riskTravels>[1] & object) => riskTravels(agreed, display);
  const as = (display: 'on' | 'risk' | 'off' | 'stale' | 'pending' | 'missed' | 'done') =>
    serving({ statement: 'New interface', display, since: at('2026-04-20') });

  test('[SG4] fires for whoever waits, and gets worse with what it waits for', () => {
    expect(as('risk')).toMatchObject({
      ...{ rule: 'W6', severity: 1, evidence: '"New interface", which is to deliver it, is at risk.' },
      audience: [{ as: 'asking side' }, { as: 'provider', person: 'dan' }, { as: 'lead' }],
    });
    expect([as('stale'), as('off'), as('missed')].map((it) => it?.severity)).toEqual([2, 3, 4]);
  });

  test('[SG4] does not fire while it goes well, along soft needs, before a yes, or served by nothing', () => {
    expect([as('on'), as('pending'), as('done')]).toEqual([null, null, null]);
    const trouble = { statement: 'x', display: 'off', since: 0 } as const;
    expect(riskTravels({ ...agreed, hard: false }, trouble)).toBeNull();
    expect(riskTravels({ ...agreed, status: 'requested' }, trouble)).toBeNull();
    expect(riskTravels(agreed, null)).toBeNull();
  });
});

describe('W7, overdue decisions', () => {
  const decision = {
    ...{ id: 'q', question: 'Which region first?', status: 'open', decider: 'olga', team: null },
    ...{ neededBy: '2026-04-10', blockedWeight: 5 },
  };
  const ends = at('2026-04-11', '00:00');

  test('[SG5] fires from the end of its day on', () => {
    expect(decisionOverdue(decision, ends - 1, zone, settings)).toBeNull();
    expect(decisionOverdue(decision, ends, zone, settings)).toMatchObject({
      ...{ rule: 'W7', weight: 5, evidence: 'Needed 1 day ago; commitments of weight 5 wait for it.' },
      audience: [{ as: 'decider', person: 'olga' }],
    });
  });

  test('[SG5] does not fire under weight 5, without a day, or once decided', () => {
    for (const more of [{ blockedWeight: 4 }, { neededBy: null }, { status: 'decided' }]) {
      expect(decisionOverdue({ ...decision, ...more }, ends + 9 * dayMs, zone, settings)).toBeNull();
    }
  });
});

describe('W9, moved on and on', () => {
  test('[SG6] fires at two carries or two slips, not at one of each', () => {
    expect(movedOn({ ...promise, carryCount: 1, slips: 1 }, settings)).toBeNull();
    expect(movedOn({ ...promise, carryCount: 2 }, settings)).toMatchObject({
      ...{ rule: 'W9', severity: 2, evidence: 'Carried into the next period 2 times.' },
      ask: 'Split it, give it another owner, or drop it.',
    });
    expect(movedOn({ ...promise, slips: 2 }, settings)?.evidence).toBe('Its due was moved later 2 times.');
  });
});

describe('W10, rhythm', () => {
  const ritual = (...meetings: string[]) => ({
    ...{ id: 'r', title: 'Weekly', teams: ['red'], bookedBy: 'ana', weight: 8 },
    meetings: meetings.map((word, index) => ({
      startsAt: at('2026-04-06') + index * 7 * dayMs,
      status:
        word === 'poor' || word === 'full' ? ('held' as const) : (word as 'held' | 'skipped' | 'scheduled'),
      quorum: word === 'poor' ? false : word === 'full' ? true : null,
    })),
  });
  /** After the last of them. */
  const fired = (...meetings: string[]) =>
    rhythmLapses(ritual(...meetings), settings, at('2026-04-07') + (meetings.length - 1) * 7 * dayMs);

  test('[SG7] fires at two skips in a row, not at one, nor when one was held between', () => {
    expect(fired('held', 'skipped', 'skipped')).toMatchObject({
      ...{ rule: 'W10', severity: 2, evidence: 'Skipped 2 times in a row.', since: at('2026-04-13') },
      audience: [{ as: 'lead', team: 'red' }],
    });
    expect(fired('skipped', 'held', 'skipped')).toBeNull();
    expect(fired('skipped', 'skipped', 'held')).toBeNull();
    // Nobody wrote down that it took place, but nobody skipped it either.
    expect(fired('skipped', 'scheduled', 'skipped')).toBeNull();
    expect(fired('skipped', 'skipped', 'scheduled')).toBeNull();
  });

  test('[SG7] fires as soon as a second one in a row is skipped ahead', () => {
    const on = at('2026-04-07');
    expect(rhythmLapses(ritual('skipped', 'scheduled', 'skipped'), settings, on)).toBeNull();
    expect(rhythmLapses(ritual('skipped', 'skipped', 'scheduled'), settings, on)).toMatchObject({
      ...{ severity: 2, since: at('2026-04-06') },
    });
    expect(rhythmLapses(ritual('held', 'skipped', 'skipped'), settings, on)?.since).toBe(on);
  });

  test('[SG7] of a ritual of no team it tells who booked it', () => {
    const everybodys = { ...ritual('skipped', 'skipped'), teams: [] };
    expect(rhythmLapses(everybodys, settings, at('2026-04-14'))?.audience).toEqual([
      { as: 'owner', person: 'ana', team: null },
    ]);
  });

  test('[SG7] fires when too few came three times of four, not at two, nor for older ones', () => {
    expect(fired('poor', 'full', 'poor', 'poor')?.evidence).toBe('Too few came to 3 of the last 4 meetings.');
    expect(fired('full', 'poor', 'full', 'poor')).toBeNull();
    expect(fired('poor', 'poor', 'poor', 'full', 'full')).toBeNull();
    expect(fired('held', 'held', 'held', 'held')).toBeNull();
  });
});

describe('W11, too much', () => {
  const one = { person: 'ben', team: 'red', weight: 9, since: 0 };
  const red = { team: 'red', name: 'Red', weight: 9, since: 0 };

  test('[SG8] fires for an owner at four, not at three', () => {
    expect(tooMuchForOne({ ...one, open: 3 }, settings)).toBeNull();
    expect(tooMuchForOne({ ...one, open: 4 }, settings)).toMatchObject({ rule: 'W11', severity: 4 });
  });

  test('[SG8] fires for a team that exceeds, never while it is unknown', () => {
    expect(tooMuchForTeam({ ...red, verdict: 'tight', share: 1 })).toBeNull();
    expect(tooMuchForTeam({ ...red, verdict: 'unknown', share: 1.5 })).toBeNull();
    expect(tooMuchForTeam({ ...red, verdict: 'exceeds', share: 1.12 })?.evidence).toBe(
      'What the team promised takes 112 % of what it can do.',
    );
  });
});

describe('saying it again', () => {
  const now = at('2026-05-01');
  const before = {
    severity: 2,
    firedAt: now - 14 * dayMs + 1,
    clearedAt: null,
    mutedUntil: null,
    told: ['ben'],
  };

  test('[SG9] the first time, after 14 days, or when worse', () => {
    expect(isSaidNow({ severity: 1 }, null, now, settings)).toBe(true);
    expect(isSaidNow({ severity: 2 }, before, now, settings)).toBe(false);
    expect(isSaidNow({ severity: 2 }, before, now + 1, settings)).toBe(true);
    expect(isSaidNow({ severity: 3 }, before, now, settings)).toBe(true);
    expect(isSaidNow({ severity: 1 }, { ...before, clearedAt: now - dayMs }, now, settings)).toBe(false);
  });

  test('[SG9] not while it is muted, however bad', () => {
    const muted = { ...before, mutedUntil: now + dayMs };
    expect(isSaidNow({ severity: 9 }, muted, now, settings)).toBe(false);
    expect(isSaidNow({ severity: 9 }, muted, now + dayMs, settings)).toBe(true);
  });

  test('[SG17] in between it is said to who has come to be meant, once, and not while it is muted', () => {
    const it = { severity: 2, people: ['bea', 'ana'] };
    const known = { ...before, told: ['ben', 'ana'] };
    expect(hearersOf(it, known, now, settings)).toEqual(['bea']);
    expect(hearersOf(it, { ...known, told: ['ben', 'ana', 'bea'] }, now, settings)).toEqual([]);
    expect(hearersOf(it, { ...known, mutedUntil: now + 1 }, now, settings)).toEqual([]);
    expect(hearersOf(it, { ...known, told: null }, now, settings)).toEqual([]);
    expect(hearersOf(it, null, now, settings)).toEqual(['bea', 'ana']);
    expect(hearersOf({ ...it, severity: 3 }, known, now, settings)).toEqual(['bea', 'ana']);
  });
});

test('[SG10] heaviest first, then worse, then older; light tells of four rules', () => {
  const make = (
    rule: Signal['rule'],
    id: string,
    weight: number,
    severity: number,
    since: number,
  ): Signal => ({
    ...{ rule, subject: { kind: 'commitment', id }, title: id, weight, severity, since },
    ...{ evidence: '', ask: '', audience: [] },
  });
  const all = [
    make('W4', 'light', 3, 9, 1),
    make('W6', 'travels', 8, 1, 1),
    make('W5', 'older', 5, 2, 1),
    make('W9', 'newer', 5, 2, 2),
    make('W7', 'worse', 5, 3, 9),
  ];
  const ids = (depth: 'light' | 'standard') => rank(all, depth).map(({ subject }) => subject.id);
  expect(ids('standard')).toEqual(['travels', 'worse', 'older', 'newer', 'light']);
  expect(ids('light')).toEqual(['worse', 'older', 'newer', 'light']);
});
