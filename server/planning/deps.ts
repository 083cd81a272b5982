import type * as Y from 'yjs';
import type { BoardRecord } from '#board/schema/records.ts';
import type { Offer } from '#domain/commitment/command.ts';
import type { DraftDependency, ImportedState } from '#domain/dependency/command.ts';
import type { Actor } from '#domain/event.ts';
import type { PlanFile } from '#domain/plan/format/plan-file.ts';
import type { Outcome } from '#domain/outcome.ts';
import type { BusinessCalendar } from '#domain/rhythm/business-days.ts';
import type { CalendarSettings } from '#domain/rhythm/planning-calendar.ts';
import type { RitualAsked } from '#domain/rhythm/ritual.ts';
import type { Instant, TimeZone, LocalDate } from '#domain/time.ts';
import type { RhythmView } from '#protocol/views/board.ts';
import type { Rhythm } from '../app-rhythm.ts';
import type { Viewer } from '../app.ts';
import type { Store, Transaction } from '../store/store.ts';

/** The live documents, as planning needs them: a board is read as it was committed and changed only through its room. */
export interface Documents {
  /**
   * Runs `change` on the board's document as one edit of the server, on behalf of `person`; resolves once it is
   * committed. `change` may be run again, must not throw, and is no edit when it writes nothing. Refused when the room
   * cannot take it; then nothing was kept.
   */
  edit(
    boardId: string,
    person: string | null,
    why: string,
    change: (doc: Y.Doc) => void,
  ): Promise<Outcome<{ readonly seq: number }>>;
  /** The whole document as last committed; `at` is the board's row, by which one read before is known to be current. */
  read(
    boardId: string,
    at: { readonly head: number; readonly epoch: number },
  ): Promise<Outcome<FrozenDocument>>;
  /** The person whose hand put a record on the board; null when that is nobody or not known. */
  authorOf(boardId: string, record: string): Promise<Outcome<string | null>>;
  /** Closes what is open of a board that is about to be removed. */
  forget(boardId: string): Promise<void>;
}

export interface FrozenDocument {
  readonly bytes: Uint8Array;
  /** Number of its last edit. */
  readonly seq: number;
  /** All valid records. */
  readonly records: readonly BoardRecord[];
}

/** Who, where and when, of everything that planning asks tracking to record. */
export interface RecordingContext {
  readonly organisationId: string;
  readonly boardId: string;
  readonly actor: Actor;
  /** When it happened, by the organisation's own clock. */
  readonly at: Instant;
  /** When it was written down, by the real one. */
  readonly recordedAt: Instant;
  readonly zone: TimeZone;
}

/** Promises and asks, as planning needs them (server/tracking). All within planning's own transaction. */
export interface TrackingPort {
  /** Makes records of a file's asks; those that are there already stay as they are. Starts no clocks. */
  importDependencies(
    tx: Transaction,
    input: RecordingContext & {
      readonly dependencies: readonly (DraftDependency & { readonly state: ImportedState })[];
    },
  ): Promise<void>;
  /**
   * Offers each objective to its owner: a new commitment in `proposed`, other terms for one not accepted yet, a pending
   * re-scope for one accepted; nothing where nothing differs. Returns ids by object key, of all offers.
   */
  proposeFromCommit(
    tx: Transaction,
    input: RecordingContext & {
      readonly commitId: string;
      readonly snapshotId: string;
      readonly rhythm: RhythmView;
      readonly offers: readonly Offer[];
      /** Keys of objectives that are not being done: their open asks are withdrawn. */
      readonly notDoing: readonly string[];
    },
  ): Promise<ReadonlyMap<string, string>>;
  /**
   * Takes a file's updates over as check-in history, in the example only (tracking.md T19): accepts what its plan
   * proposed, marked as accepted per source. History ahead of the organisation's clock shows when the clock gets there.
   * Returns how many updates were taken over.
   */
  importHistory(
    tx: Transaction,
    input: RecordingContext & { readonly file: PlanFile; readonly closesAt: Instant },
  ): Promise<number>;
  /** Puts an organisation's promises and asks to another moment of its clock. */
  replay(
    tx: Transaction,
    input: {
      readonly organisationId: string;
      readonly zone: TimeZone;
      readonly recordedAt: Instant;
      readonly at: Instant;
    },
  ): Promise<void>;
}

/** Null: no such meeting is booked. */
export interface Booked {
  readonly due: { readonly weekday: number; readonly time: string } | null;
  readonly closeOn: LocalDate | null;
}

/** Rituals, as planning needs them (server/rhythm). */
export interface RhythmPort {
  /** What is booked that check-ins are reckoned from: due a day before the weekly, and the close of the period. */
  bookedFor(viewer: Viewer, boardId: string, period: { readonly end: LocalDate } | null): Promise<Booked>;
  /** Gives an organisation that has planned nothing yet the calendar it always had. */
  beginCalendar(viewer: Viewer, settings: CalendarSettings): Promise<Outcome<true>>;
  /** The rituals of a board. */
  rituals: Rhythm['rituals'];
  /** One command on one ritual: here, moving a meeting to the day it was held on. */
  actOnRitual: Rhythm['actOnRitual'];
  /** Days on which everybody of an organisation works. */
  workingDays(organisationId: string): Promise<BusinessCalendar>;
  /** Says which boards of these terms the viewer manages; refused when one is none of the viewer's. */
  prepareBooking(viewer: Viewer, rituals: readonly RitualAsked[]): Promise<Outcome<ReadonlySet<string>>>;
  /** Books within the commit's transaction what the board has not booked yet; a refusal must give the commit up. */
  bookFromCommit(
    tx: Transaction,
    viewer: Viewer,
    rituals: readonly RitualAsked[],
    manages: ReadonlySet<string>,
  ): Promise<Outcome<readonly string[]>>;
}

/** What planning needs of the outside; `compose.ts` connects it. */
export interface PlanningDeps {
  readonly store: Store;
  readonly documents: Documents;
  readonly tracking: TrackingPort;
  readonly rhythm: RhythmPort;
  /** Makes one document of updates, elsewhere than where everybody waits: a long log takes a second. */
  readonly fold: (parts: readonly Uint8Array[]) => Promise<Uint8Array>;
  /** The real clock: when things are recorded. What organisations call now is `viewer.organisation.now`. */
  readonly now: () => Instant;
  readonly newId: () => string;
  /** Tells open windows that the truth of a board changed; failures are its own. */
  readonly truthChanged: (boardId: string) => void;
  /** Tells all nodes that areas, locks or the pause of a board changed. */
  readonly guardChanged: (boardId: string) => void;
  /** Other people may look at a board now: whoever follows a session of it has to ask again. */
  readonly scopeChanged?: (boardId: string) => void;
}
