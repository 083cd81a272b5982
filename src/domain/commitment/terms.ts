import type { Criteria } from './criteria.ts';
import type { LocalDate } from '../time.ts';
import type { PlanMeasure, PromiseKind } from '../plan/plan.ts';

/** A measure as it is promised. Between two bounds (`keep-within`), baseline and target are the two bounds. */
export interface Measure extends PlanMeasure {
  /** Share in the objective's progress; 1 when absent, 0 = shown but not counted. */
  readonly weight?: number;
}

export type Horizon = 'week' | 'month' | 'quarter' | 'half' | 'year' | 'custom';

/** How progress is expected to come (tracking.md T4): evenly, late, by milestones, or by own points (0-1 of time, 0-1). */
export type PlanCurve =
  | { readonly kind: 'linear' | 'milestones' | 'back-loaded' }
  | {
      readonly kind: 'points';
      readonly points: readonly { readonly time: number; readonly progress: number }[];
    };

/** What is promised: one objective with its measures (board.md B5.3). */
export interface Terms {
  readonly statement: string;
  readonly why: string;
  /** The acceptance test, in the owner's words. */
  readonly doneMeans: string;
  readonly due: LocalDate | null;
  readonly horizon: Horizon;
  readonly promise: PromiseKind;
  /** 1-10. */
  readonly weight: number;
  readonly measures: readonly Measure[];
  readonly curve: PlanCurve;
  /** Person-weeks; null = not sized. */
  readonly effort: number | null;
  /** Key of the priority it serves. */
  readonly priority: string | null;
  /** Keys of the dependencies it needs. */
  readonly needs: readonly string[];
  /** What each status means for this promise; absent while nobody said it. */
  readonly criteria?: Criteria;
}

/** A change of terms: only what differs. */
export type TermsChange = Partial<Terms>;

/** What "done" means when nobody wrote it down: the measures say it (tracking.md T18). */
export function prefillDoneMeans(terms: Pick<Terms, 'measures' | 'statement'>): string {
  if (terms.measures.length === 0) return terms.statement;
  return terms.measures
    .map((measure) =>
      measure.kind === 'number' && measure.target !== null
        ? `${measure.title}: ${measure.target}${measure.unit === '' ? '' : ` ${measure.unit}`}`
        : measure.title,
    )
    .join('; ');
}
