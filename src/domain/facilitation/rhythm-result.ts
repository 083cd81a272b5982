/** Of one promise: how its check-ins came, and what came of it. */
export interface RhythmResult {
  readonly onTime: number;
  /** Check-ins that were expected, less those that were excused. */
  readonly expected: number;
  /** What the room agreed on, else what the measures say: 0-1; null when neither says anything. */
  readonly result: number | null;
  readonly weight: number;
}

/** Where a promise stands between rhythm and result (tracking.md M13): what each calls for is for the room to say. */
export type Quadrant = 'both' | 'result-alone' | 'rhythm-alone' | 'neither';

/** From which share on a rhythm was kept, and a result reached. */
export interface QuadrantSettings {
  readonly rhythmKeptFrom: number;
  readonly resultReachedFrom: number;
}

/** Null where one of the two cannot be told: nothing was expected, or nothing says what came of it. */
export function quadrantOf(
  { onTime, expected, result }: RhythmResult,
  { rhythmKeptFrom, resultReachedFrom }: QuadrantSettings,
): Quadrant | null {
  if (expected === 0 || result === null) return null;
  const kept = onTime / expected >= rhythmKeptFrom;
  if (result >= resultReachedFrom) return kept ? 'both' : 'result-alone';
  return kept ? 'rhythm-alone' : 'neither';
}

/** All of them together: check-ins added up, results by weight; null where there is nothing to take a share or a mean of. */
export function rhythmAndResult(all: readonly RhythmResult[]): {
  readonly onTime: number;
  readonly expected: number;
  readonly result: number | null;
  /** How many the result is a mean of. */
  readonly told: number;
} {
  const sum = (of: readonly number[]): number => of.reduce((total, it) => total + it, 0);
  const told = all.flatMap(({ result, weight }) => (result === null ? [] : [{ result, weight }]));
  const weight = sum(told.map((it) => it.weight));
  return {
    onTime: sum(all.map((it) => it.onTime)),
    expected: sum(all.map((it) => it.expected)),
    result: weight === 0 ? null : sum(told.map((it) => it.result * it.weight)) / weight,
    told: told.length,
  };
}
