import type { MonthDay, RitualTerms } from './ritual.ts';

export const weekdayNames = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;
export const monthNames = [
  ...(['January', 'February', 'March', 'April', 'May', 'June'] as const),
  ...(['July', 'August', 'September', 'October', 'November', 'December'] as const),
] as const;

/** When a ritual is held, in a sentence: "Every Monday at 10:00". */
export function ritualWords(terms: Pick<RitualTerms, 'rule' | 'time' | 'rotation'>): string {
  const times =
    terms.rotation.length > 1 ? terms.rotation.join(', ') + ' in turn' : (terms.rotation[0] ?? terms.time);
  return `${ruleWords(terms.rule)} at ${times}`;
}

function ruleWords(rule: RitualTerms['rule']): string {
  switch (rule.type) {
    case 'weekly': {
      const days = list([...rule.weekdays].sort().map((day) => weekdayNames[day - 1] ?? ''));
      return rule.every === 1 ? `Every ${days}` : `Every ${nth(rule.every)} ${days}`;
    }
    case 'monthly':
      return rule.every === 1
        ? `Every month on ${monthDayWords(rule.day)}`
        : `Every ${nth(rule.every)} month on ${monthDayWords(rule.day)}`;
    case 'yearly':
      return `Every year on ${monthDayWords(rule.day)} of ${monthNames[rule.month - 1] ?? ''}`;
    case 'dates':
      return rule.dates.length === 1 ? 'On one chosen day' : `On ${rule.dates.length} chosen days`;
    case 'period': {
      const weeks = distance(rule.weeks, 'week');
      const days = distance(rule.businessDays, 'business day');
      const period =
        rule.period === 'plan' ? 'plan period' : rule.period === 'custom' ? 'custom period' : rule.period;
      const anchor = `the ${rule.anchor} of each ${period}`;
      const away = list([weeks, days].filter((it) => it !== ''));
      const weekday =
        rule.weekday === null ? '' : `, on the ${weekdayNames[rule.weekday - 1] ?? ''} of that week`;
      const from = away === '' ? `On ${anchor}` : `${capital(away)} ${anchor}`;
      return `${from}${weekday}`;
    }
  }
}

function monthDayWords(day: MonthDay): string {
  if (day.on === 'last-day') return 'the last day';
  if (day.on === 'day') return `day ${day.day}`;
  return `the ${day.nth === -1 ? 'last' : nth(day.nth)} ${weekdayNames[day.weekday - 1] ?? ''}`;
}

function distance(count: number, unit: string): string {
  if (count === 0) return '';
  const size = Math.abs(count);
  return `${size} ${unit}${size === 1 ? '' : 's'} ${count < 0 ? 'before' : 'after'}`;
}

const nth = (n: number): string => ['', 'first', 'second', 'third', 'fourth'][n] ?? ordinal(n);
const ordinal = (n: number): string => {
  const ending = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
};
const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
