import { expect, test } from 'vitest';
import { readMoment } from './moment.ts';

test('[IN1] a day looked back to means its end where one is, an instant itself', () => {
  expect(readMoment('2026-03-31', 'Europe/Berlin')).toBe(Date.parse('2026-03-31T21:59:59.999Z'));
  expect(readMoment('2026-03-31', 'UTC')).toBe(Date.parse('2026-03-31T23:59:59.999Z'));
  expect(readMoment('2026-03-31T10:00Z', 'Europe/Berlin')).toBe(Date.parse('2026-03-31T10:00Z'));
  expect(readMoment('2026-03-31T10:00:00+02:00', 'UTC')).toBe(Date.parse('2026-03-31T08:00Z'));
  for (const wrong of ['', 'yesterday', '2026-02-30', '2026-03-31T99:00Z', '2026-03-31 10:00']) {
    expect(readMoment(wrong, 'UTC'), wrong).toBeNull();
  }
});
