import type { Instant, LocalDate } from '../time.ts';

/** What rules look at in an ask between two teams. */
export interface NeedFacts {
  readonly id: string;
  readonly what: string;
  readonly status: string;
  readonly hard: boolean;
  /** Weight of the objective that needs it; 3 when nothing is promised yet. */
  readonly weight: number;
  readonly requesterOwner: string | null;
  readonly requesterTeam: string | null;
  readonly providerPerson: string | null;
  readonly providerTeam: string | null;
  readonly respondBy: Instant | null;
  readonly neededBy: LocalDate | null;
  readonly promisedFor: LocalDate | null;
  /** When anything last happened to it. */
  readonly updatedAt: Instant;
}
