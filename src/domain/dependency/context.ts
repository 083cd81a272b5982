import type { PersonId, Standing } from '../access/standing.ts';
import type { TrackingSettings } from '../commitment/settings.ts';
import type { BusinessCalendar } from '../rhythm/business-days.ts';
import type { Instant, TimeZone } from '../time.ts';
import type { ServedEdge } from './cycle.ts';

/** All that a decision about a dependency may know beside its own state. */
export interface DependencyContext {
  /** The actor's. */
  readonly standing: Standing;
  readonly settings: TrackingSettings;
  readonly zone: TimeZone;
  readonly calendar: BusinessCalendar;
  /** Everybody in the provider's team. */
  readonly providerMembers: readonly PersonId[];
  /** Hard, accepted needs of the board with the objective that serves each: for the cycle check. */
  readonly edges: readonly ServedEdge[];
  /** Titles of objectives by key, to name a ring in words. */
  readonly titles: Readonly<Record<string, string>>;
  /** In a session the answer is due at its end; null = outside. */
  readonly sessionEndsAt: Instant | null;
  readonly importing: boolean;
  /** True inside the act of commit: it may take over what the board says of any ask, and answers none. */
  readonly committing: boolean;
}
