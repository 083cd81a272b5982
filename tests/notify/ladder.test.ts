import { describe, expect, test } from 'vitest';
import { peopleFor, receiverOf, spokesPeople } from '../../src/domain/notify/audience.ts';
import { afterLastWord, rungsReached } from '../../src/domain/notify/ladder.ts';
import type { Slot } from '../../src/domain/rhythm/slot.ts';
import { on } from '../tracking/situations.ts';
import { fridays, weekly } from './situations.ts';

const said = (slots: readonly Slot[], since: number, at: number): readonly string[] =>
  rungsReached(slots, { since, at }).map(({ hearer, rung, slot }) => `${hearer} ${rung} ${slot.number}`);

const first = weekly(1, fridays[0]);
const four = fridays.map((day, index) => weekly(index + 1, day));
const [tuesday, thursday, friday, grace] = [
  on('2026-03-31', '17:00'),
  on('2026-04-02', '17:00'),
  on('2026-04-03', '17:00'),
  on('2026-04-07', '17:00'),
];
const minute = 60_000;

describe('the reminder ladder', () => {
  test('[NT1] what opens is told its owner, with the digest', () => {
    expect(said([first], tuesday - minute, tuesday)).toEqual(['owner open 1']);
    expect(said([first], tuesday - 2 * minute, tuesday - minute)).toEqual([]);
    expect(said([first], tuesday, tuesday + minute)).toEqual([]);
    expect(rungsReached([first], { since: tuesday - 1, at: tuesday })[0]?.manner).toBe('digest');
  });

  test('[NT1] what was open already when the promise was accepted is told then', () => {
    const accepted = on('2026-04-01', '09:00');
    const tell = (since: number, at: number) =>
      rungsReached([first], { since, at }, accepted).map(({ rung, at: when }) => [rung, when]);
    expect(tell(accepted - minute, accepted + minute)).toEqual([['open', accepted]]);
    expect(tell(accepted + minute, accepted + 2 * minute)).toEqual([]);
    expect(tell(tuesday - minute, tuesday + minute)).toEqual([]);
    expect(tell(thursday - minute, thursday).map(([rung]) => rung)).toEqual(['due-soon']);
  });

  test('[NT2] a day before its due', () => {
    expect(said([first], thursday - minute, thursday)).toEqual(['owner due-soon 1']);
  });

  test('[NT3] at its due', () => {
    expect(said([first], friday - minute, friday)).toEqual(['owner due 1']);
  });

  test('[NT4] the end of grace is told owner and reviewer', () => {
    expect(said([first], grace - minute, grace)).toEqual(['owner grace-end 1', 'reviewer grace-end 1']);
  });

  test('[NT5] the lead hears of a silence after a week, and once, however many check-ins go by', () => {
    const week = on('2026-04-14', '17:00');
    expect(said(four, week - minute, week)).toContain('lead overdue-7 1');
    for (const later of ['2026-04-21', '2026-04-28', '2026-05-05']) {
      const at = on(later, '17:00');
      expect(said(four, at - minute, at).filter((it) => it.startsWith('lead'))).toEqual([]);
    }
  });

  test('[NT5] a silence begins after the last word, though what answered it is not at hand', () => {
    const word = on('2026-04-09');
    const known = afterLastWord([weekly(1, fridays[0]), weekly(3, fridays[2])], word);
    expect(known.map(({ number }) => number)).toEqual([3]);
    expect(said(known, Number.NEGATIVE_INFINITY, on('2026-04-30'))).toContain('lead overdue-7 3');
    expect(afterLastWord([weekly(1, fridays[0])], null)).toHaveLength(1);
  });

  test('[NT6] the sponsor after two weeks, once', () => {
    const twoWeeks = on('2026-04-21', '17:00');
    expect(said(four, twoWeeks - minute, twoWeeks)).toContain('sponsor overdue-14 1');
    expect(said(four, on('2026-04-28', '16:59'), on('2026-04-28', '17:00'))).not.toContain(
      'sponsor overdue-14 2',
    );
  });

  test('[NT7] who has answered hears nothing more', () => {
    const filled = weekly(1, fridays[0], { filled: 'on-time', filledAt: on('2026-04-01') });
    expect(said([filled], thursday - minute, grace + 30 * 86_400_000)).toEqual([]);
    const excused = weekly(1, fridays[0], { excused: 'freeze' });
    expect(said([excused], tuesday - minute, grace)).toEqual([]);
    const answeredLater = [first, weekly(2, fridays[1], { filled: 'on-time', filledAt: on('2026-04-09') })];
    expect(said(answeredLater, on('2026-04-14', '16:59'), on('2026-04-14', '17:00'))).toEqual([]);
  });

  test('[NT8] of rungs passed while nobody looked only the highest is said', () => {
    expect(said([first], tuesday - minute, friday)).toEqual(['owner due 1']);
    expect(said([first], tuesday - minute, grace)).toEqual(['owner grace-end 1', 'reviewer grace-end 1']);
  });
});

describe('who hears it', () => {
  const circle = { owner: 'ben', reviewer: 'ana', leads: ['ana', 'ben'], sponsor: 'olga' };

  test('[NT4][NT5][NT6] nobody is told a second time in another role', () => {
    expect(peopleFor('owner', circle)).toEqual(['ben']);
    expect(peopleFor('reviewer', circle)).toEqual(['ana']);
    expect(peopleFor('lead', circle)).toEqual(['ana']);
    expect(peopleFor('sponsor', circle)).toEqual(['olga']);
    expect(peopleFor('sponsor', { ...circle, sponsor: null })).toEqual([]);
  });

  test('[NT9] leads speak for a team, members when it has none', () => {
    const [ana, ben] = [{ person: 'ana', role: 'lead' } as const, { person: 'ben', role: 'member' } as const];
    expect(spokesPeople([ana, ben])).toEqual(['ana']);
    expect(spokesPeople([ben])).toEqual(['ben']);
  });

  test('[NT16] the delegate hears for who is away, and delegates of delegates; without one no mail follows', () => {
    const away = (person: string, delegate: string | null) => ({
      ...{ person, delegate, start: '2026-04-01', end: '2026-04-10' },
    });
    const day = '2026-04-10';
    expect(receiverOf('ben', [], day)).toEqual({ person: 'ben', standsInFor: null, mail: true });
    expect(receiverOf('ben', [away('ben', 'bea')], '2026-04-11').person).toBe('ben');
    expect(receiverOf('ben', [away('ben', 'bea')], day)).toEqual({
      person: 'bea',
      standsInFor: 'ben',
      mail: true,
    });
    expect(receiverOf('ben', [away('ben', 'bea'), away('bea', 'ana')], day).person).toBe('ana');
    expect(receiverOf('ben', [away('ben', null)], day)).toEqual({
      person: 'ben',
      standsInFor: null,
      mail: false,
    });
    expect(receiverOf('ben', [away('ben', 'bea'), away('bea', 'ben')], day).person).toBe('ben');
  });
});
