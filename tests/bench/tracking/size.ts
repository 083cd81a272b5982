import { addBusinessDaysTo, plainWeek } from '../../../src/domain/rhythm/business-days.ts';
import { addDays, instantAt, localDateOf } from '../../../src/domain/rhythm/local-time.ts';
import type { Instant, LocalDate } from '../../../src/domain/time.ts';

/** How large the generated organisation is. */
export interface Size {
  readonly commitments: number;
  readonly teams: number;
  /** Check-ins of each commitment, one a week. */
  readonly weeks: number;
}

/** Five years of weekly check-ins of 5,000 commitments: 1.3 million. */
export const whole: Size = { commitments: 5_000, teams: 200, weeks: 260 };

/** A part of it: fewer commitments and teams, the same five years. */
export function shareOf(size: Size, share: number): Size {
  const commitments = Math.round(size.commitments * share);
  return { commitments, teams: Math.max(1, Math.round(size.teams * share)), weeks: size.weeks };
}

/** Objectives on one board: ten teams with 25 each. */
export const PER_BOARD = 250;
export const PER_PERSON = 5;
export const ZONE = 'Europe/Berlin';
/** Weeks ahead that are booked already. */
const AHEAD = 8;

export interface Week {
  readonly number: number;
  readonly due: Instant;
  readonly opens: Instant;
  readonly grace: Instant;
}

/** The weeks of everybody's check-ins: the last of `weeks` has passed, the one after it can be answered now. */
export function weeksUntil(now: Instant, weeks: number): readonly Week[] {
  const open = addDays(localDateOf(now, ZONE), 2);
  return Array.from({ length: weeks + AHEAD }, (_, index) => {
    const day = addDays(open, (index - weeks) * 7);
    const due = instantAt(day, '17:00', ZONE);
    return {
      number: index + 1,
      due,
      opens: instantAt(addDays(day, -3), '17:00', ZONE),
      grace: addBusinessDaysTo(due, 2, ZONE, plainWeek),
    };
  });
}

/** The day everything is promised for, and the day on which it was. */
export const promisedFor = (now: Instant): LocalDate => addDays(localDateOf(now, ZONE), AHEAD * 7 + 7);
export const startOf = (weeks: readonly Week[]): Instant => (weeks[0]?.due ?? 0) - 10 * 86_400_000;
