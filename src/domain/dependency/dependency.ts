import type { PersonId, TeamId } from '../access/standing.ts';
import type { AskSize, Hardness } from '../plan/plan.ts';
import type { Instant, LocalDate } from '../time.ts';

/** What is asked: the facts on the arrow. */
export interface Ask {
  readonly what: string;
  readonly detail: string;
  /** How the requester will know that it is delivered. */
  readonly acceptanceTest: string;
  readonly neededBy: LocalDate | null;
  readonly hardness: Hardness;
  readonly size: AskSize | null;
}

export interface Requester {
  /** Key of the objective that needs; null when an area's edge needs. */
  readonly objective: string | null;
  readonly team: TeamId | null;
  /** Owner of that objective. */
  readonly owner: PersonId | null;
  /** What the objective was called when the ask was saved. */
  readonly title?: string;
}

/** An agreement: who will deliver, when, by which objective. */
export interface Agreement {
  /** null only when an imported source does not say. */
  readonly person: PersonId | null;
  readonly date: LocalDate | null;
  readonly at: Instant;
  /** What the scope was when it was agreed. */
  readonly ask: Ask;
}

/** An answer that is neither yes nor no: another date or scope. */
export interface Counter {
  readonly by: Side;
  readonly date: LocalDate | null;
  readonly scope: string;
  readonly person: PersonId | null;
  readonly at: Instant;
}

export type Side = 'requester' | 'provider';

export interface AtRisk {
  /** The date it may become; null = unknown. */
  readonly date: LocalDate | null;
  readonly why: string;
  readonly at: Instant;
}

/** What the requester does about a no (tracking.md T5). */
export type ChoiceKind = 're-plan' | 'escalate' | 'own-as-risk' | 'other-provider';

export interface Choice {
  readonly kind: ChoiceKind;
  readonly text: string;
  /** Who owns the risk; for `own-as-risk` only. */
  readonly owner: PersonId | null;
  readonly decisionId: string | null;
  readonly by: PersonId | null;
  readonly at: Instant;
}

export interface DependencyCore {
  readonly board: string;
  /** Key of the arrow or chip; identity is (board, key). */
  readonly key: string;
  readonly ask: Ask;
  readonly requester: Requester;
  readonly provider: { readonly team: TeamId | null; readonly person: PersonId | null };
  /** Key of the provider's objective that delivers it; null = none yet. */
  readonly servedBy: string | null;
  readonly respondBy: Instant | null;
  /** Counter-offers so far. */
  readonly rounds: number;
  /** More than the allowed rounds: only a joint decision may counter again. */
  readonly escalated: boolean;
  /** Provider's confidence, 0-100. */
  readonly confidence: number | null;
  /** Somebody said yes in the room; still only asked. */
  readonly saidYesAloud: Instant | null;
  /** When the provider first said it was in danger; kept through re-negotiation. */
  readonly firstFlaggedAt: Instant | null;
  /** A hard need nobody agreed to, knowingly taken as a risk by a named owner: passes the commit gate. */
  readonly riskOwner: PersonId | null;
  /** True while all that is known comes from an import: nobody here has acted, no clock runs. */
  readonly imported: boolean;
}

/** One need between two teams (tracking.md T5). Flags such as *late* are derived: see flags.ts. */
export type Dependency = DependencyCore &
  (
    | { readonly status: 'draft' }
    | { readonly status: 'requested'; readonly requestedAt: Instant }
    | {
        readonly status: 'countered';
        readonly counter: Counter;
        /** What still holds if the counter-offer is not taken. */
        readonly before: Agreement | null;
      }
    | {
        readonly status: 'accepted';
        readonly agreement: Agreement;
        readonly atRisk: AtRisk | null;
        /** Changed after agreement or delivery rejected: both must look again. */
        readonly reopened: { readonly why: string; readonly at: Instant } | null;
      }
    | {
        readonly status: 'delivered';
        readonly agreement: Agreement;
        readonly evidence: string;
        readonly deliveredAt: Instant;
      }
    | {
        readonly status: 'confirmed';
        readonly agreement: Agreement | null;
        readonly deliveredAt: Instant | null;
        readonly confirmedAt: Instant;
      }
    | {
        readonly status: 'declined';
        readonly reason: string;
        readonly at: Instant;
        readonly choice: Choice | null;
      }
    | {
        readonly status: 'revoked';
        readonly reason: string;
        readonly at: Instant;
        readonly agreement: Agreement;
        readonly choice: Choice | null;
      }
    | { readonly status: 'withdrawn'; readonly reason: string; readonly at: Instant }
  );

export type DependencyStatus = Dependency['status'];
export type DependencyIn<S extends DependencyStatus> = Extract<Dependency, { status: S }>;
