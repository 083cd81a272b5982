import type { Standing } from '../access/standing.ts';
import type { Depth } from '../depth/depth.ts';
import type { BusinessCalendar } from '../rhythm/business-days.ts';
import type { Slot } from '../rhythm/slot.ts';
import type { Instant, LocalDate, TimeZone } from '../time.ts';
import type { ContributionFacts } from './contribution.ts';
import type { TrackingSettings } from './settings.ts';

/** How an ask of this commitment stands, for the guards of accept and of status *on*. */
export interface NeedState {
  readonly key: string;
  readonly what: string;
  readonly status: string;
  readonly hard: boolean;
  /** Declined or taken back, and the requester has not chosen what to do. */
  readonly needsChoice: boolean;
}

export type CapacityVerdict = 'unknown' | 'fits' | 'tight' | 'exceeds';

/** The plan period a promise serves: its own, else the one its board is for by now. */
export interface PeriodServed {
  readonly id: string;
  readonly label: string;
  readonly start: LocalDate;
  readonly end: LocalDate;
}

/** All that a decision about a commitment may know beside its own state. The server and the browser fill it alike. */
export interface CommitmentContext {
  /** The actor's. */
  readonly standing: Standing;
  readonly depth: Depth;
  readonly settings: TrackingSettings;
  readonly zone: TimeZone;
  readonly calendar: BusinessCalendar;
  readonly slots: readonly Slot[];
  readonly needs: readonly NeedState[];
  readonly capacity: CapacityVerdict;
  /** Of the promises it contributes to, where that is what is asked. */
  readonly contribution?: ContributionFacts;
  /** Its sponsor can answer nothing here any more: the owner changes the promise alone (tracking.md T18). */
  readonly sponsorGone?: boolean;
  /** null where neither the offer nor its board names one. */
  readonly period: PeriodServed | null;
  /** When offers nobody answered are closed; null = no close is booked. */
  readonly periodClosesAt: Instant | null;
  /** True inside a period-close session: the only place to carry. */
  readonly inCloseSession: boolean;
  /** True while the example's history is imported: sources may speak for people, with `via: import`. */
  readonly importing: boolean;
}
