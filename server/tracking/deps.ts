import type { Plan } from '#domain/plan/plan.ts';
import type { Instant } from '#domain/time.ts';
import type { Store } from '../store/store.ts';
import type { RegisterPort } from './port.ts';

/** What tracking needs of the outside; `compose.ts` connects it. */
export interface TrackingDeps {
  readonly store: Store;
  /** The real clock: when things are recorded. What organisations call now is `viewer.organisation.now`. */
  readonly now: () => Instant;
  readonly newId: () => string;
  /** The plan as it stands on a board, for who owns a card that nobody has committed yet; null when it cannot be read. */
  readonly readPlan: (boardId: string) => Promise<Plan | null>;
  /** Decisions, and assumptions that watch measures. */
  readonly registers: RegisterPort;
}
