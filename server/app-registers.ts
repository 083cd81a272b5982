import type { Instant } from '../src/domain/time.ts';
import type {
  NotDoingRow,
  RegisterDetail,
  RegisterDue,
  RegisterKind,
  RegisterRows,
} from '../src/protocol/views/registers.ts';
import type { Result, Viewer } from './app-viewer.ts';

/**
 * Decisions, assumptions, risks, triage items, interrupts and learnings (tracking.md T6-T8, T17): one door for all kinds.
 * A session passes its id: acts are then recorded as made in it (`via` session), whoever is present may write down what
 * the room decided, and the entry keeps a link to the session.
 */
export interface Registers {
  list<K extends RegisterKind>(
    viewer: Viewer,
    kind: K,
    filter: RegisterFilter,
  ): Promise<readonly RegisterRows[K][]>;
  /** `at`: as it was then, without moves. */
  read<K extends RegisterKind>(
    viewer: Viewer,
    kind: K,
    id: string,
    look?: { at?: Instant | undefined },
  ): Result<RegisterDetail<K>>;
  /**
   * Opens an entry. The least each kind needs (all else optional, fields as in src/domain/<kind>/command.ts):
   * decision `{ question, decider?, neededBy? }`, taken at once with `chosen` as well (the 30 s form);
   * assumption `{ statement }`; risk `{ title, sign? }`; triage-item `{ title, kind?, team? }`;
   * interrupt `{ what, displaced, team? }`; learning `{ sentence }`. Links to commitments go in `affects: [id]`.
   */
  create<K extends RegisterKind>(
    viewer: Viewer,
    kind: K,
    input: Readonly<Record<string, unknown>>,
    within?: Within,
  ): Result<RegisterDetail<K>>;
  /**
   * decision: `amend decide fill-in withdraw reaffirm reverse`; assumption: `amend check invalidate retire`;
   * risk: `amend resolve own accept mitigate happen reopen`;
   * triage-item: `amend place hand-over assess collaborate act close reopen rank`;
   * interrupt: `finish stop`; learning: `link-change`.
   */
  act<K extends RegisterKind>(
    viewer: Viewer,
    kind: K,
    id: string,
    command: string,
    input: Readonly<Record<string, unknown>>,
    within?: Within,
  ): Result<RegisterDetail<K>>;
  /**
   * What needs somebody now, heaviest first; `organisationNow` is that organisation's own clock. Of one person, or all;
   * `seer`: through whose eyes, where it is shown to anybody.
   */
  due(
    organisationId: string,
    organisationNow: number,
    of?: {
      readonly personId?: string;
      readonly seer?: Pick<Viewer, 'personId' | 'teams' | 'hiddenBoards'>;
    },
  ): Promise<readonly RegisterDue[]>;
  /** What is not being done, with its reason, newest first. */
  notDoing(viewer: Viewer, filter: { boardId?: string; at?: Instant }): Promise<readonly NotDoingRow[]>;
  /** Lets the clock do what is due: decisions come into force and up for revisit. */
  advanceClock(): Promise<void>;
}

/** Where an act happens. */
export interface Within {
  /** The meeting it is made in. */
  readonly sessionId?: string | null;
}

export interface RegisterFilter {
  readonly boardId?: string;
  readonly teamId?: string;
  readonly ownerId?: string;
  /** Owned by this person, raised by them while nobody owns it, or with a question to them. */
  readonly concernsId?: string;
  readonly status?: string;
  /** Linked to this commitment. */
  readonly commitmentId?: string;
  /** Made or touched in this session. */
  readonly sessionId?: string;
  /** true: still open; false: ended. */
  readonly open?: boolean;
  /** As they were then. */
  readonly at?: Instant;
  /** Risks only. */
  readonly sign?: 'risk' | 'opportunity';
}
