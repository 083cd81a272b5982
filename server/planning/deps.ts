import type * as Y from 'yjs';
import type { Outcome } from '#domain/outcome.ts';
import type { Instant } from '#domain/time.ts';
import type { Store } from '../store/store.ts';

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
  /** The whole document as last committed, and the number of its last edit. */
  read(boardId: string): Promise<Outcome<FrozenDocument>>;
  /** Closes what is open of a board that is about to be removed. */
  forget(boardId: string): Promise<void>;
}

export interface FrozenDocument {
  readonly bytes: Uint8Array;
  readonly seq: number;
}

/** What planning needs of the outside; `compose.ts` connects it. */
export interface PlanningDeps {
  readonly store: Store;
  readonly documents: Documents;
  /** The real clock: when things are recorded. What organisations call now is `viewer.organisation.now`. */
  readonly now: () => Instant;
  readonly newId: () => string;
  /** Tells open windows that the truth of a board changed; failures are its own. */
  readonly truthChanged: (boardId: string) => void;
}
