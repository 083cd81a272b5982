import { expect, test } from 'vitest';
import { soundsAt, warningPassed } from './timer.ts';

const running = (endsAt: number) => ({ state: 'running', endsAt, totalMs: 300_000, label: '' }) as const;

test('[SN34] each warning is said once, and of several passed at once the nearest to the end', () => {
  expect(warningPassed(61_000, 60_000)).toBe(60_000);
  expect(warningPassed(60_000, 59_500)).toBeNull();
  expect(warningPassed(10_400, 9_900)).toBe(10_000);
  expect(warningPassed(500, 0)).toBe(0);
  // A laptop that slept through all of them.
  expect(warningPassed(200_000, 0)).toBe(0);
  // More time was added: the warning comes again.
  expect(warningPassed(9_000, 69_000)).toBeNull();
});

test('[SN34] who comes or wakes up after the end hears nothing', () => {
  expect(soundsAt(running(1_000_000), 1_000_400)).toBe(true);
  expect(soundsAt(running(1_000_000), 1_004_000)).toBe(true);
  expect(soundsAt(running(1_000_000), 1_006_000)).toBe(false);
  expect(soundsAt(running(1_000_000), 999_000)).toBe(false);
  expect(soundsAt({ state: 'idle' }, 1_000_000)).toBe(false);
});
