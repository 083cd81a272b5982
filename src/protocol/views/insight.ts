import type { SignalRule, SignalSubject } from '../../domain/signal/signal.ts';
import type { CapacityVerdict } from '../../domain/commitment/context.ts';
import type { ShareState } from '../../domain/commitment/roll-up.ts';
import type { Instant, LocalDate } from '../../domain/time.ts';
import type { Adherence, CommitmentRow, HistoryLine } from './tracking.ts';

/** An early warning as people read it (tracking.md T11). */
export interface WarningView {
  readonly rule: SignalRule;
  readonly subjectKind: SignalSubject;
  readonly subjectId: string;
  readonly title: string;
  /** Page of what it is about. */
  readonly link: string;
  readonly weight: number;
  readonly evidence: string;
  /** What is asked for. */
  readonly ask: string;
  readonly since: Instant;
  /** For whom, in order. */
  readonly audience: readonly {
    readonly as: string;
    readonly personId: string | null;
    readonly teamId: string | null;
  }[];
  /** True when it is this viewer's to answer, in person or for a team. */
  readonly forMe: boolean;
  /** Not told again before; null = told. */
  readonly mutedUntil: Instant | null;
}

/** A question this person decides. */
export interface DecisionOwed {
  readonly id: string;
  readonly question: string;
  readonly neededBy: LocalDate | null;
  readonly overdue: boolean;
  /** Weight of the running commitments that wait for it. */
  readonly blockedWeight: number;
}

/** What one's own page adds to the inbox. */
export interface MyPage {
  readonly warnings: readonly WarningView[];
  readonly decisions: readonly DecisionOwed[];
}

/** What a team has taken on against what it can do (tracking.md T16). */
export interface LoadView {
  readonly periodId: string;
  readonly period: string;
  readonly verdict: CapacityVerdict;
  readonly load: number;
  readonly unsized: number;
  readonly capacity: number | null;
  readonly from: 'entered' | 'members' | 'nobody';
  /** Load over capacity. */
  readonly share: number | null;
}

/** What became of what was promised for one period. */
export interface KeptView {
  readonly label: string;
  /** Promised at least once, with a due of its own. */
  readonly promised: number;
  /** Every measure at its first target by its first due. */
  readonly kept: number;
  readonly late: number;
  /** Done, but less than was promised first. */
  readonly reduced: number;
  readonly missed: number;
  readonly dropped: number;
  readonly carried: number;
  readonly running: number;
}

export interface InterruptView {
  readonly id: string;
  readonly what: string;
  /** In words; empty when nobody said. */
  readonly requestedBy: string;
  readonly status: string;
  /** Person-weeks. */
  readonly effort: number | null;
  readonly costDays: number | null;
  readonly costWeight: number | null;
  readonly displacedId: string;
  readonly displaced: string;
  readonly at: Instant;
}

export interface TeamPage {
  readonly teamId: string;
  /** Those who lead it first. */
  readonly members: readonly { readonly personId: string; readonly role: 'lead' | 'member' }[];
  readonly promises: readonly CommitmentRow[];
  readonly shares: Readonly<Record<ShareState, number>>;
  /** Id of the promise that needs a look first. */
  readonly worstId: string | null;
  readonly loads: readonly LoadView[];
  readonly kept: readonly KeptView[];
  /** Of the team's check-ins of the last 13 weeks. */
  readonly adherence: Adherence;
  readonly interrupts: readonly InterruptView[];
  readonly warnings: readonly WarningView[];
  /** Whether this viewer may enter what the team can do. */
  readonly mayEnterCapacity: boolean;
}

/** Any object of the event log, as it was at an instant, with who did what when. */
export interface ObjectHistory {
  readonly kind: string;
  readonly id: string;
  readonly title: string;
  readonly at: Instant;
  /** Facts of its state then, by name. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly lines: readonly HistoryLine[];
}

/** One line of the organisation's log, with the object it is about. */
export interface AuditLine extends HistoryLine {
  readonly kind: string;
  readonly objectId: string;
  /** What the object is called now. */
  readonly title: string;
}

export interface AuditPage {
  readonly lines: readonly AuditLine[];
  /** Where to go on; null at the end. */
  readonly next: string | null;
}
