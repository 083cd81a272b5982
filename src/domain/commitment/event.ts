import type { PersonId, TeamId } from '../access/standing.ts';
import type { DomainEvent } from '../event.ts';
import type { Instant } from '../time.ts';
import type { CheckInKind, CheckInSnapshot, Report } from './check-in.ts';
import type { CauseCode, RescopeReason } from './commitment.ts';
import type { CorrectionMade, Offer } from './command.ts';
import type { Terms, TermsChange } from './terms.ts';

/** On which day of the week, and when, check-ins are due. */
export interface CheckInsDue {
  readonly weekday: number;
  readonly time: string;
}

/** What each event carries: all that `fold` needs, nothing computed later. */
export interface CommitmentEventData {
  offered: Offer;
  accepted: {
    readonly terms: Terms;
    readonly confidence: number | null;
    readonly perSource: boolean;
    /** The plan period it serves, where the offer named none and one was found or chosen. */
    readonly period?: string;
  };
  'change-proposed': { readonly change: TermsChange; readonly text: string };
  'change-agreed': { readonly terms: Terms };
  'change-refused': { readonly reason: string };
  declined: { readonly reason: string; readonly neverAccepted: boolean };
  parked: { readonly reason: string };
  'checked-in': Report & {
    readonly id: string;
    readonly slot: string | null;
    readonly kind: CheckInKind;
    readonly revises: string | null;
    readonly byName: string | null;
    /** How the slot was filled; null for revisions and where there is no slot. */
    readonly filled: 'on-time' | 'late' | 'imported' | null;
    /** What held when it was given; imported history does not know. */
    readonly snapshot?: CheckInSnapshot;
  };
  'check-in-undone': { readonly id: string; readonly slot: string | null };
  'rescope-asked': {
    readonly terms: Terms;
    readonly team: TeamId | null;
    readonly reason: RescopeReason | null;
    readonly text: string;
    readonly decisionId: string | null;
    readonly ownerAgreed: boolean;
    readonly sponsorAgreed: boolean;
    /** What the card said, when a later commit asks; null when the owner does. */
    readonly offered: Terms | null;
  };
  /** A later commit saw the card say something else that leaves the promise as it is. */
  'offer-noted': { readonly offered: Terms };
  'rescope-agreed': {
    readonly by: 'owner' | 'sponsor';
    readonly reason: RescopeReason;
    readonly text: string;
    readonly decisionId: string | null;
  };
  'rescope-refused': { readonly reason: string };
  rescoped: {
    readonly terms: Terms;
    readonly team: TeamId | null;
    readonly reason: RescopeReason;
    readonly text: string;
    readonly decisionId: string | null;
    readonly easedBy: number;
    readonly daysSlipped: number;
  };
  completed: {
    readonly evidence: string;
    readonly link: string | null;
    readonly doneAt: Instant;
    readonly late: boolean;
    readonly values: Readonly<Record<string, number>>;
  };
  acknowledged: Readonly<Record<string, never>>;
  rejected: { readonly reason: string };
  missed: {
    readonly byClock: boolean;
    readonly lastConfidence: number | null;
    readonly firstWarningAt: Instant | null;
  };
  'cause-given': { readonly cause: CauseCode; readonly text: string };
  'delivered-late': { readonly evidence: string };
  dropped: {
    readonly reason: string;
    readonly frees: string;
    readonly decisionId: string | null;
    readonly noticeDays: number | null;
  };
  carried: { readonly to: string; readonly choice: 'split' | 're-own' | null };
  reopened: { readonly reason: string };
  corrected: { readonly correction: CorrectionMade; readonly before: unknown; readonly note: string };
  'handover-asked': { readonly to: PersonId };
  'handed-over': { readonly to: PersonId };
  'basis-broken': { readonly assumption: string; readonly statement: string; readonly answerBy: Instant };
  'basis-answered': { readonly assumptions: readonly string[]; readonly why: string };
  'delegate-named': { readonly person: PersonId | null };
  /** What it contributes to, and who agrees to its changes from then on. */
  'contribution-said': { readonly to: string; readonly sponsor: PersonId | null };
  'contribution-ended': { readonly to: string; readonly sponsor: PersonId | null };
  /** The weekly meeting moved, and what is due a day before it with it; the promise itself stays as it is. */
  'check-ins-moved': { readonly before: CheckInsDue; readonly after: CheckInsDue };
}

export type CommitmentEventType = keyof CommitmentEventData;

/** Something that happened to a commitment (tracking.md I4). */
export type CommitmentEvent = {
  [Type in CommitmentEventType]: DomainEvent<Type, CommitmentEventData[Type]>;
}[CommitmentEventType];
