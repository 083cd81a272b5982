import type { Plan } from '#domain/plan/plan.ts';
import type { Instant } from '#domain/time.ts';
import type { Viewer } from '../app.ts';
import type { Store, Transaction } from '../store/store.ts';

/** What tracking needs of the outside; `compose.ts` connects it. */
export interface TrackingDeps {
  readonly store: Store;
  /** The real clock: when things are recorded. What organisations call now is `viewer.organisation.now`. */
  readonly now: () => Instant;
  readonly newId: () => string;
  /** The plan as it stands on a board, for who owns a card that nobody has committed yet; null when it cannot be read. */
  readonly readPlan: (boardId: string) => Promise<Plan | null>;
  /** Told within its transaction that a promise was carried: it comes back as an issue to rank (tracking.md T9). */
  readonly carried?: (
    tx: Transaction,
    viewer: Viewer,
    it: { readonly id: string; readonly statement: string; readonly successors: readonly string[] },
  ) => Promise<void>;
}
