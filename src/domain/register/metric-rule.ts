/** A measure of a commitment, and the value up to which what was believed still holds (tracking.md T6, T7). */
export interface MetricRule {
  readonly commitment: string;
  readonly measure: string;
  readonly holdsWhile: 'at-least' | 'at-most';
  readonly value: number;
}

/** True while the value keeps the rule; at the limit it does. */
export function holds({ holdsWhile, value }: MetricRule, is: number): boolean {
  return holdsWhile === 'at-least' ? is >= value : is <= value;
}
