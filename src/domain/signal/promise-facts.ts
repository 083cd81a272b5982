import type { Instant, LocalDate } from '../time.ts';

/** What rules look at in a running commitment. */
export interface PromiseFacts {
  readonly id: string;
  readonly statement: string;
  readonly weight: number;
  readonly owner: string | null;
  readonly reviewer: string | null;
  readonly team: string | null;
  readonly due: LocalDate | null;
  /** Accepted, or when it was last changed: since when it stands as it stands. */
  readonly changedAt: Instant;
  readonly carryCount: number;
  /** How often its due was moved later since it was promised. */
  readonly slips: number;
}
