import type { LocalDate } from '../time.ts';
import type { LocalTime } from './local-time.ts';

export const cadences = ['weekly', 'two-weekly', 'monthly', 'quarterly'] as const;
export type CadenceKind = (typeof cadences)[number];

/** How often and when a commitment is checked; chosen in the commit review (board.md B5.1). */
export interface Cadence {
  readonly kind: CadenceKind;
  /** Weekday of the due of weekly and two-weekly check-ins: 1 = Monday ... 7 = Sunday. */
  readonly weekday: number;
  readonly time: LocalTime;
  /** The day the period is closed on; quarterly check-ins are due before it. */
  readonly closeOn: LocalDate;
}

/** When a slot opens before its due, and how many business days of grace follow (tracking.md T3). */
export interface SlotWindow {
  readonly opensDaysBefore: number;
  readonly graceBusinessDays: number;
}

export const slotWindows: Readonly<Record<CadenceKind, SlotWindow>> = {
  weekly: { opensDaysBefore: 3, graceBusinessDays: 2 },
  'two-weekly': { opensDaysBefore: 5, graceBusinessDays: 2 },
  monthly: { opensDaysBefore: 7, graceBusinessDays: 3 },
  quarterly: { opensDaysBefore: 14, graceBusinessDays: 5 },
};

/** Friday 17:00, unless a session is booked. */
export const defaultDue = { weekday: 5, time: '17:00' } as const;

/** With a weekly session the check-in is due 24 h before it starts: the same time, the day before. */
export function dueBeforeSession(session: { weekday: number; time: LocalTime }): {
  weekday: number;
  time: LocalTime;
} {
  return { weekday: session.weekday === 1 ? 7 : session.weekday - 1, time: session.time };
}
