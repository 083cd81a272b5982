import type { Instant } from '#domain/time.ts';
import type { SessionMessage } from '#protocol/views/facilitation.ts';
import type { Planning, Viewer } from '../app.ts';
import type { Insight } from '../app-insight.ts';
import type { Rhythm } from '../app-rhythm.ts';
import type { Registers } from '../app-registers.ts';
import type { Log } from '../log.ts';
import type { Store, Transaction } from '../store/store.ts';
import type { TrackingPart } from '../tracking/tracking.ts';

/** The board that is planned in a session: what its sections list of it, and what they do to it. Outside our transactions. */
export interface PlanPort extends Pick<
  Planning,
  'areas' | 'mayPause' | 'leavePaused' | 'board' | 'plan' | 'review' | 'right' | 'putAside' | 'commit'
> {
  readonly offers: Rhythm['offers'];
  readonly book: Rhythm['book'];
  readonly setCapacity: Insight['setCapacity'];
}

/** What sessions need of the outside; `compose.ts` connects it. */
export interface FacilitationDeps {
  readonly store: Store;
  readonly log: Log;
  /** The real clock: deadlines of a session are true instants, also in the example, whose own clock stands still. */
  readonly now: () => Instant;
  readonly newId: () => string;
  /** Tracking and registers within a transaction of ours: an act and its line in the minutes happen both or neither. */
  trackingWithin(tx: Transaction): TrackingPart;
  registersWithin(tx: Transaction, changed: (boardId: string) => void): Registers;
  /** Writes into the calendar that a meeting takes place, within our transaction. */
  markHeld(tx: Transaction, viewer: Viewer, occurrenceId: string): Promise<void>;
  /** Whose turn it is to lead a meeting of the calendar; null: nobody's. */
  facilitatorOf(tx: Transaction, viewer: Viewer, occurrenceId: string): Promise<string | null>;
  /** Early warnings, heaviest first: what a session opens with. */
  readonly warnings: Insight['warnings'];
  readonly planned: PlanPort;
  readonly takeSnapshot: Planning['takeSnapshot'];
  /** Sends to every window of a board. */
  pushToBoard(boardId: string, message: SessionMessage): void;
  /** Who leads the session that runs on a board changed, or whether one runs. */
  facilitatorsChanged(boardId: string): void;
  /** Tells other nodes that a session changed, or who was heard of in it. */
  ringSession(ring: string): void;
  /** A member as the server knows them when they are not asking; null when they have left. */
  viewerOf(memberId: string): Promise<Viewer | null>;
  /** Boards that somebody has open on this node. */
  openBoards(): readonly string[];
  /** The truth of these boards changed. */
  truthChanged(boardIds: ReadonlySet<string>): void;
  /** True when no other node serves the same store. */
  readonly alone: boolean;
}
