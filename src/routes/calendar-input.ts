import type { CalendarSettings, PlanPeriodKind } from '#domain/rhythm/planning-calendar.ts';
import type { Span } from '#domain/rhythm/calendar.ts';

/** Fields of a posted form or of an address. */
export type Fields = (name: string) => string | null;

/** A planning calendar out of a form's fields; what is missing is as it is `now`. What it means is checked by the rules. */
export function calendarOf(field: Fields, now: CalendarSettings): CalendarSettings {
  const kind = field('kind') ?? now.shape.kind;
  const common = {
    weekStart: number(field('weekStart'), now.weekStart),
    labelYear: field('labelYear') === 'starts' ? ('starts' as const) : ('ends' as const),
    straddle: field('straddle') === 'due-date' ? ('due-date' as const) : ('majority' as const),
  };
  const planPeriod = oneOf(field('planPeriod'), ['quarter', 'half', 'year'] as const, 'quarter');
  if (kind === 'custom') {
    return { ...common, planPeriod: 'custom', shape: { kind, periods: readPeriods(field('periods') ?? '') } };
  }
  if (kind === 'weeks') {
    return {
      ...common,
      planPeriod,
      shape: {
        kind,
        endMonth: number(field('endMonth'), 12),
        endWeekday: number(field('endWeekday'), 6),
        endRule: oneOf(field('endRule'), ['last-in-month', 'nearest-to-month-end'] as const, 'last-in-month'),
        pattern: oneOf(field('pattern'), ['4-4-5', '4-5-4', '5-4-4'] as const, '4-4-5'),
      },
    };
  }
  return { ...common, planPeriod, shape: { kind: 'months', startMonth: number(field('startMonth'), 1) } };
}

/** The fields of a calendar, as `calendarOf` reads them. */
export function fieldsOf(settings: CalendarSettings): Readonly<Record<string, string>> {
  const { shape, weekStart, labelYear, planPeriod, straddle } = settings;
  const plan: Exclude<PlanPeriodKind, 'custom'> = planPeriod === 'custom' ? 'quarter' : planPeriod;
  const common = { kind: shape.kind, weekStart: String(weekStart), labelYear, planPeriod: plan, straddle };
  if (shape.kind === 'months') return { ...common, startMonth: String(shape.startMonth) };
  if (shape.kind === 'custom') return { ...common, periods: writePeriods(shape.periods) };
  const { endMonth, endWeekday, endRule, pattern } = shape;
  return { ...common, endMonth: String(endMonth), endWeekday: String(endWeekday), endRule, pattern };
}

/** `Spring 2026, 2026-01-01, 2026-04-30`, one a line; a line that is none becomes a period with that text for a day. */
function readPeriods(text: string): readonly Span[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const found =
        /^(.*?)[\s,:;]+(\d{4}-\d{2}-\d{2})\s*(?:to|until|–|-|\.\.|,)?\s*(\d{4}-\d{2}-\d{2})$/.exec(line);
      return found
        ? { label: found[1] ?? '', start: found[2] ?? '', end: found[3] ?? '' }
        : { label: line.slice(0, 60), start: line.slice(0, 10), end: '' };
    });
}

const writePeriods = (periods: readonly Span[]): string =>
  periods.map(({ label, start, end }) => `${label}, ${start}, ${end}`).join('\n');

const number = (text: string | null, otherwise: number): number =>
  text !== null && /^\d{1,2}$/.test(text) ? Number(text) : otherwise;

const oneOf = <T extends string>(text: string | null, values: readonly T[], otherwise: T): T =>
  values.find((it) => it === text) ?? otherwise;
