import type { PersonId, TeamId } from '../access/standing.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { Report } from './check-in.ts';
import type { Criteria } from './criteria.ts';
import type { CauseCode, CommitmentSource, RescopeReason } from './commitment.ts';
import type { Measure, Terms, TermsChange } from './terms.ts';

/** What a commit offers for one objective: new, or once more with other terms. */
export interface Offer {
  readonly source: CommitmentSource;
  readonly owner: PersonId | null;
  readonly team: TeamId | null;
  readonly reviewer: PersonId | null;
  readonly sponsor: PersonId | null;
  readonly terms: Terms;
  readonly predecessor?: string | null;
  readonly carryCount?: number;
  readonly closesAt?: Instant | null;
  /** What is asked anew feeds what the one before fed. */
  readonly contributesTo?: readonly string[];
}

/** A decision a change rests on: one in the log, or the thirty-second form from which one is written. */
export interface DecisionGiven {
  readonly decisionId?: string | null;
  /** "What was decided, by whom"; in the light depth the reason stands for it. */
  readonly decision?: string;
}

/** What an owner may fill in while accepting: only what the offer left empty. */
export interface AcceptFill {
  readonly due?: LocalDate;
  /** Id of the plan period it serves. */
  readonly period?: string;
  readonly doneMeans?: string;
  readonly weight?: number;
  readonly criteria?: Criteria;
  /** Measure key -> baseline. */
  readonly baselines?: Readonly<Record<string, number>>;
}

/** Everything that can be asked of a commitment (tracking.md T4). */
export type CommitmentCommand =
  | ({ readonly type: 'offer' } & Offer)
  | {
      readonly type: 'accept';
      readonly confidence: number | null;
      readonly fill?: AcceptFill;
      /** Imported history only: the source says it was promised (tracking.md T19). */
      readonly perSource?: boolean;
      /** With `perSource`: measures the source reports on, in place of the card's. */
      readonly measures?: readonly Measure[];
    }
  | { readonly type: 'propose-change'; readonly change: TermsChange; readonly text: string }
  | { readonly type: 'agree-change' }
  | { readonly type: 'refuse-change'; readonly reason: string }
  | { readonly type: 'decline'; readonly reason: string }
  | { readonly type: 'park'; readonly reason: string }
  | ({
      readonly type: 'check-in';
      readonly id: string;
      readonly revises?: string | null;
      /** Imported history names its slot and author itself. */
      readonly slot?: string | null;
      /** Imported history whose source reports values but says nothing: no answer. */
      readonly reading?: boolean;
      readonly byName?: string | null;
    } & Report)
  | { readonly type: 'undo-check-in'; readonly id: string }
  | ({
      readonly type: 'rescope';
      readonly change: TermsChange;
      readonly reason: RescopeReason;
      readonly text: string;
    } & DecisionGiven)
  | ({
      readonly type: 'agree-rescope';
      readonly reason?: RescopeReason;
      readonly text?: string;
    } & DecisionGiven)
  | { readonly type: 'refuse-rescope'; readonly reason: string }
  | {
      readonly type: 'complete';
      readonly evidence: string;
      readonly link?: string | null;
      readonly doneAt?: Instant;
      readonly values?: Readonly<Record<string, number>>;
    }
  | { readonly type: 'acknowledge' }
  | { readonly type: 'reject'; readonly reason: string }
  | { readonly type: 'miss'; readonly cause: CauseCode | null; readonly text: string }
  | { readonly type: 'give-cause'; readonly cause: CauseCode; readonly text: string }
  | ({
      readonly type: 'drop';
      readonly reason: string;
      readonly frees: string;
      readonly cause?: CauseCode | null;
    } & DecisionGiven)
  | {
      readonly type: 'carry';
      readonly to: string;
      readonly cause: CauseCode | null;
      readonly text: string;
      readonly choice?: 'split' | 're-own';
    }
  | { readonly type: 'reopen'; readonly reason: string }
  | { readonly type: 'correct'; readonly correction: CorrectionAsked; readonly note: string }
  | { readonly type: 'hand-over'; readonly to: PersonId }
  | { readonly type: 'take-over' }
  | { readonly type: 'name-delegate'; readonly person: PersonId | null }
  /** What it contributes to, another promise of the organisation: said, and taken back. */
  | { readonly type: 'contribute'; readonly to: string }
  | { readonly type: 'stop-contributing'; readonly to: string }
  /** An assumption it rests on failed; asked by the register, never by a person's button. */
  | { readonly type: 'break-basis'; readonly assumption: string; readonly statement: string }
  /** The owner goes on although it failed, and says why. */
  | { readonly type: 'continue'; readonly assumption?: string; readonly reason: string }
  /** Imported history whose totals changed: new terms, no easing, no slip (tracking.md T19). */
  | { readonly type: 'rebase'; readonly change: TermsChange }
  /** Let the clock do what is due. */
  | { readonly type: 'tick' };

/** What an administrator may put right. `late` of the outcome follows from `doneAt`. */
export type CorrectionAsked =
  | { readonly field: 'terms'; readonly change: TermsChange }
  | { readonly field: 'done-at'; readonly doneAt: Instant }
  | { readonly field: 'outcome'; readonly outcome: 'missed' }
  | { readonly field: 'outcome'; readonly outcome: 'done'; readonly doneAt: Instant };

/** A correction as it is recorded, with what follows from it. */
export type CorrectionMade =
  | {
      readonly field: 'terms';
      readonly change: TermsChange;
      /** Of what is done: whether it was late, by the due put right. */
      readonly late?: boolean;
    }
  | { readonly field: 'done-at'; readonly doneAt: Instant; readonly late: boolean }
  | { readonly field: 'outcome'; readonly outcome: 'missed' }
  | { readonly field: 'outcome'; readonly outcome: 'done'; readonly doneAt: Instant; readonly late: boolean };

export type CommitmentCommandType = CommitmentCommand['type'];
