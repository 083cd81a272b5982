import { expect, test } from 'vitest';
import { contributionStates, rollUp, type Contributor } from './contributions.ts';
import type { DisplayState } from './display.ts';

const child = (display: DisplayState, weight: number, progress: number | null = null): Contributor => ({
  display,
  weight,
  progress,
});
const sharesOf = (...children: readonly Contributor[]) =>
  Object.fromEntries(Object.entries(rollUp(children).shares).filter(([, share]) => share > 0));

test('[CM56] bars are shares of weight, with what is done and what ended otherwise as bars of their own', () => {
  expect(
    sharesOf(
      ...[child('on', 4), child('risk', 2), child('off', 1), child('stale', 3)],
      ...[child('pending', 1), child('unrated', 1), child('done', 2), child('done-late', 2)],
      ...[child('missed', 2), child('dropped', 1), child('carried', 1)],
    ),
  ).toEqual({
    ...{ on: 0.2, risk: 0.1, off: 0.05, stale: 0.15, pending: 0.05, unrated: 0.05 },
    ...{ done: 0.2, ended: 0.2 },
  });
  expect(Object.keys(rollUp([]).shares)).toEqual([...contributionStates]);
  expect(sharesOf()).toEqual({});
});

test('[CM56] silence is never green: one without a word is a bar of its own, whatever it said before', () => {
  const silent = child('stale', 5, 0.9);
  expect(sharesOf(silent, child('on', 5))).toEqual({ on: 0.5, stale: 0.5 });
  expect(rollUp([child('risk', 9), silent]).worst).toBe(silent);
  expect(sharesOf(child('pending', 1))).toEqual({ pending: 1 });
});

test('[CM56] the worst is one that runs: the worst state first, then the heaviest; none when all is well', () => {
  const off = child('off', 1);
  expect(rollUp([child('risk', 9), child('stale', 9), off, child('missed', 9)]).worst).toBe(off);
  const heavy = child('risk', 5);
  expect(rollUp([child('risk', 2), heavy]).worst).toBe(heavy);
  expect(rollUp([child('on', 2), child('pending', 2), child('missed', 9)]).worst).toBeNull();
});

test('[CM56] what nobody has accepted weighs nothing', () => {
  const open = [
    child('proposed', 5, 0),
    child('not-accepted', 5, 0),
    child('parked', 5),
    child('declined', 5),
  ];
  expect(sharesOf(...open)).toEqual({});
  expect(rollUp([...open, child('on', 1, 0.5)])).toMatchObject({ progress: 0.5, told: 1, counting: 1 });
});

test.each([
  ['by weight', [child('on', 3, 0.5), child('off', 1, 0.1)], 0.4, 2, 2],
  ['one that cannot be told is left out and counted', [child('on', 3, 0.5), child('on', 9)], 0.5, 1, 2],
  ['what is silent keeps what it said last', [child('stale', 1, 0.6), child('on', 1, 0.2)], 0.4, 2, 2],
  ['done without a measure is all of it', [child('done-late', 1), child('on', 3, 0)], 0.25, 2, 2],
  ['missed without a measure is nothing of it', [child('missed', 1), child('done', 1, 0.8)], 0.4, 2, 2],
  ['missed half way is half', [child('missed', 1, 0.5)], 0.5, 1, 1],
  [
    'dropped and carried are no part',
    [child('dropped', 9, 0), child('carried', 9, 0), child('on', 1, 1)],
    1,
    1,
    1,
  ],
  ['nothing to tell', [child('pending', 1), child('dropped', 1, 1)], null, 0, 1],
] as const)('[CM57] progress: %s', (_, children, progress, told, counting) => {
  const rolled = rollUp(children);
  expect(rolled.progress === null ? null : Math.round(rolled.progress * 1e9) / 1e9).toBe(progress);
  expect([rolled.told, rolled.counting]).toEqual([told, counting]);
});
