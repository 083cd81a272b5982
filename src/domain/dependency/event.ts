import type { PersonId } from '../access/standing.ts';
import type { DomainEvent } from '../event.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { DraftDependency, ImportedState } from './command.ts';
import type { Agreement, ChoiceKind, Counter } from './dependency.ts';

export interface DependencyEventData {
  drafted: DraftDependency;
  imported: DraftDependency & { readonly state: ImportedState };
  requested: { readonly respondBy: Instant | null; readonly acceptanceTest?: string };
  /** The ask changed; after an agreement both must look again. */
  changed: DraftDependency & { readonly reopens: boolean; readonly respondBy: Instant | null };
  accepted: {
    readonly agreement: Agreement;
    readonly servedBy: string | null;
    readonly confidence: number | null;
  };
  countered: { readonly counter: Counter; readonly escalates: boolean };
  /** The requester countered back: asked once more, with its own date and scope. */
  're-requested': {
    readonly date: LocalDate | null;
    readonly scope: string;
    readonly respondBy: Instant | null;
    readonly escalates: boolean;
  };
  /** A counter-offer to an agreement was not taken: the agreement stands. */
  upheld: { readonly reason: string };
  declined: { readonly reason: string };
  withdrawn: { readonly reason: string };
  flagged: { readonly date: LocalDate | null; readonly why: string };
  unflagged: { readonly why: string };
  delivered: { readonly evidence: string };
  confirmed: Readonly<Record<string, never>>;
  rejected: { readonly reason: string };
  reneged: { readonly reason: string };
  chosen: {
    readonly choice: ChoiceKind;
    readonly text: string;
    readonly owner: PersonId | null;
    readonly decisionId: string | null;
  };
  'owned-as-risk': { readonly owner: PersonId; readonly text: string };
  'said-yes-aloud': Readonly<Record<string, never>>;
  'served-by-named': { readonly servedBy: string | null };
}

export type DependencyEventType = keyof DependencyEventData;

/** Something that happened to a dependency (tracking.md I4). */
export type DependencyEvent = {
  [Type in DependencyEventType]: DomainEvent<Type, DependencyEventData[Type]>;
}[DependencyEventType];
