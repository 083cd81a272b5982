import type { PersonId, TeamId } from '../access/standing.ts';
import type { Instant } from '../time.ts';
import type { CheckIn } from './check-in.ts';
import type { Terms, TermsChange } from './terms.ts';

/** Where a commitment came from: its card and the commit that proposed it. */
export interface CommitmentSource {
  /** null for a weekly promise, which has no card. */
  readonly board: string | null;
  /** Key of the card; identity is (board, key). */
  readonly key: string;
  readonly commit: string | null;
  readonly snapshot: string | null;
  readonly period: string | null;
  /** Board whose readers it is for, though it has no card there: of what follows from a card of it. Absent: its own board's. */
  readonly scope?: string;
}

/** The board that says who may look at it (tracking.md T15); null: everybody of the organisation. */
export const scopeOf = ({ board, scope }: Pick<CommitmentSource, 'board' | 'scope'>): string | null =>
  board ?? scope ?? null;

/** Why terms changed after the promise (tracking.md T4); `import` re-bases measures of imported history (T19). */
export type RescopeReason =
  'external-fact' | 'learning' | 'capacity-decision' | 'error-fix' | 'correction' | 'import';

/** Terms in force from one moment. The first is the baseline and never changes (tracking.md I2). */
export interface Version {
  readonly number: number;
  readonly terms: Terms;
  readonly at: Instant;
  readonly by: PersonId | null;
  readonly reason: RescopeReason | null;
  readonly text: string;
  readonly decisionId: string | null;
  /** 0-1: share of the way that was taken out of the targets; 0 when none was eased. */
  readonly easedBy: number;
  readonly daysSlipped: number;
}

/** A change asked for after the promise, not yet in force. */
export interface PendingRescope {
  readonly terms: Terms;
  readonly team: TeamId | null;
  readonly reason: RescopeReason | null;
  readonly text: string;
  readonly decisionId: string | null;
  readonly askedBy: PersonId | null;
  readonly askedAt: Instant;
  /** Who has agreed so far; both are needed (the sponsor only where there is one). */
  readonly ownerAgreed: boolean;
  readonly sponsorAgreed: boolean;
}

/** An owner's answer to an offer: yes, if this changes. Back to the team's lead. */
export interface CounterProposal {
  readonly change: TermsChange;
  readonly text: string;
  readonly at: Instant;
}

export const causeCodes = [
  'capacity',
  'displaced-by-urgent-work',
  'dependency-late-or-refused',
  'decision-late',
  'estimate-or-scope-wrong',
  'assumption-failed-or-outside-change',
  'unclear-done',
  'ownership-or-cadence-lapsed',
  'deliberately-stopped',
  /** Only for imported history that says nothing (tracking.md T19). */
  'not-in-source',
] as const;
export type CauseCode = (typeof causeCodes)[number];

export interface Cause {
  readonly code: CauseCode;
  readonly text: string;
  readonly by: PersonId | null;
  readonly at: Instant;
}

/** An assumption under the promise that failed, and what its owner said to it (tracking.md T7). */
export interface BrokenBasis {
  readonly assumption: string;
  readonly statement: string;
  readonly at: Instant;
  /** Last moment for an answer. */
  readonly answerBy: Instant;
  readonly answer: {
    readonly choice: 'continue' | 're-scope';
    readonly why: string;
    readonly by: PersonId | null;
    readonly at: Instant;
  } | null;
}

/** A correction by an administrator; both values are kept. */
export interface Correction {
  readonly at: Instant;
  readonly by: PersonId | null;
  readonly note: string;
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface CommitmentCore {
  readonly source: CommitmentSource;
  /** null = nobody was named: it cannot be accepted. */
  readonly owner: PersonId | null;
  readonly team: TeamId | null;
  readonly reviewer: PersonId | null;
  readonly sponsor: PersonId | null;
  /** Whom the owner named to speak for him; shown wherever it was used. */
  readonly delegate: PersonId | null;
  readonly handover: { readonly to: PersonId; readonly by: PersonId | null; readonly at: Instant } | null;
  readonly offered: Terms;
  readonly offeredAt: Instant;
  /** What its card said last, where the offer says something else since: agreed otherwise, or put right. */
  readonly onCard?: Terms;
  /** Oldest first; [0] is the baseline, frozen at accept. Empty before. */
  readonly versions: readonly Version[];
  /** 0-100, given at accept; null in the light depth. */
  readonly confidenceAtAccept: number | null;
  readonly acceptedAt: Instant | null;
  /** True when an imported plan says so and nobody here did (tracking.md T19). */
  readonly acceptedPerSource: boolean;
  readonly pending: PendingRescope | null;
  readonly checkIns: readonly CheckIn[];
  readonly predecessor: string | null;
  readonly carryCount: number;
  /** When the clock closes it instead of due + grace: imported plans with a close date of their own. */
  readonly closesAt: Instant | null;
  readonly corrections: readonly Correction[];
  /** Ids of the promises whose progress this one feeds, oldest first; absent while it was said of none. */
  readonly contributesTo?: readonly string[];
  /** Absent while no assumption under it has failed. */
  readonly bases?: readonly BrokenBasis[];
}

export interface Done {
  readonly at: Instant;
  /** When it was done, as the owner says; never later than `at`. */
  readonly doneAt: Instant;
  readonly evidence: string;
  readonly link: string | null;
  /** After the end of the due day, within grace. */
  readonly late: boolean;
  readonly values: Readonly<Record<string, number>>;
  readonly acknowledgedBy: PersonId | null;
}

export interface Missed {
  readonly at: Instant;
  readonly cause: Cause | null;
  readonly lastConfidence: number | null;
  /** First time its status was not green; null = nobody warned. */
  readonly firstWarningAt: Instant | null;
  /** Work that arrived afterwards; the outcome stays missed. */
  readonly deliveredLate: { readonly at: Instant; readonly evidence: string } | null;
  /** The fresh offer that the close made of it; absent while there is none. The outcome stays missed. */
  readonly carriedTo?: string;
}

export interface Dropped {
  readonly at: Instant;
  readonly reason: string;
  readonly decisionId: string | null;
  readonly frees: string;
  /** Days between dropping and due; negative = after it. */
  readonly noticeDays: number | null;
  readonly cause: Cause | null;
}

export interface Carried {
  readonly at: Instant;
  readonly to: string;
  readonly cause: Cause | null;
}

/** Why an offer did not become a promise. */
export interface Ending {
  readonly at: Instant;
  readonly by: PersonId | null;
  readonly reason: string;
}

/** One objective that somebody promises (tracking.md T4). Health is never a state: see display.ts. */
export type Commitment = CommitmentCore &
  (
    | { readonly status: 'proposed'; readonly counter: CounterProposal | null }
    | { readonly status: 'committed'; readonly reopenedAt: Instant | null }
    | { readonly status: 'parked'; readonly ended: Ending }
    | { readonly status: 'declined'; readonly ended: Ending }
    | { readonly status: 'done'; readonly done: Done }
    | { readonly status: 'missed'; readonly missed: Missed }
    | { readonly status: 'dropped'; readonly dropped: Dropped }
    | { readonly status: 'carried'; readonly carried: Carried }
  );

export type CommitmentStatus = Commitment['status'];
export type CommitmentIn<S extends CommitmentStatus> = Extract<Commitment, { status: S }>;

/** The terms in force: the last version, or what is offered while nothing is promised. */
export function termsNow(it: Commitment): Terms {
  return it.versions.at(-1)?.terms ?? it.offered;
}

/** What the card said when it was looked at last: a card nobody touched since asks for nothing. */
export function saidByCard(it: Pick<CommitmentCore, 'offered' | 'onCard'>): Terms {
  return it.onCard ?? it.offered;
}

/** Failed assumptions that the owner has not answered: while there is one it cannot be green. */
export function openBases(it: Pick<CommitmentCore, 'bases'>): readonly BrokenBasis[] {
  return (it.bases ?? []).filter(({ answer }) => answer === null);
}

/** Version 1, frozen at accept; null before. */
export function baselineOf(it: Commitment): Version | null {
  return it.versions[0] ?? null;
}
