import type { BoardRight } from '#domain/access/roles.ts';
import type { Instant } from '#domain/time.ts';
import type { Viewer } from '../app.ts';
import type { Store } from '../store/store.ts';

/** What the rhythm needs of the outside; `compose.ts` connects it. */
export interface RhythmDeps {
  readonly store: Store;
  /** The real clock: when things are recorded. What organisations call now is `viewer.organisation.now`. */
  readonly now: () => Instant;
  readonly newId: () => string;
  /** What a viewer may do on a board; `none` for those that are not there for him. */
  readonly boardRight: (viewer: Viewer, boardId: string) => Promise<BoardRight>;
  /** Tells open windows that the truth of a board changed; failures are its own. */
  readonly truthChanged: (boardId: string) => void;
}
