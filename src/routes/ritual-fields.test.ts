import { expect, test } from 'vitest';
import type { RitualRule } from '#domain/rhythm/ritual.ts';
import { fieldsOfRule, fieldsOfTerms, ritualOf, ruleOf, type PostedFields } from './ritual-fields.ts';

const posted = (fields: Readonly<Record<string, string>>): PostedFields => ({
  one: (name) => fields[name] ?? '',
  all: (name) => (fields[name] ?? '').split(',').filter((it) => it !== ''),
});

test.each<RitualRule>([
  { type: 'weekly', every: 2, weekdays: [1, 4] },
  { type: 'monthly', every: 1, day: { on: 'weekday', nth: -1, weekday: 5 } },
  { type: 'monthly', every: 3, day: { on: 'last-day' } },
  { type: 'yearly', month: 11, day: { on: 'day', day: 3 } },
  { type: 'period', period: 'quarter', anchor: 'end', weeks: -2, businessDays: 0, weekday: 2 },
  { type: 'period', period: 'plan', anchor: 'start', weeks: 0, businessDays: 5, weekday: null },
  { type: 'period', period: 'half', anchor: 'end', weeks: -2, businessDays: 3, weekday: null },
  { type: 'period', period: 'half', anchor: 'end', weeks: 2, businessDays: -3, weekday: null },
  { type: 'dates', dates: ['2026-04-01', '2026-05-02'] },
])('[RT21] a rule survives its form: %o', (rule) => {
  expect(ruleOf(posted(fieldsOfRule(rule)))).toEqual(rule);
});

test('[RT21] a ritual survives its form', () => {
  const terms = {
    ...({
      kind: 'weekly',
      title: 'Weekly',
      teams: ['a', 'b'],
      rota: ['p'],
      rotation: ['09:00', '16:00'],
    } as const),
    ...({ rule: { type: 'weekly', every: 1, weekdays: [1] }, time: '09:00', zone: 'Europe/Berlin' } as const),
    ...({ durationMinutes: 30, adjust: 'following', holidays: 'organisation', board: 'b1' } as const),
    ...{ starts: '2026-04-06', ends: null, quorum: 3 },
  };
  expect(ritualOf(posted(fieldsOfTerms(terms)), 'UTC')).toEqual(terms);
  const alone = { ...terms, board: null };
  expect(ritualOf(posted(fieldsOfTerms(alone)), 'UTC')).toEqual(alone);
});
