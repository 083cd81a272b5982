import type { PersonId, TeamId } from '../access/standing.ts';
import type { Place } from '../decision/command.ts';
import type { DomainEvent } from '../event.ts';
import type { Entry } from '../register/entry.ts';
import type { LocalDate } from '../time.ts';

export const triageOrigins = [
  'page',
  'check-in',
  'card',
  'session',
  'risk',
  'assumption',
  'carried',
] as const;

/** What can be written of an issue or opportunity (tracking.md T17). */
export interface TriageFacts {
  readonly title: string;
  readonly kind: 'issue' | 'opportunity';
  readonly detail: string;
  /** Where it came from, and which one. */
  readonly origin: (typeof triageOrigins)[number];
  readonly originId: string | null;
  /** 1-10. */
  readonly weight: number;
  readonly affects: readonly string[];
}

export type TriageStatus = 'new' | 'now' | 'later' | 'not-ours' | 'assess' | 'collaborate' | 'act' | 'closed';

export interface TriageItem extends Entry, Omit<TriageFacts, 'affects'> {
  readonly status: TriageStatus;
  /** Smaller is sooner, within its team's list. */
  readonly rank: number;
  readonly assessment: string;
  /** Who works on it together. */
  readonly people: readonly PersonId[];
  /** What is done about it, and by when. */
  readonly action: string;
  readonly actBy: LocalDate | null;
  readonly closing: Closing | null;
}

/** How it ended: in a decision, in a commitment, or for a reason. */
export interface Closing {
  readonly decision: string | null;
  readonly commitment: string | null;
  readonly reason: string;
}

/** Everything that can be asked of a triage item. */
export type TriageCommand =
  | ({ readonly type: 'raise'; readonly title: string; readonly rank?: number } & Partial<TriageFacts> &
      Place)
  | ({ readonly type: 'amend' } & Partial<TriageFacts>)
  | { readonly type: 'place'; readonly where: 'now' | 'later' | 'not-ours'; readonly reason?: string }
  | { readonly type: 'hand-over'; readonly team: TeamId }
  | { readonly type: 'assess'; readonly text: string; readonly weight?: number | null }
  | { readonly type: 'collaborate'; readonly people: readonly PersonId[]; readonly text?: string }
  | { readonly type: 'act'; readonly owner: PersonId; readonly by: LocalDate | null; readonly text?: string }
  | ({ readonly type: 'close' } & Partial<Closing>)
  | { readonly type: 'reopen'; readonly reason: string }
  | { readonly type: 'rank'; readonly rank: number }
  | { readonly type: 'tick' };

export interface TriageEventData {
  raised: { readonly facts: TriageFacts; readonly place: Required<Place>; readonly rank: number };
  amended: { readonly change: Partial<TriageFacts> };
  placed: { readonly where: 'now' | 'later' | 'not-ours'; readonly reason: string };
  'handed-over': { readonly team: TeamId };
  assessed: { readonly text: string; readonly weight: number | null };
  'taken-together': { readonly people: readonly PersonId[]; readonly text: string };
  'action-agreed': { readonly owner: PersonId; readonly by: LocalDate; readonly text: string };
  closed: Closing;
  reopened: { readonly reason: string };
  ranked: { readonly rank: number };
}

export type TriageEvent = {
  [Type in keyof TriageEventData]: DomainEvent<Type, TriageEventData[Type]>;
}[keyof TriageEventData];
