import { describe, expect, test } from 'vitest';
import { addBusinessDays, addBusinessDaysTo, adjustToBusinessDay, plainWeek } from './business-days.ts';
import { instantAt } from './local-time.ts';

const berlin = 'Europe/Berlin';
const easterMonday = { ...plainWeek, holidays: ['2026-04-06'] };

describe('business days', () => {
  test('[RH2] Sunday 10:00 + 2 is Tuesday 10:00', () => {
    const sunday = instantAt('2026-05-10', '10:00', berlin);
    expect(addBusinessDaysTo(sunday, 2, berlin, plainWeek)).toBe(instantAt('2026-05-12', '10:00', berlin));
  });

  test('[RH2] Friday 17:00 before a Monday holiday + 2 is Wednesday 17:00', () => {
    const friday = instantAt('2026-04-03', '17:00', berlin);
    const wednesday = instantAt('2026-04-08', '17:00', berlin);
    expect(addBusinessDaysTo(friday, 2, berlin, easterMonday)).toBe(wednesday);
  });

  test('[RH2] counts backwards too', () => {
    expect(addBusinessDays('2026-04-07', -1, easterMonday)).toBe('2026-04-03');
  });

  test('[RH18] a date on no business day moves as asked', () => {
    const lastSaturday = '2026-01-31';
    const moved = (['none', 'following', 'preceding', 'modified-following'] as const).map((adjust) =>
      adjustToBusinessDay(lastSaturday, adjust, plainWeek),
    );
    expect(moved).toEqual([lastSaturday, '2026-02-02', '2026-01-30', '2026-01-30']);
    expect(adjustToBusinessDay('2026-01-30', 'following', plainWeek)).toBe('2026-01-30');
  });
});
