import type { Place } from '../decision/command.ts';
import type { DomainEvent } from '../event.ts';
import type { LocalDate } from '../time.ts';
import type { AssumptionFacts } from './assumption.ts';

/** Everything that can be asked of an assumption (tracking.md T7). */
export type AssumptionCommand =
  | ({ readonly type: 'assume'; readonly statement: string } & Partial<AssumptionFacts> & Place)
  | ({ readonly type: 'amend' } & Partial<AssumptionFacts>)
  | {
      readonly type: 'check';
      readonly answer: 'holds' | 'doubtful';
      readonly text?: string;
      readonly confidence?: number | null;
      readonly nextCheck?: LocalDate | null;
    }
  /** A measure broke the rule; the clock or a check-in says so. */
  | { readonly type: 'breach'; readonly value: number }
  | { readonly type: 'invalidate'; readonly reason: string }
  | { readonly type: 'retire'; readonly reason: string }
  | { readonly type: 'tick' };

export interface AssumptionEventData {
  assumed: { readonly facts: AssumptionFacts; readonly place: Required<Place> };
  amended: { readonly change: Partial<AssumptionFacts> };
  checked: {
    readonly answer: 'holds' | 'doubtful';
    readonly text: string;
    readonly confidence: number | null;
    readonly nextCheck: LocalDate | null;
  };
  /** From now on doubtful, and why. */
  doubted: { readonly because: 'answers' | 'metric' };
  breached: { readonly value: number };
  invalidated: { readonly reason: string };
  retired: { readonly reason: string };
}

export type AssumptionEvent = {
  [Type in keyof AssumptionEventData]: DomainEvent<Type, AssumptionEventData[Type]>;
}[keyof AssumptionEventData];
