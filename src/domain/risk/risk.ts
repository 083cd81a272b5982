import type { PersonId } from '../access/standing.ts';
import type { Place } from '../decision/command.ts';
import type { DomainEvent } from '../event.ts';
import type { Entry } from '../register/entry.ts';
import type { LocalDate } from '../time.ts';

/** What can be written of a risk; an opportunity is the same with the other sign (tracking.md T8). */
export interface RiskFacts {
  readonly title: string;
  readonly detail: string;
  readonly sign: 'risk' | 'opportunity';
  /** 1-5. */
  readonly probability: number | null;
  readonly affects: readonly string[];
  /** What would show that it happens. */
  readonly trigger: string;
  readonly reviewOn: LocalDate | null;
}

export type RiskStatus = 'new' | 'resolved' | 'owned' | 'accepted' | 'mitigated' | 'happened';

/** How it was handled: the fields its state must have (facilitation.md F19). */
export interface Handling {
  readonly by: PersonId | null;
  readonly text: string;
  readonly todos: readonly string[];
}

export interface Risk extends Entry, Omit<RiskFacts, 'affects'> {
  readonly status: RiskStatus;
  /** When its owner looks again. */
  readonly followUp: LocalDate | null;
  readonly ownedAt: number | null;
  readonly acceptedBy: PersonId | null;
  readonly handling: Handling | null;
}

/** Everything that can be asked of a risk. */
export type RiskCommand =
  | ({ readonly type: 'raise'; readonly title: string } & Partial<RiskFacts> & Place)
  | ({ readonly type: 'amend' } & Partial<RiskFacts>)
  | { readonly type: 'resolve'; readonly reason: string }
  | { readonly type: 'own'; readonly owner?: PersonId | null; readonly followUp?: LocalDate | null }
  | {
      readonly type: 'accept';
      readonly reason: string;
      readonly reviewOn: LocalDate | null;
      /** In a session: who accepts it. */
      readonly acceptedBy?: PersonId | null;
    }
  | {
      readonly type: 'mitigate';
      readonly plan: string;
      readonly todos?: readonly string[];
      readonly reviewOn?: LocalDate | null;
    }
  | { readonly type: 'happen'; readonly what: string }
  | { readonly type: 'reopen'; readonly reason: string }
  | { readonly type: 'tick' };

export interface RiskEventData {
  raised: { readonly facts: RiskFacts; readonly place: Required<Place> };
  amended: { readonly change: Partial<RiskFacts> };
  resolved: { readonly reason: string };
  owned: { readonly owner: PersonId; readonly followUp: LocalDate | null };
  accepted: { readonly reason: string; readonly reviewOn: LocalDate; readonly by: PersonId | null };
  mitigated: {
    readonly plan: string;
    readonly todos: readonly string[];
    readonly reviewOn: LocalDate | null;
  };
  happened: { readonly what: string };
  reopened: { readonly reason: string };
}

export type RiskEvent = {
  [Type in keyof RiskEventData]: DomainEvent<Type, RiskEventData[Type]>;
}[keyof RiskEventData];
