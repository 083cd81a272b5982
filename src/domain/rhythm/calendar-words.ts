import type { CalendarSettings } from './planning-calendar.ts';
import { monthNames, weekdayNames } from './ritual-words.ts';

/** A calendar in a sentence: what versions are told apart by. */
export function calendarWords({ shape, planPeriod }: CalendarSettings): string {
  const plan = { quarter: 'quarters', half: 'half-years', year: 'years', custom: 'custom periods' }[
    planPeriod
  ];
  if (shape.kind === 'custom') {
    return shape.periods.length === 1 ? 'One custom period' : `${shape.periods.length} custom periods`;
  }
  if (shape.kind === 'months') return `Years from ${monthNames[shape.startMonth - 1]}, planned in ${plan}`;
  const day = weekdayNames[shape.endWeekday - 1];
  const month = monthNames[shape.endMonth - 1];
  const end =
    shape.endRule === 'last-in-month'
      ? `the last ${day} of ${month}`
      : `the ${day} nearest the end of ${month}`;
  return `52/53-week years to ${end}, months ${shape.pattern}, planned in ${plan}`;
}
