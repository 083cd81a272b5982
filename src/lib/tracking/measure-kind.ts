import type { PlanMeasure } from '#domain/plan/plan.ts';

/** True when a value is a number; milestones and deliverables are done or not done (board.md B5.3). */
export function isCounted(measure: Pick<PlanMeasure, 'kind'>): boolean {
  return measure.kind === 'number' || measure.kind === 'habit';
}
