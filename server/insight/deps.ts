import type { Instant } from '#domain/time.ts';
import type { WarningView } from '#protocol/views/insight.ts';
import type { Store, Transaction } from '../store/store.ts';

/** What insight needs of the outside; `compose.ts` connects it. */
export interface InsightDeps {
  readonly store: Store;
  /** The real clock. What organisations call now is `viewer.organisation.now`. */
  readonly now: () => Instant;
  readonly newId: () => string;
  /** Told within the transaction that keeps what is warned of: either both are there, or neither. */
  readonly said?: (
    tx: Transaction,
    organisationId: string,
    warnings: readonly WarningView[],
  ) => Promise<void>;
}
