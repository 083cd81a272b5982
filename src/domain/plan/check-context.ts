import type { LocalDate } from '../time.ts';
import type { PlanObjective, PlanObjectKind, Severity } from './plan.ts';

/** What the server knows of one dependency. */
export interface Agreement {
  /** State of the handshake, such as `requested` or `accepted`. */
  readonly state: string;
  readonly promisedFor: LocalDate | null;
  readonly ownedAsRisk: boolean;
}

/** What a check must know beside the plan; what is left out is not checked. */
export interface CheckContext {
  /** Keys of everyone who may be an owner. */
  readonly people?: ReadonlySet<string>;
  /** By dependency key; a dependency without one was never asked. */
  readonly agreements?: Readonly<Record<string, Agreement>>;
  /** Whether a check-in cadence is chosen. */
  readonly hasCadence?: boolean;
  /** Objectives to be committed; default: those that are in the plan. */
  readonly include?: ReadonlySet<string>;
  /** Record ids by key, from `extractPlan`, so that a problem can point at its card. */
  readonly recordIds?: Partial<
    Readonly<Record<`${PlanObjectKind}s` | 'dependencies' | 'priorities', Readonly<Record<string, string>>>>
  >;
}

/** Takes one problem. */
export type Report = (
  severity: Severity,
  code: string,
  about: PlanObjectKind | null,
  key: string | null,
  message: string,
) => void;

/** True when an objective would be committed. */
export const isIncluded = (objective: PlanObjective, context: CheckContext): boolean =>
  context.include ? context.include.has(objective.key) : objective.status === 'in-plan';
