import { readFile } from 'node:fs/promises';
import { parsePlanFile } from '#domain/plan/format/parse-plan-file.ts';
import type { PlanFile } from '#domain/plan/format/plan-file.ts';
import type { CalendarSettings } from '#domain/rhythm/planning-calendar.ts';
import type { RitualAsked } from '#domain/rhythm/ritual.ts';
import type { Instant } from '#domain/time.ts';
import type { RhythmView } from '#protocol/views/board.ts';

/** The shipped plan, with origin and licence inside. */
const planUrl = new URL('../../static/example/rust-project-goals-2025h1.plan.json', import.meta.url);

/** Where the example's clock can stand (tracking.md T19). */
export const moments = {
  /** The plan's first day. */
  'planning-day': Date.parse('2025-01-01T09:00Z'),
  /** 27 of 40 objectives have their April report, May's are open. */
  now: Date.parse('2025-05-27T15:00Z'),
  /** The day of the last report. */
  close: Date.parse('2025-08-05T15:00Z'),
} as const satisfies Readonly<Record<string, Instant>>;
export type Moment = keyof typeof moments;

/** What has no outcome by the end of that day is missed. */
export const closesAt: Instant = Date.parse('2025-08-05T12:00Z');

/** The source reports by the month. */
export const exampleRhythm: RhythmView = {
  cadence: 'monthly',
  weekday: 5,
  time: '17:00',
  closeOn: '2025-08-05',
};

/** The source plans half-years of the calendar year: 2025H1 is January to June. */
export const exampleCalendar: CalendarSettings = {
  shape: { kind: 'months', startMonth: 1 },
  ...({ weekStart: 1, labelYear: 'ends', planPeriod: 'half', straddle: 'majority' } as const),
};

const common = { teams: [], zone: 'UTC', starts: '2025-01-02', adjust: 'following' } as const;
const fromPeriod = { type: 'period', period: 'plan', businessDays: 0, weekday: null } as const;

/** Its rhythm: a report each month on the day check-ins are due, a close and a plan of each half-year. */
export const exampleRituals: readonly RitualAsked[] = [
  {
    ...{ ...common, kind: 'monthly', title: 'Monthly report', time: '17:00', durationMinutes: 60 },
    rule: { type: 'monthly', every: 1, day: { on: 'day', day: 1 } },
  },
  {
    ...{ ...common, kind: 'quarterly-close', title: 'Half-year close', time: '15:00', durationMinutes: 90 },
    // The half-year before is not in the source, nor is its close.
    starts: '2025-06-01',
    rule: { ...fromPeriod, anchor: 'end', weeks: 0, businessDays: 5 },
  },
  {
    ...{
      ...common,
      kind: 'quarterly-plan',
      title: 'Half-year planning',
      time: '15:00',
      durationMinutes: 240,
    },
    rule: { ...fromPeriod, anchor: 'start', weeks: 2, weekday: 2 },
  },
];

/** The first half-year was closed on the day of its last report, weeks after its end. */
export const exampleClose = {
  date: '2025-07-07',
  to: { toDate: '2025-08-05', toTime: '15:00' },
  reason: 'The last report of the first half-year came on 5 August.',
} as const;

/** Why the open asks of the source do not stop its commit. */
export const overrideReason =
  'The source published this plan as it stands; most of its asks were never answered in writing.';

/** The shipped plan as text and as read. Throws when the installation is broken. */
export async function readExamplePlan(): Promise<{ text: string; file: PlanFile }> {
  const text = await readFile(planUrl, 'utf8');
  const parsed = parsePlanFile(text);
  if (!parsed.ok) throw new Error(`The shipped example is broken: ${parsed.refusal.message}`);
  return { text, file: parsed.value };
}
