import type { Measure, Terms } from './terms.ts';

/** Measure key -> last known value. */
export type Values = Readonly<Record<string, number>>;

/**
 * Share of the way from baseline to target, unclamped; works in both directions (tracking.md T9).
 * null when baseline or target is unknown, or both are equal.
 */
export function rawScore(baseline: number | null, target: number | null, actual: number): number | null {
  if (baseline === null || target === null || baseline === target) return null;
  return (actual - baseline) / (target - baseline);
}

/** Progress of one measure, 0-1; null when it cannot be told. A measure nobody reported stands at its baseline. */
export function measureProgress(measure: Measure, value: number | undefined): number | null {
  if (measure.kind === 'milestone' || measure.kind === 'deliverable') {
    return value === undefined ? (measure.done ? 1 : 0) : value >= 1 ? 1 : 0;
  }
  if (measure.direction === 'keep-within') {
    if (value === undefined || measure.baseline === null || measure.target === null) return null;
    const low = Math.min(measure.baseline, measure.target);
    const high = Math.max(measure.baseline, measure.target);
    return low <= value && value <= high ? 1 : 0;
  }
  const baseline = measure.kind === 'habit' ? (measure.baseline ?? 0) : measure.baseline;
  if (value === undefined) return rawScore(baseline, measure.target, baseline ?? 0) === null ? null : 0;
  const raw = rawScore(baseline, measure.target, value);
  return raw === null ? null : Math.min(1, Math.max(0, raw));
}

/**
 * Progress of the objective: weighted mean of its measures, those that cannot be told left out (board.md B5.3).
 * null when there is nothing to measure. It speaks of measures only: no parent is ever averaged from its children.
 */
export function progressOf(
  terms: Pick<Terms, 'measures'>,
  values: Values,
  of: (measure: Measure, value: number | undefined) => number | null = measureProgress,
): number | null {
  let sum = 0;
  let weights = 0;
  for (const measure of terms.measures) {
    const progress = of(measure, values[measure.key]);
    const weight = measure.weight ?? 1;
    if (progress === null || weight <= 0) continue;
    sum += progress * weight;
    weights += weight;
  }
  return weights === 0 ? null : sum / weights;
}

/**
 * True when a measure stands at its target. Where no way there can be told, because nobody wrote down from where it comes
 * or it stood there from the start, the value itself decides.
 */
export function isMet(measure: Measure, value: number | undefined): boolean {
  const progress = measureProgress(measure, value);
  if (progress !== null) return progress === 1;
  const { direction, target } = measure;
  if (target === null || value === undefined || direction === 'keep-within') return false;
  if (direction === 'reach') return value === target;
  return direction === 'up' ? value >= target : value <= target;
}
