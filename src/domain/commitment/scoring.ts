import { endOfDay } from '../rhythm/local-time.ts';
import type { TimeZone } from '../time.ts';
import { lastValues, standingCheckIns } from './check-in.ts';
import { baselineOf, termsNow, type Commitment } from './commitment.ts';
import { isMet, measureProgress, progressOf, type Values } from './progress.ts';
import type { Measure, Terms } from './terms.ts';

/** Three numbers that are kept apart (tracking.md T9). */
export interface Score {
  /** 0-1 against what was promised first; null = nothing to measure. */
  readonly againstBaseline: number | null;
  /** 0-1 against what was promised last. */
  readonly againstNow: number | null;
  /** Every measure at its first target by its first due: 0.8 of a firm promise is not kept. */
  readonly kept: boolean;
  /** Of a stretch promise only: what its number says. */
  readonly band?: StretchBand;
}

/** How a promise ended, in numbers. One that was never accepted has none. */
export function scoreOf(it: Commitment, zone: TimeZone): Score | null {
  const baseline = baselineOf(it);
  if (baseline === null) return null;
  const values = it.status === 'done' ? it.done.values : lastValues(it.checkIns);
  const againstBaseline = scoreTerms(it, baseline.terms, values);
  const stretches = baseline.terms.promise === 'stretch' && againstBaseline !== null;
  return {
    againstBaseline,
    againstNow: scoreTerms(it, termsNow(it), values),
    kept: isKept(it, baseline.terms, values, zone),
    ...(stretches ? { band: stretchBand(againstBaseline) } : {}),
  };
}

export type StretchBand = 'reconsider-ambition' | 'intended' | 'partial' | 'learn-why';

/** What a stretch score says; the sweet spot of 0.6-0.7 is one company's habit, not ours. */
export function stretchBand(score: number): StretchBand {
  if (score >= 0.9) return 'reconsider-ambition';
  if (score >= 0.7) return 'intended';
  return score >= 0.4 ? 'partial' : 'learn-why';
}

function scoreTerms(it: Commitment, terms: Terms, values: Values): number | null {
  if (terms.measures.length === 0) return it.status === 'done' ? 1 : 0;
  return progressOf(terms, values, (measure, value) => scoreMeasure(it, measure, value));
}

/** What is to be kept between two bounds scores the share of check-ins that stood there; all else, where it ended. */
function scoreMeasure(it: Commitment, measure: Measure, value: number | undefined): number | null {
  if (measure.direction !== 'keep-within') return measureProgress(measure, value);
  const inside = standingCheckIns(it.checkIns)
    .map(({ values }) => values[measure.key])
    .filter((said) => said !== undefined)
    .map((said) => measureProgress(measure, said))
    .filter((said) => said !== null);
  if (inside.length === 0) return measureProgress(measure, value);
  return inside.reduce((sum, said) => sum + said, 0) / inside.length;
}

function isKept(it: Commitment, terms: Terms, values: Values, zone: TimeZone): boolean {
  if (it.status !== 'done' || terms.due === null) return false;
  if (it.done.doneAt >= endOfDay(terms.due, zone)) return false;
  return terms.measures.every(
    (measure) =>
      (measure.weight ?? 1) <= 0 ||
      (stoodAt(it, measure, values[measure.key]) && isInTime(it, measure, zone)),
  );
}

/** Between two bounds every check-in counts; all else stands where it ended. */
const stoodAt = (it: Commitment, measure: Measure, value: number | undefined): boolean =>
  measure.direction === 'keep-within' ? scoreMeasure(it, measure, value) === 1 : isMet(measure, value);

/** A measure with a due of its own must have stood at its target by then. */
function isInTime(it: Commitment, measure: Measure, zone: TimeZone): boolean {
  if (measure.due === null || it.status !== 'done') return true;
  const end = endOfDay(measure.due, zone);
  if (it.done.doneAt < end) return true;
  return standingCheckIns(it.checkIns).some(
    ({ at, values }) => at < end && values[measure.key] !== undefined && isMet(measure, values[measure.key]),
  );
}
