import { z } from 'zod';
import { ritualKinds, type RitualTerms } from '#domain/rhythm/ritual.ts';
import { isTimeZone } from '../organisations/time-zone.ts';

const id = z.uuid('This is not known here.');
const day = z.string().max(10);
const time = z.string().max(5);
const weekday = z.number().int();
const monthDay = z.discriminatedUnion('on', [
  z.strictObject({
    on: z.literal('weekday'),
    nth: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(-1)], {
      error: 'Choose the first to fourth, or the last.',
    }),
    weekday,
  }),
  z.strictObject({ on: z.literal('day'), day: z.number().int() }),
  z.strictObject({ on: z.literal('last-day') }),
]);

export const ritualRule = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('weekly'), every: z.number().int(), weekdays: z.array(weekday).max(7) }),
  z.strictObject({ type: z.literal('monthly'), every: z.number().int(), day: monthDay }),
  z.strictObject({ type: z.literal('yearly'), month: z.number().int(), day: monthDay }),
  z.strictObject({
    type: z.literal('period'),
    period: z.enum(['month', 'quarter', 'half', 'year', 'custom', 'plan']),
    anchor: z.enum(['start', 'end']),
    weeks: z.number().int(),
    businessDays: z.number().int(),
    weekday: weekday.nullable(),
  }),
  z.strictObject({ type: z.literal('dates'), dates: z.array(day).max(200) }),
]);

/** The terms of a ritual as they come over the wire; what they mean is checked by the domain. */
export const ritualTerms = z.strictObject({
  kind: z.enum(ritualKinds, { error: 'Choose what kind of meeting it is.' }),
  title: z.string().max(400),
  teams: z.array(id).max(100).default([]),
  board: id.nullable().default(null),
  rule: ritualRule,
  time,
  rotation: z.array(time).max(24).default([]),
  zone: z.string().max(80).refine(isTimeZone, 'Use a time zone such as Europe/Berlin.'),
  durationMinutes: z.number().int(),
  adjust: z.enum(['none', 'following', 'preceding', 'modified-following']).default('none'),
  holidays: z.enum(['organisation', 'teams', 'none']).default('teams'),
  starts: day,
  ends: day.nullable().default(null),
  rota: z.array(id).max(100).default([]),
  quorum: z.number().int().nullable().default(null),
}) satisfies z.ZodType<RitualTerms>;

/** Without defaults: what is not given stays as it is. */
export const ritualPatch = z.strictObject({
  ...{ kind: z.enum(ritualKinds).optional(), title: z.string().max(400).optional() },
  ...{ teams: z.array(id).max(100).optional(), board: id.nullable().optional() },
  ...{ rule: ritualRule.optional(), time: time.optional(), rotation: z.array(time).max(24).optional() },
  zone: z.string().max(80).refine(isTimeZone, 'Use a time zone such as Europe/Berlin.').optional(),
  durationMinutes: z.number().int().optional(),
  adjust: z.enum(['none', 'following', 'preceding', 'modified-following']).optional(),
  holidays: z.enum(['organisation', 'teams', 'none']).optional(),
  ...{ starts: day.optional(), ends: day.nullable().optional() },
  rota: z.array(id).max(100).optional(),
  quorum: z.number().int().nullable().optional(),
});

const reason = z.string().max(2000).default('');

/** What each command asks for. */
export const ritualCommands = {
  change: z.strictObject({ terms: ritualPatch }),
  split: z.strictObject({ from: day, terms: ritualPatch, reason }),
  skip: z.strictObject({ date: day, reason }),
  move: z.strictObject({ date: day, toDate: day, toTime: time, reason }),
  add: z.strictObject({ date: day, time, reason }),
  restore: z.strictObject({ date: day }),
  end: z.strictObject({ reason }),
} as const;
export type RitualCommandName = keyof typeof ritualCommands;
