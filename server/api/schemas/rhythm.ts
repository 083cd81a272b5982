import { z } from 'zod';
import type { CalendarSettings } from '#domain/rhythm/planning-calendar.ts';
import { ritualKinds, type RitualAsked, type RitualTerms } from '#domain/rhythm/ritual.ts';
import type * as views from '#protocol/views/rhythm.ts';
import { dateOut, id, instant } from './basic.ts';

/** Schemas of src/protocol/views/rhythm.ts; `satisfies` keeps the two in step. What is asked for and what is answered. */
const span = z
  .object({ label: z.string().max(120), start: z.string().max(10), end: z.string().max(10) })
  .readonly();

export const calendarSettings = z
  .object({
    shape: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('months'), startMonth: z.number().int() }),
      z.object({
        kind: z.literal('weeks'),
        endMonth: z.number().int(),
        endWeekday: z.number().int(),
        endRule: z.enum(['last-in-month', 'nearest-to-month-end']),
        pattern: z.enum(['4-4-5', '4-5-4', '5-4-4']),
      }),
      z.object({ kind: z.literal('custom'), periods: z.array(span).max(400).readonly() }),
    ]),
    weekStart: z.number().int(),
    labelYear: z.enum(['ends', 'starts']),
    planPeriod: z.enum(['quarter', 'half', 'year', 'custom']),
    straddle: z.enum(['majority', 'due-date']),
  })
  .readonly()
  .meta({ id: 'PlanningCalendar' }) satisfies z.ZodType<CalendarSettings>;

export const calendarVersion = z
  .object({
    version: z.number(),
    validFrom: dateOut,
    settings: calendarSettings,
    createdAt: instant,
    createdBy: id.nullable(),
  })
  .readonly()
  .meta({ id: 'PlanningCalendarVersion' }) satisfies z.ZodType<views.CalendarVersionView>;

export const dayOff = z
  .object({
    id,
    kind: z.enum(['holiday', 'freeze']),
    teamId: id.nullable(),
    start: dateOut,
    end: dateOut,
    label: z.string(),
  })
  .readonly()
  .meta({ id: 'DayOff' }) satisfies z.ZodType<views.DayOffView>;

export const leave = z
  .object({
    id,
    personId: id,
    delegateId: id.nullable(),
    start: dateOut,
    end: dateOut,
    mayChange: z.boolean(),
  })
  .readonly()
  .meta({ id: 'Leave' }) satisfies z.ZodType<views.LeaveView>;

const kind = z.enum(ritualKinds);
const periodKind = z.enum(['year', 'half', 'quarter', 'month', 'week', 'custom']);

export const calendarPicture = z
  .object({
    label: z.string(),
    start: dateOut,
    end: dateOut,
    rows: z
      .array(
        z.object({
          kind: periodKind,
          spans: z
            .array(z.object({ kind: periodKind, label: z.string(), start: dateOut, end: dateOut }))
            .readonly(),
        }),
      )
      .readonly(),
    weeks: z
      .array(
        z.object({
          label: z.string(),
          start: dateOut,
          end: dateOut,
          owner: z.string().nullable(),
          straddles: z.boolean(),
          shares: z
            .array(z.object({ owner: z.string().nullable(), start: dateOut, end: dateOut }))
            .readonly(),
        }),
      )
      .readonly(),
    daysOff: z.array(dayOff).readonly(),
    rituals: z.array(z.object({ date: dateOut, kind, title: z.string() })).readonly(),
  })
  .readonly()
  .meta({ id: 'CalendarPicture' }) satisfies z.ZodType<views.CalendarPicture>;

export const calendarPreview = z
  .object({ picture: calendarPicture, validFrom: dateOut, consequences: z.array(z.string()).readonly() })
  .readonly() satisfies z.ZodType<views.CalendarPreview>;

const monthDay = z.discriminatedUnion('on', [
  z.object({
    on: z.literal('weekday'),
    nth: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(-1)]),
    weekday: z.number(),
  }),
  z.object({ on: z.literal('day'), day: z.number() }),
  z.object({ on: z.literal('last-day') }),
]);

const terms = {
  kind,
  title: z.string(),
  teams: z.array(id).readonly(),
  board: id.nullable(),
  rule: z.discriminatedUnion('type', [
    z.object({ type: z.literal('weekly'), every: z.number(), weekdays: z.array(z.number()).readonly() }),
    z.object({ type: z.literal('monthly'), every: z.number(), day: monthDay }),
    z.object({ type: z.literal('yearly'), month: z.number(), day: monthDay }),
    z.object({
      type: z.literal('period'),
      period: z.enum(['month', 'quarter', 'half', 'year', 'custom', 'plan']),
      anchor: z.enum(['start', 'end']),
      weeks: z.number(),
      businessDays: z.number(),
      weekday: z.number().nullable(),
    }),
    z.object({ type: z.literal('dates'), dates: z.array(z.string()).readonly() }),
  ]),
  time: z.string(),
  rotation: z.array(z.string()).readonly(),
  zone: z.string(),
  durationMinutes: z.number(),
  adjust: z.enum(['none', 'following', 'preceding', 'modified-following']),
  holidays: z.enum(['organisation', 'teams', 'none']),
  starts: dateOut,
  ends: dateOut.nullable(),
  rota: z.array(id).readonly(),
  quorum: z.number().nullable(),
};

export const ritualTermsOut = z
  .object(terms)
  .readonly()
  .meta({ id: 'RitualTerms' }) satisfies z.ZodType<RitualTerms>;

/** Terms as somebody asks for them; what they mean is checked by the domain. */
export const ritualAsked = z
  .strictObject(terms)
  .partial({
    ...{ teams: true, board: true, rotation: true, adjust: true, holidays: true, ends: true },
    ...{ rota: true, quorum: true },
  })
  .readonly()
  .meta({ id: 'RitualAsked' }) satisfies z.ZodType<RitualAsked>;

export const occurrenceView = z
  .object({
    id,
    ritualId: id,
    series: id,
    kind,
    title: z.string(),
    teamIds: z.array(id).readonly(),
    boardId: id.nullable(),
    originalDate: dateOut,
    startsAt: instant,
    endsAt: instant,
    zone: z.string(),
    durationMinutes: z.number(),
    status: z.enum(['scheduled', 'skipped', 'held']),
    moved: z.boolean(),
    reason: z.string().nullable(),
    facilitatorId: id.nullable(),
    quorum: z.number().nullable(),
    carriesAgendaOf: z.array(id).readonly(),
    sessionId: id.nullable(),
  })
  .readonly()
  .meta({ id: 'Occurrence' }) satisfies z.ZodType<views.OccurrenceView>;

const ritual = {
  ...terms,
  id,
  series: id,
  version: z.number(),
  words: z.string(),
  endedAt: instant.nullable(),
  mayChange: z.boolean(),
  next: occurrenceView.nullable(),
  skipsInARow: z.number(),
};

export const ritualView = z
  .object(ritual)
  .readonly()
  .meta({ id: 'Ritual' }) satisfies z.ZodType<views.RitualView>;

export const ritualDetail = z
  .object({
    ...ritual,
    occurrences: z.array(occurrenceView).readonly(),
    parts: z.array(z.object({ id, words: z.string(), starts: dateOut, ends: dateOut.nullable() })).readonly(),
    history: z
      .array(z.object({ at: instant, by: id.nullable(), words: z.string(), reason: z.string().nullable() }))
      .readonly(),
  })
  .readonly()
  .meta({ id: 'RitualDetail' }) satisfies z.ZodType<views.RitualDetail>;

export const ritualOffer = z
  .object({
    terms: ritualTermsOut,
    words: z.string(),
    first: z.array(instant).readonly(),
    booked: z.boolean(),
  })
  .readonly() satisfies z.ZodType<views.RitualOffer>;

export const feedView = z
  .object({
    id,
    kind: z.enum(['person', 'team', 'ritual']),
    subjectId: id,
    subject: z.string(),
    createdAt: instant,
    lastUsedAt: instant.nullable(),
  })
  .readonly()
  .meta({ id: 'CalendarFeed' }) satisfies z.ZodType<views.FeedView>;
