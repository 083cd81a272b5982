import type {
  AnchorPeriod,
  MonthDay,
  RitualAsked,
  RitualKind,
  RitualRule,
  RitualTerms,
} from '#domain/rhythm/ritual.ts';

/** What a form posted: one value of a field, or all of them. */
export interface PostedFields {
  one(name: string): string;
  all(name: string): readonly string[];
}

/** A ritual out of a form's fields; what they mean is checked by the rules, which answer beside the fields. */
export function ritualOf(fields: PostedFields, zone: string): RitualAsked {
  const kind = fields.one('kind');
  const kinds: readonly RitualKind[] = [
    'weekly',
    'monthly',
    'quarterly-close',
    'quarterly-plan',
    'annual',
    'custom',
  ];
  return {
    kind: kinds.find((it) => it === kind) ?? 'custom',
    title: fields.one('title'),
    rule: ruleOf(fields),
    time: fields.one('time').slice(0, 5),
    zone: fields.one('zone') || zone,
    durationMinutes: number(fields.one('durationMinutes'), 0),
    starts: fields.one('starts'),
    ends: fields.one('ends') || null,
    teams: fields.all('teams').filter((it) => it !== ''),
    rota: fields.all('rota').filter((it) => it !== ''),
    rotation: fields
      .one('rotation')
      .split(/[\s,;]+/)
      .filter((it) => it !== ''),
    adjust: adjusts.find((it) => it === fields.one('adjust')) ?? 'none',
    quorum: fields.one('quorum') === '' ? null : number(fields.one('quorum'), 0),
    holidays: holidays.find((it) => it === fields.one('holidays')) ?? 'teams',
    board: fields.one('board') || null,
  };
}

/** The rule out of the fields of its kind. */
export function ruleOf(fields: PostedFields): RitualRule {
  switch (fields.one('ruleType')) {
    case 'monthly':
      return { type: 'monthly', every: number(fields.one('everyMonths'), 1), day: dayOf(fields) };
    case 'yearly':
      return { type: 'yearly', month: number(fields.one('month'), 1), day: dayOf(fields) };
    case 'period': {
      const sign = fields.one('side') === 'before' ? -1 : 1;
      const weekday = fields.one('periodWeekday');
      const period = periods.find((it) => it === fields.one('period')) ?? 'plan';
      return {
        type: 'period',
        period,
        anchor: fields.one('anchor') === 'start' ? 'start' : 'end',
        weeks: sign * number(fields.one('weeks'), 0) || 0,
        businessDays: sign * number(fields.one('businessDays'), 0) || 0,
        weekday: weekday === '' ? null : number(weekday, 1),
      };
    }
    case 'dates':
      return {
        type: 'dates',
        dates: fields
          .one('dates')
          .split(/[\s,;]+/)
          .filter((it) => it !== ''),
      };
    default:
      return {
        type: 'weekly',
        every: number(fields.one('everyWeeks'), 1),
        weekdays: fields.all('weekdays').map((it) => number(it, 0)),
      };
  }
}

/** The fields of a rule, as `ruleOf` reads them; several weekdays are joined by commas. */
export function fieldsOfRule(rule: RitualRule): Readonly<Record<string, string>> {
  switch (rule.type) {
    case 'weekly':
      return { ruleType: 'weekly', everyWeeks: String(rule.every), weekdays: rule.weekdays.join(',') };
    case 'monthly':
      return { ruleType: 'monthly', everyMonths: String(rule.every), ...fieldsOfDay(rule.day) };
    case 'yearly':
      return { ruleType: 'yearly', month: String(rule.month), ...fieldsOfDay(rule.day) };
    case 'dates':
      return { ruleType: 'dates', dates: rule.dates.join('\n') };
    case 'period': {
      // The longer way says which side it is; the other may go back from there.
      const sign = (rule.weeks === 0 ? rule.businessDays : rule.weeks) < 0 ? -1 : 1;
      return {
        ruleType: 'period',
        period: rule.period,
        anchor: rule.anchor,
        side: sign < 0 ? 'before' : 'after',
        weeks: String(sign * rule.weeks || 0),
        businessDays: String(sign * rule.businessDays || 0),
        periodWeekday: rule.weekday === null ? '' : String(rule.weekday),
      };
    }
  }
}

/** The terms of a ritual as fields, for a form that changes it. */
export function fieldsOfTerms(terms: RitualTerms): Readonly<Record<string, string>> {
  return {
    ...fieldsOfRule(terms.rule),
    ...{ kind: terms.kind, title: terms.title, time: terms.time, zone: terms.zone, adjust: terms.adjust },
    ...{ durationMinutes: String(terms.durationMinutes), starts: terms.starts, ends: terms.ends ?? '' },
    ...{ teams: terms.teams.join(','), rota: terms.rota.join(','), rotation: terms.rotation.join(', ') },
    ...{ quorum: terms.quorum === null ? '' : String(terms.quorum), holidays: terms.holidays },
    board: terms.board ?? '',
  };
}

const holidays = ['teams', 'organisation', 'none'] as const;
const adjusts = ['none', 'following', 'preceding', 'modified-following'] as const;
const periods: readonly AnchorPeriod[] = ['plan', 'month', 'quarter', 'half', 'year', 'custom'];

function dayOf(fields: PostedFields): MonthDay {
  const on = fields.one('dayOn');
  if (on === 'last-day') return { on: 'last-day' };
  if (on === 'day') return { on: 'day', day: number(fields.one('day'), 0) };
  const nth = ([1, 2, 3, 4, -1] as const).find((it) => String(it) === fields.one('nth')) ?? 1;
  return { on: 'weekday', nth, weekday: number(fields.one('dayWeekday'), 1) };
}

function fieldsOfDay(day: MonthDay): Readonly<Record<string, string>> {
  if (day.on === 'last-day') return { dayOn: 'last-day' };
  if (day.on === 'day') return { dayOn: 'day', day: String(day.day) };
  return { dayOn: 'weekday', nth: String(day.nth), dayWeekday: String(day.weekday) };
}

const number = (text: string, otherwise: number): number =>
  /^-?\d{1,4}$/.test(text.trim()) ? Number(text) : otherwise;
