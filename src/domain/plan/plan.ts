import type { LocalDate } from '../time.ts';

/**
 * The plan on a board: what `extractPlan` reads out of the document and what throughline-plan/1 carries (board.md B3).
 * People and teams are named by key, unique within their organisation, so that a plan stands alone.
 */
export interface Plan {
  readonly title: string;
  readonly period: PlanPeriod | null;
  readonly teams: readonly NamedKey[];
  readonly people: readonly NamedKey[];
  readonly priorities: readonly PlanPriority[];
  readonly objectives: readonly PlanObjective[];
  readonly dependencies: readonly PlanDependency[];
}

export interface NamedKey {
  readonly key: string;
  readonly name: string;
}

export interface PlanPeriod {
  readonly label: string;
  readonly start: LocalDate;
  readonly end: LocalDate;
}

export interface PlanPriority {
  readonly key: string;
  readonly title: string;
  readonly why: string;
  /** 1 is most important; null when unranked. */
  readonly rank: number | null;
}

export type PlanStatus = 'draft' | 'in-plan' | 'not-doing';
export type PromiseKind = 'firm' | 'stretch';
export type MeasureKind = 'number' | 'milestone' | 'deliverable' | 'habit';
export type Direction = 'up' | 'down' | 'keep-within' | 'reach';

export interface PlanMeasure {
  readonly key: string;
  readonly title: string;
  readonly kind: MeasureKind;
  readonly unit: string;
  readonly baseline: number | null;
  readonly target: number | null;
  readonly direction: Direction;
  readonly due: LocalDate | null;
  readonly owner: string | null;
  readonly done: boolean;
  readonly helpWanted: boolean;
}

export interface PlanObjective {
  readonly key: string;
  readonly title: string;
  readonly summary: string;
  readonly why: string;
  /** Team key; null = no team. */
  readonly team: string | null;
  /** Person key. */
  readonly owner: string | null;
  readonly contributors: readonly string[];
  /** Priority key. */
  readonly priority: string | null;
  readonly status: PlanStatus;
  readonly promise: PromiseKind;
  readonly flagship: boolean;
  readonly due: LocalDate | null;
  /** A due that was not a date, kept as written. */
  readonly dueText: string | null;
  /** 1-10, default 3. */
  readonly weight: number;
  /** Person-weeks; null = not sized. */
  readonly effort: number | null;
  /** 1-10; null = not given. */
  readonly businessValue: number | null;
  readonly doneMeans: string;
  readonly link: string | null;
  readonly measures: readonly PlanMeasure[];
}

export type Hardness = 'hard' | 'soft';
export type AskSize = 'small' | 'medium' | 'large';

export interface PlanDependency {
  readonly key: string;
  /** Key of the objective that needs; null when an area's edge needs. */
  readonly objective: string | null;
  /** Team key of the needing side. */
  readonly fromTeam: string | null;
  readonly on: { readonly team: string | null; readonly objective: string | null };
  readonly what: string;
  readonly detail: string;
  readonly size: AskSize | null;
  readonly neededBy: LocalDate | null;
  readonly hardness: Hardness;
  /** The file's own state on import; on a board the server knows better. */
  readonly state: string | null;
}

export type Severity = 'blocking' | 'warning';

export type PlanObjectKind = 'priority' | 'objective' | 'dependency' | 'team';

/** One thing wrong with a plan, and the card to look at (board.md B3 checkPlan). */
export interface PlanProblem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Key of the object it is about; null for the whole plan. */
  readonly key: string | null;
  /** What kind of object the key names. */
  readonly about?: PlanObjectKind;
  /** Record id on the board, to jump to. */
  readonly recordId?: string | null;
}
