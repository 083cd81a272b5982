import type { Instant } from '#domain/time.ts';
import type { Store } from '../store/store.ts';

/** What insight needs of the outside; `compose.ts` connects it. */
export interface InsightDeps {
  readonly store: Store;
  /** The real clock. What organisations call now is `viewer.organisation.now`. */
  readonly now: () => Instant;
  readonly newId: () => string;
}
