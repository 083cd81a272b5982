import type { PeriodFacts } from './period-choices.ts';
import type { Criteria } from '../../domain/commitment/criteria.ts';
import type { DisplayState } from '../../domain/commitment/display.ts';
import type { PlanMeasure } from '../../domain/plan/plan.ts';
import type { Instant, LocalDate } from '../../domain/time.ts';

/** Shape, word and colour of a row follow from it. */
export type { DisplayState };

/** A commitment in a list. */
export interface CommitmentRow {
  readonly id: string;
  /** null for a weekly promise, which has no card. */
  readonly boardId: string | null;
  readonly boardTitle: string | null;
  readonly objectKey: string;
  readonly statement: string;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly status: string;
  readonly display: DisplayState;
  readonly due: LocalDate | null;
  readonly weight: number;
  readonly promise: 'firm' | 'stretch';
  /** 0-1; null = nothing to measure. */
  readonly progress: number | null;
  readonly reportedStatus: 'on' | 'risk' | 'off' | null;
  readonly confidence: number | null;
  readonly lastCheckInAt: Instant | null;
  /** The slot that waits for an answer now, if any. */
  readonly slot: PlannedSlotView | null;
  readonly version: number;
  /** Open decisions it waits for, the most pressing first. */
  readonly waitingOn: readonly WaitingDecision[];
  /** An assumption under it failed and waits for the owner's answer, is doubtful, or nobody knows (tracking.md T7). */
  readonly basis: 'broken' | 'doubtful' | 'unknown' | null;
}

/** A decision that is not taken yet; without an id where it is hidden from who looks. */
export interface WaitingDecision {
  readonly id: string | null;
  readonly question: string;
  readonly deciderId: string | null;
  readonly neededBy: LocalDate | null;
  /** Needed before today. */
  readonly overdue: boolean;
}

/** A failed assumption under a promise, and what its owner said to it. */
export interface BrokenBasisView {
  /** null: hidden from who looks. */
  readonly assumptionId: string | null;
  readonly statement: string;
  readonly at: Instant;
  readonly answerBy: Instant;
  readonly answer: {
    readonly choice: 'continue' | 're-scope';
    readonly why: string;
    readonly byId: string | null;
    readonly at: Instant;
  } | null;
}

export interface SlotView {
  readonly id: string;
  readonly number: number;
  readonly label: string;
  readonly state: 'upcoming' | 'open' | 'due' | 'late' | 'missed' | 'filled' | 'excused';
  readonly opensAt: Instant;
  readonly dueAt: Instant;
  readonly graceEndsAt: Instant;
  readonly filled: 'on-time' | 'late' | 'imported' | null;
}

/** Check-ins that were expected so far, and how many of them came on time; late ones are counted apart. */
export interface Adherence {
  readonly onTime: number;
  readonly late: number;
  /** Excused and imported ones are not among them. */
  readonly expected: number;
  /** On time of expected; null when none was expected. */
  readonly rate: number | null;
}

/** A check-in with the plan period it counts for, by its due day; null in a calendar's gap. */
export interface PlannedSlotView extends SlotView {
  readonly countsFor: string | null;
}

export interface CheckInView {
  readonly id: string;
  readonly slotNumber: number | null;
  readonly byId: string | null;
  readonly byName: string;
  readonly at: Instant;
  readonly via: string;
  readonly status: 'on' | 'risk' | 'off' | null;
  readonly confidence: number | null;
  readonly values: Readonly<Record<string, number>>;
  readonly progress: number | null;
  readonly whatChanged: string;
  readonly nextStep: string;
  readonly blocker: {
    readonly kind: string;
    readonly text: string;
    readonly owner: string | null;
    readonly by: string | null;
  } | null;
  readonly helpWanted: string;
  readonly link: string | null;
  readonly revises: string | null;
}

/** What was promised at one moment: offered, baseline (v1), or a later version. */
export interface PromiseView {
  readonly version: number;
  readonly at: Instant;
  readonly statement: string;
  readonly due: LocalDate | null;
  readonly doneMeans: string;
  readonly weight: number;
  readonly confidence: number | null;
  readonly measures: readonly PlanMeasure[];
  /** What each status means for it, in its owner's words; null where nobody said it. */
  readonly criteria: Criteria | null;
  readonly reason: string | null;
}

export interface HistoryLine {
  readonly id: string;
  readonly type: string;
  /** One sentence for people. */
  readonly sentence: string;
  readonly byId: string | null;
  readonly byName: string;
  /** Who is spoken for, when a delegate acted. */
  readonly onBehalfOf: string | null;
  readonly via: string;
  /** When it happened. */
  readonly at: Instant;
  /** When it was written down: later for imports, and for what the clock found later. */
  readonly recordedAt: Instant;
  readonly reason: string | null;
  readonly decisionId: string | null;
}

/** A cause, a question that is still open, or that nobody said. */
export interface ExplanationView {
  readonly state: 'explained' | 'awaited' | 'unexplained';
  /** Code of the cause. */
  readonly cause: string | null;
  readonly text: string;
}

export interface CommitmentDetail extends CommitmentRow, PeriodFacts {
  readonly offered: PromiseView | null;
  readonly baseline: PromiseView | null;
  readonly versions: readonly PromiseView[];
  readonly now: PromiseView;
  /** Measure key -> last value. */
  readonly values: Readonly<Record<string, number>>;
  readonly slots: readonly PlannedSlotView[];
  readonly adherence: Adherence;
  readonly checkIns: readonly CheckInView[];
  readonly history: readonly HistoryLine[];
  /** Lines and check-ins that are older than those given here; 0 when all are. */
  readonly earlier: number;
  /** Names of the commands this viewer may give now. */
  readonly moves: readonly string[];
  readonly needs: readonly DependencyRow[];
  readonly serves: readonly DependencyRow[];
  readonly snapshotId: string | null;
  readonly reviewerId: string | null;
  /** Who agrees to a change beside the owner; null where there is none. */
  readonly sponsorId: string | null;
  /** Whom the owner named to speak for him. */
  readonly delegateId: string | null;
  /** Who acknowledged that it is done; null while nobody has. */
  readonly acknowledgedById: string | null;
  /** What it carries on, how often that happened by then, and what carries it on. */
  readonly chain: {
    readonly predecessorId: string | null;
    readonly carryCount: number;
    readonly successorId: string | null;
  };
  /** Why it was not kept; null for what was kept or runs. */
  readonly explanation: ExplanationView | null;
  readonly bases: readonly BrokenBasisView[];
}

export interface DependencyRow {
  readonly id: string;
  readonly boardId: string;
  readonly boardTitle: string | null;
  readonly objectKey: string;
  readonly what: string;
  readonly status: string;
  /** Word on the screen (tracking.md T5): asked, agreed, counter-offer ... */
  readonly word: string;
  readonly flags: readonly (
    | 'unanswered'
    | 'at-risk'
    | 'late'
    | 'reopened'
    | 'escalated'
    | 'said-yes-aloud'
    | 'needs-choice'
    | 'confirm-overdue'
  )[];
  readonly timing: 'none' | 'early' | 'tight' | 'late';
  readonly hard: boolean;
  readonly size: 'small' | 'medium' | 'large' | null;
  readonly requesterKey: string | null;
  readonly requesterTitle: string;
  readonly requesterTeamId: string | null;
  readonly requesterOwnerId: string | null;
  readonly providerTeamId: string | null;
  readonly providerPersonId: string | null;
  readonly servedBy: string | null;
  readonly neededBy: LocalDate | null;
  readonly promisedFor: LocalDate | null;
  readonly respondBy: Instant | null;
  readonly slipDays: number;
  readonly rounds: number;
  readonly version: number;
  /** Commands this viewer may give now, e.g. `accept`, `counter`. */
  readonly moves: readonly string[];
}

export interface DependencyDetail extends DependencyRow {
  readonly detail: string;
  /** How the asking side will know that it has it. */
  readonly acceptanceTest: string;
  /** 0-100, how sure the provider was when it agreed. */
  readonly confidence: number | null;
  /** What the objective that delivers it is called; null for none yet. */
  readonly servedByTitle: string | null;
  /** Who took it knowingly as a risk. */
  readonly riskOwnerId: string | null;
  /** Days between the first warning and the promised day; null without warning. */
  readonly noticeDays: number | null;
  readonly history: readonly HistoryLine[];
}

/** What the server paints on a board, keyed by the objects' plan keys; pushed over the board's socket. */
export interface BoardTruth {
  readonly commitments: Readonly<Record<string, CommitmentTruth>>;
  readonly dependencies: Readonly<Record<string, DependencyTruth>>;
  /** Accepted of asked, for the strip after commit. */
  readonly accepted: { readonly yes: number; readonly of: number; readonly waitingFor: readonly string[] };
  readonly at: Instant;
}

export interface CommitmentTruth {
  readonly id: string;
  readonly status: string;
  readonly display: DisplayState;
  readonly ownerId: string | null;
  readonly statement: string;
  readonly due: LocalDate | null;
  readonly progress: number | null;
  readonly confidence: number | null;
  readonly lastCheckInAt: Instant | null;
  /** True when the slot of the moment waits for an answer. */
  readonly checkInOpen: boolean;
  readonly version: number;
  /** Questions of overdue decisions it waits for. */
  readonly waitingOn: readonly string[];
  readonly basis: CommitmentRow['basis'];
}

export interface DependencyTruth {
  readonly id: string;
  readonly status: string;
  readonly word: string;
  readonly flags: readonly string[];
  readonly timing: 'none' | 'early' | 'tight' | 'late';
  readonly promisedFor: LocalDate | null;
  readonly neededBy: LocalDate | null;
  readonly requesterTeamId: string | null;
  readonly providerTeamId: string | null;
  readonly providerPersonId: string | null;
  readonly respondBy: Instant | null;
  readonly version: number;
}
