import type { PlanMeasure } from '#domain/plan/plan.ts';

/** True when a value is a number on the way to a target; else the measure is done or not done (board.md B5.3). */
export function isCounted(measure: Pick<PlanMeasure, 'kind' | 'target'>): boolean {
  return measure.kind === 'number' || (measure.kind === 'habit' && measure.target !== null);
}
