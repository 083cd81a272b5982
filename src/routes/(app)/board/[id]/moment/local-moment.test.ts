import { expect, test } from 'vitest';
import { fromLocal, toLocal } from './local-moment.ts';

const zone = 'Europe/Berlin';

test('[TT7] a time is that of the organisation, to the second, and what was shown leads back to the same edit', () => {
  const at = Date.parse('2026-04-02T12:05:30.512Z');
  expect(toLocal(at, zone)).toBe('2026-04-02T14:05:30');
  expect(fromLocal('2026-04-02T14:05:30', zone)).toBe(Date.parse('2026-04-02T12:05:30.999Z'));
  expect(fromLocal('2026-04-02T14:05', zone)).toBe(Date.parse('2026-04-02T12:05:00.999Z'));
  expect(toLocal(Date.parse('2026-04-01T22:00:00Z'), zone)).toBe('2026-04-02T00:00:00');
});

test('[TT7] what is no time is none', () => {
  for (const text of ['', 'yesterday', '2026-04-02', '2026-13-02T10:00', '2026-04-02T25:00'])
    expect(fromLocal(text, zone)).toBeNull();
});
