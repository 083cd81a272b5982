import type { ContributionsView, ParentChoice } from '../src/protocol/views/contributions.ts';
import type {
  DependencyDetail,
  DependencyRow,
  CommitmentDetail,
  CommitmentRow,
  BoardTruth,
} from '../src/protocol/views/tracking.ts';
import type { Instant, LocalDate } from '../src/domain/time.ts';
import type { Result, Viewer } from './app-viewer.ts';

/** Commitments, check-ins, dependencies. Commands carry the version they were decided on. */
export interface Tracking {
  commitments(
    viewer: Viewer,
    filter: {
      boardId?: string;
      periodId?: string;
      teamId?: string;
      ownerId?: string;
      state?: string;
      /** As everything stood then; by default as it stands now. */
      at?: Instant;
    },
  ): Promise<readonly CommitmentRow[]>;
  /** `at`: as it was then, without moves. `whole`: all of a long history, not only its end. */
  commitment(
    viewer: Viewer,
    id: string,
    look?: { at?: Instant | undefined; whole?: boolean | undefined },
  ): Result<CommitmentDetail>;
  /** What it contributes to and what contributes to it; `at` as it was then. */
  contributions(viewer: Viewer, id: string, look?: { at?: Instant | undefined }): Result<ContributionsView>;
  /** What it may be said to contribute to, what reaches further first. */
  parentChoices(viewer: Viewer, id: string): Promise<readonly ParentChoice[]>;
  /** `accept`, `decline`, `park`, `rescope`, `complete`, `miss`, `reject`, `reopen`, `correct`, `drop`, `carry`. */
  act(
    viewer: Viewer,
    commitmentId: string,
    command: string,
    input: Readonly<Record<string, unknown>>,
  ): Result<CommitmentDetail>;
  checkIn(viewer: Viewer, commitmentId: string, input: CheckInInput): Result<CommitmentDetail>;
  /** A promise for a week, on no board; accepted at once when it is one's own. */
  promiseForWeek(
    viewer: Viewer,
    input: WeeklyPromiseInput,
    within?: { readonly board: string | null },
  ): Result<CommitmentDetail>;
  dependencies(
    viewer: Viewer,
    filter: { boardId?: string; teamId?: string; state?: string; at?: Instant },
  ): Promise<readonly DependencyRow[]>;
  dependency(viewer: Viewer, id: string, look?: { at?: Instant | undefined }): Result<DependencyDetail>;
  /** Saves a drawn arrow's facts as a draft record, or finds it; the arrow's form calls this, then `send`. */
  saveDependency(viewer: Viewer, boardId: string, input: SaveDependencyInput): Result<DependencyDetail>;
  /** `send`, `accept`, `counter`, `accept-counter`, `decline`, `withdraw`, `flag`, `deliver`, `confirm`, `reject`, `renege`, `release`, `renegotiate`, `own-as-risk`. */
  actOnDependency(
    viewer: Viewer,
    id: string,
    command: string,
    input: Readonly<Record<string, unknown>>,
  ): Result<DependencyDetail>;
  truth(organisationId: string, boardId: string): Promise<BoardTruth>;
  /** What waits for this person: slots, promises to accept, asks to answer. */
  inbox(viewer: Viewer): Promise<{
    readonly toAccept: readonly CommitmentRow[];
    /** Promises whose owner asked for something else: the lead of their team agrees or not. */
    readonly toAgree: readonly CommitmentRow[];
    readonly toCheckIn: readonly CommitmentRow[];
    /** Of what is to be checked in on, for oneself or for who is away: where *No movement* is one tap. */
    readonly oneTap: readonly string[];
    readonly mine: readonly CommitmentRow[];
    readonly toAnswer: readonly DependencyRow[];
    readonly waitingOnMe: readonly DependencyRow[];
    readonly iWaitOn: readonly DependencyRow[];
    /** A yes or check-in that its owner would give, who named this person for the promise or to answer during a leave. */
    readonly standingIn: readonly CommitmentRow[];
  }>;
  /** How many of the inbox wait: promises, changes and check-ins of the week; asks to answer. */
  waiting(viewer: Viewer): Promise<{ readonly week: number; readonly dependencies: number }>;
  /** Lets the clock do what is due: missed slots, missed commitments, never-accepted ones. */
  advanceClock(): Promise<void>;
  onChanged(listener: (boardId: string) => void): void;
}

export interface CheckInInput {
  readonly version?: number;
  readonly values?: Readonly<Record<string, number>>;
  readonly status: 'on' | 'risk' | 'off';
  readonly confidence: number;
  readonly whatChanged?: string;
  readonly nextStep?: string;
  readonly blocker?: {
    readonly kind: string;
    readonly text: string;
    readonly owner?: string | null;
    readonly by?: string | null;
  } | null;
  readonly helpWanted?: string;
  readonly link?: string | null;
  /** The owner said in one tap that nothing moved. */
  readonly noMovement?: boolean;
}

export interface WeeklyPromiseInput {
  readonly statement: string;
  readonly ownerId: string;
  /** Absent: the owner's home team. */
  readonly teamId?: string | null;
  readonly due: LocalDate;
}

export interface SaveDependencyInput {
  readonly objectKey: string;
  readonly requesterKey: string | null;
  readonly requesterTeam: string | null;
  readonly providerTeam: string | null;
  readonly servedBy?: string | null;
  readonly what: string;
  readonly detail?: string;
  readonly neededBy: string | null;
  readonly hardness: 'hard' | 'soft';
  readonly size?: 'small' | 'medium' | 'large' | null;
}
