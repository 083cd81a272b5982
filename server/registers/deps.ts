import type { Instant } from '#domain/time.ts';
import type { Store } from '../store/store.ts';

/** What registers need of the outside; `compose.ts` connects it. */
export interface RegistersDeps {
  readonly store: Store;
  /** The real clock: when things are recorded. */
  readonly now: () => Instant;
  readonly newId: () => string;
  /** Told of every board whose open windows show something else now. */
  readonly truthChanged: (boardId: string) => void;
}
