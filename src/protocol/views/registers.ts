import type { Instant, LocalDate } from '../../domain/time.ts';
import type { HistoryLine } from './tracking.ts';

/** What is kept beside promises (tracking.md T6-T8, T17). The words are also the log's object kinds. */
export type RegisterKind =
  | 'decision'
  | 'assumption'
  | 'risk'
  | 'triage-item'
  | 'interrupt'
  | 'learning'
  | 'outside-signal'
  | 'strategy-frame';

/** Something else that an entry hangs together with. */
export interface RegisterLink {
  /** `affects`, `carries`, `threatens`, `displaces`, `led-to`, `raised-from`, `raised-in`, `supersedes`, `changes`, `revisits`. */
  readonly relation: string;
  /** True when the other thing points here. */
  readonly incoming: boolean;
  readonly kind: RegisterKind | 'commitment' | 'session' | 'check-in';
  readonly id: string;
  readonly title: string;
  /** What the other thing shows now. */
  readonly status: string;
}

/** What every entry of a register has in a list. */
export interface RegisterRow {
  readonly id: string;
  readonly kind: RegisterKind;
  readonly boardId: string | null;
  readonly objectKey: string | null;
  readonly title: string;
  /** Life-cycle word, with what the clock has done by now. */
  readonly status: string;
  /** Facts beside the state: `overdue`, `revisit-due`, `conflict`, `thrash`, `unknown`, `check-due`, `no-follow-up`, `review-due`, `act-overdue`. */
  readonly flags: readonly string[];
  /** Decider of a decision, owner of an assumption or risk, who acts on a triage item. */
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly raisedById: string | null;
  readonly createdAt: Instant;
  readonly closedAt: Instant | null;
  readonly version: number;
  /** Commitments it is linked to, by id. */
  readonly commitments: readonly string[];
  /** Largest weight among those still open; 0 for none. */
  readonly weight: number;
}

export interface DecisionOption {
  readonly text: string;
  readonly for: string;
  readonly against: string;
  readonly cost: string;
}

/** What a decision says about one field of one object; two decisions in force that differ are in conflict (W13). */
export interface DecisionSets {
  readonly objectId: string;
  readonly field: string;
  readonly value: string;
}

export interface DecisionRow extends RegisterRow {
  readonly kind: 'decision';
  readonly decisionKind: 'strategic' | 'trade-off' | 'resource' | 'scope' | 'policy';
  readonly neededBy: LocalDate | null;
  readonly decidedAt: Instant | null;
  readonly chosen: string;
  readonly revisitOn: LocalDate | null;
  /** Since when it is up for another look; null when it is not. */
  readonly revisitSince: Instant | null;
  /** Other decisions in force that say otherwise, by id. */
  readonly conflictsWith: readonly string[];
}

export interface AssumptionRow extends RegisterRow {
  readonly kind: 'assumption';
  readonly area: 'market' | 'customer' | 'technology' | 'competitor' | 'internal';
  readonly loadBearing: number;
  readonly vulnerability: number;
  /** Load-bearing times vulnerability. */
  readonly priority: number;
  readonly nextCheck: LocalDate | null;
  readonly confidence: number | null;
  /** Whom its question is put to, when one is. */
  readonly askedId: string | null;
}

export interface RiskRow extends RegisterRow {
  readonly kind: 'risk';
  readonly sign: 'risk' | 'opportunity';
  /** 1-5; null = not judged yet. */
  readonly probability: number | null;
  /** Probability times the weight of what it touches; null while not judged. */
  readonly exposure: number | null;
  readonly followUp: LocalDate | null;
  readonly reviewOn: LocalDate | null;
}

export interface TriageRow extends RegisterRow {
  readonly kind: 'triage-item';
  readonly itemKind: 'issue' | 'opportunity';
  readonly ownWeight: number;
  /** Smaller is sooner, within its team's list. */
  readonly rank: number;
  readonly actBy: LocalDate | null;
  readonly origin: string;
}

export interface InterruptRow extends RegisterRow {
  readonly kind: 'interrupt';
  readonly requestedBy: string;
  /** Person-weeks. */
  readonly effort: number | null;
  readonly displacedId: string;
  readonly displacedTitle: string;
  readonly costDays: number | null;
  readonly costWeight: number | null;
}

export interface LearningRow extends RegisterRow {
  readonly kind: 'learning';
  readonly cause: string | null;
  /** What changed because of it; empty = none yet. */
  readonly change: string;
}

export interface OutsideSignalRow extends RegisterRow {
  readonly kind: 'outside-signal';
  readonly area: 'market' | 'customers' | 'technology' | 'competitors';
  /** The assumption it speaks for or against. */
  readonly assumptionId: string | null;
}

export interface StrategyFrameRow extends RegisterRow {
  readonly kind: 'strategy-frame';
  /** How many of the five questions it answers. */
  readonly answered: number;
}

/** Rows by kind. */
export interface RegisterRows {
  readonly decision: DecisionRow;
  readonly assumption: AssumptionRow;
  readonly risk: RiskRow;
  readonly 'triage-item': TriageRow;
  readonly interrupt: InterruptRow;
  readonly learning: LearningRow;
  readonly 'outside-signal': OutsideSignalRow;
  readonly 'strategy-frame': StrategyFrameRow;
}

/** One named fact of an entry, in the order to be read. */
export interface RegisterFact {
  readonly name: string;
  readonly label: string;
  readonly text: string;
}

/** The board an entry is about, and the card it came from or has there. */
export interface EntryPlace {
  readonly boardId: string;
  readonly boardTitle: string;
  /** Key of the card; null for the board as a whole. */
  readonly key: string | null;
}

/** What the page of an entry shows beside its row. */
export interface RegisterMore {
  /** All that was written down, empty fields left out. */
  readonly facts: readonly RegisterFact[];
  /** The fields as they can be typed again, by the names of the commands' inputs. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly links: readonly RegisterLink[];
  /** Null for what is about no board, or one that this viewer may not see. */
  readonly place: EntryPlace | null;
  readonly history: readonly HistoryLine[];
  /** Names of the commands this viewer may give now. */
  readonly moves: readonly string[];
}

/** One entry with everything its page shows. */
export type RegisterDetail<K extends RegisterKind = RegisterKind> = RegisterRows[K] & RegisterMore;

/** Something that needs somebody: what reminders, lists of what is due and warnings are made from. */
export interface RegisterDue {
  /** `decision-overdue` (W7 when `weight` >= 5), `decision-revisit`, `decision-conflict` (W13), `assumption-check`, `risk-no-follow-up`, `risk-review`, `triage-act`, `basis-broken`. */
  readonly rule: string;
  readonly kind: RegisterKind | 'commitment';
  readonly id: string;
  readonly title: string;
  readonly personId: string | null;
  readonly teamId: string | null;
  /** The first day, or since when. */
  readonly since: LocalDate;
  /** The last day to answer, where there is one. */
  readonly answerBy: LocalDate | null;
  /** Largest weight of an open commitment it holds up. */
  readonly weight: number;
  readonly commitments: readonly string[];
}

/** What was decided not to be done. */
export interface NotDoingRow {
  readonly id: string;
  readonly boardId: string;
  readonly boardTitle: string;
  readonly objectKey: string;
  readonly title: string;
  readonly reason: string;
  readonly byId: string | null;
  readonly at: Instant;
}
