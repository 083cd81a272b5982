import type { DomainEvent } from '../event.ts';
import type { TeamId } from '../access/standing.ts';
import type { LocalDate } from '../time.ts';
import type { DecisionFacts, LaterFacts, Verdict } from './decision.ts';

/** Where an entry is written down. */
export interface Place {
  readonly board?: string | null;
  readonly key?: string | null;
  readonly team?: TeamId | null;
}

/** Everything that can be asked of a decision (tracking.md T6). */
export type DecisionCommand =
  | ({ readonly type: 'open'; readonly question: string } & Partial<DecisionFacts> & Partial<Verdict> & Place)
  | ({ readonly type: 'amend' } & Partial<DecisionFacts>)
  | ({ readonly type: 'decide'; readonly chosen: string } & Partial<Verdict>)
  /** Fills what was left empty; what was written stays. */
  | ({ readonly type: 'fill-in' } & Partial<Verdict> & Partial<LaterFacts>)
  | { readonly type: 'withdraw'; readonly reason: string }
  | { readonly type: 'reaffirm'; readonly reason: string; readonly revisitOn?: LocalDate | null }
  | { readonly type: 'reverse'; readonly reason: string }
  /** A later decision takes its place. */
  | { readonly type: 'supersede'; readonly by: string }
  /** What it rests on has changed. */
  | { readonly type: 'trigger'; readonly because: string }
  | { readonly type: 'tick' };

export interface DecisionEventData {
  opened: { readonly facts: DecisionFacts; readonly place: Required<Place> };
  amended: { readonly change: Partial<DecisionFacts> };
  decided: { readonly verdict: Verdict };
  'took-force': Readonly<Record<string, never>>;
  'filled-in': { readonly change: Partial<Verdict> & Partial<LaterFacts> };
  'revisit-called': { readonly because: string };
  reaffirmed: { readonly reason: string; readonly revisitOn: LocalDate | null };
  superseded: { readonly by: string };
  reversed: { readonly reason: string };
  withdrawn: { readonly reason: string };
}

export type DecisionEvent = {
  [Type in keyof DecisionEventData]: DomainEvent<Type, DecisionEventData[Type]>;
}[keyof DecisionEventData];
