import { expect, test } from 'vitest';
import { displayStates, isRunning, lookOf } from './display-state.ts';

const day = 86_400_000;
const now = 100 * day;

test('[PG3] no two states look the same, with colour or without', () => {
  const looks = displayStates.map(({ value }) => lookOf(value, null, now));
  expect(new Set(looks.map((it) => `${it.shape} ${it.word}`)).size).toBe(displayStates.length);
  expect(looks.every((it) => it.shape !== '' && it.word !== '')).toBe(true);
});

test('[PG3] only what was said to be on track is green', () => {
  const green = displayStates.filter(({ value }) => lookOf(value, null, now).tone === 'ok');
  expect(green.map(({ value }) => value)).toEqual(['on']);
});

test('[PG4] a silent commitment says for how long', () => {
  expect(lookOf('stale', now - 9 * day - 1, now).word).toBe('No word for 9 days');
  expect(lookOf('stale', now - day / 2, now).word).toBe('No word for 1 day');
  expect(lookOf('stale', null, now).word).toBe('No word');
});

test('[PG4] what waits for a yes or has ended does not run', () => {
  const running = displayStates.map(({ value }) => value).filter(isRunning);
  expect(running).toEqual(['pending', 'on', 'risk', 'off', 'stale', 'unrated']);
});
