import { describe, expect, test } from 'vitest';
import type { Commitment } from '../../src/domain/commitment/commitment.ts';
import { scoreOf, stretchBand } from '../../src/domain/commitment/scoring.ts';
import { after, asIn, committed, done, on, report, signups, terms, zone } from './situations.ts';

const inTime = on('2026-06-20');
const finished = (more = {}) => asIn(after(committed(more), 'ben', done, inTime), 'done');

describe('scores', () => {
  test('[CM37] kept only with every measure at its first target by its first due', () => {
    expect(scoreOf(finished(), zone)).toEqual({ againstBaseline: 1, againstNow: 1, kept: true });
    const less = after(committed(), 'ben', { ...done, values: { m1: 180 } }, inTime);
    expect(scoreOf(less, zone)).toEqual({ againstBaseline: 0.9, againstNow: 0.9, kept: false });
    const eased = after(
      committed(),
      'ben',
      {
        type: 'rescope',
        change: {
          measures: committed().offered.measures.map((it) => (it.key === 'm1' ? { ...it, target: 180 } : it)),
        },
        reason: 'learning',
        text: 'x',
      },
      on('2026-05-01'),
    );
    expect(scoreOf(after(eased, 'ben', { ...done, values: { m1: 180 } }, inTime), zone)).toEqual({
      againstBaseline: 0.9,
      againstNow: 1,
      kept: false,
    });
    expect(scoreOf(after(committed(), 'ben', done, on('2026-06-27')), zone)?.kept).toBe(false);
  });

  test('[CM37] a measure with a due of its own must have stood there by then', () => {
    const own = committed({
      terms: {
        ...committed().offered,
        measures: committed().offered.measures.map((it) => ({ ...it, due: '2026-05-29' })),
      },
    });
    expect(scoreOf(after(own, 'ben', done, inTime), zone)?.kept).toBe(false);
    const said = after(
      own,
      'ben',
      { type: 'check-in', id: 'c1', ...report, values: { m1: 210, m2: 1 } },
      on('2026-05-29'),
    );
    expect(scoreOf(after(said, 'ben', done, inTime), zone)?.kept).toBe(true);
  });

  test('[CM37] between two bounds the share of check-ins inside counts, not where it ended', () => {
    const band = { ...signups, baseline: 80, target: 120, direction: 'keep-within' } as const;
    const own = committed({ terms: { ...terms, measures: [band] } });
    const said = [100, 130, 90, 110].reduce(
      (it, m1, week) =>
        after(
          it,
          'ben',
          { type: 'check-in', id: `c${week}`, ...report, values: { m1 } },
          on('2026-05-01') + week,
        ),
      own as Commitment,
    );
    const ended = after(said, 'ben', { ...done, values: { m1: 100 } }, inTime);
    expect(scoreOf(ended, zone)).toEqual({ againstBaseline: 0.75, againstNow: 0.75, kept: false });
    const always = after(own, 'ben', { ...done, values: { m1: 100 } }, inTime);
    expect(scoreOf(always, zone)).toEqual({ againstBaseline: 1, againstNow: 1, kept: true });
  });

  test.each([
    ['up', null, 200, [199, false]],
    ['up', null, 200, [200, true]],
    ['up', 200, 200, [200, true]],
    ['down', null, 60, [61, false]],
    ['down', 60, 60, [55, true]],
    ['reach', null, 5, [6, false]],
    ['reach', null, 5, [5, true]],
    ['up', null, null, [5, false]],
  ] as const)(
    '[CM53] %s from %s to %s: no score, and the value %s says whether it was kept',
    (direction, baseline, target, [m1, kept]) => {
      const own = committed({ terms: { ...terms, measures: [{ ...signups, direction, baseline, target }] } });
      const ended = after(own, 'ben', { ...done, values: { m1 } }, inTime);
      expect(scoreOf(ended, zone)).toEqual({ againstBaseline: null, againstNow: null, kept });
    },
  );

  test('[CM37] bands of a stretch promise', () => {
    expect([0.9, 0.89, 0.7, 0.69, 0.4, 0.39].map(stretchBand)).toEqual([
      ...['reconsider-ambition', 'intended', 'intended', 'partial', 'partial', 'learn-why'],
    ]);
    const far = committed({ terms: { ...terms, promise: 'stretch', measures: [signups] } });
    expect(scoreOf(after(far, 'ben', { ...done, values: { m1: 175 } }, inTime), zone)).toEqual({
      ...{ againstBaseline: 0.75, againstNow: 0.75, kept: false, band: 'intended' },
    });
  });
});
