import type { CheckInsDue } from '../commitment/event.ts';
import { weekdayNames } from './ritual-words.ts';

/** "Check-ins are due on Wednesdays at 09:30, not on Fridays at 17:00: the weekly meeting moved." */
export function movedSentence({
  before,
  after,
}: {
  readonly before: CheckInsDue;
  readonly after: CheckInsDue;
}): string {
  return `Check-ins are due ${dueWords(after)}, not ${dueWords(before)}: the weekly meeting moved.`;
}

const dueWords = ({ weekday, time }: CheckInsDue): string =>
  `on ${weekdayNames[weekday - 1] ?? 'day'}s at ${time}`;
