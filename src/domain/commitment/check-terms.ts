import type { Fault } from '../outcome.ts';
import { daysBetween, isLocalDate } from '../rhythm/local-time.ts';
import { saidCriteria } from './criteria.ts';
import type { Measure, Terms, TermsChange } from './terms.ts';

/** Everything wrong with a change of terms, by field. */
export function checkChange(change: TermsChange): readonly Fault[] {
  const faults: Fault[] = [];
  if (change.statement !== undefined && change.statement.trim() === '') {
    faults.push({ path: 'change.statement', message: 'Write what is promised.' });
  }
  if (change.due !== undefined && (change.due === null || !isLocalDate(change.due))) {
    faults.push({ path: 'change.due', message: 'Give the due as a day, like 2026-09-30.' });
  }
  if (change.weight !== undefined && !isWeight(change.weight)) {
    faults.push({ path: 'change.weight', message: 'Weight is a whole number from 1 to 10.' });
  }
  const keys = new Set<string>();
  for (const [index, measure] of (change.measures ?? []).entries()) {
    const path = `change.measures[${index}]`;
    if (keys.has(measure.key))
      faults.push({ path: `${path}.key`, message: `Key ${measure.key} comes twice.` });
    keys.add(measure.key);
    if (![measure.baseline, measure.target].every((it) => it === null || Number.isFinite(it))) {
      faults.push({ path, message: `Baseline and target of "${measure.title}" must be numbers.` });
    }
    if (measure.due !== null && !isLocalDate(measure.due)) {
      faults.push({ path: `${path}.due`, message: `Due of "${measure.title}" is no day.` });
    }
  }
  return faults;
}

export function isWeight(weight: number): boolean {
  return Number.isInteger(weight) && weight >= 1 && weight <= 10;
}

/** Confidence is a whole percentage. */
export function isConfidence(confidence: number | null | undefined): confidence is number {
  return (
    typeof confidence === 'number' && Number.isInteger(confidence) && confidence >= 0 && confidence <= 100
  );
}

/** Names of the fields in which two terms differ; order of measures does not count. */
export function differingFields(before: Terms, after: Terms): readonly (keyof Terms)[] {
  return (Object.keys(after) as (keyof Terms)[]).filter(
    (field) => canonical(said(before, field)) !== canonical(said(after, field)),
  );
}

/** No words at all are as good as none. */
const said = (terms: Terms, field: keyof Terms): unknown =>
  field === 'criteria' ? saidCriteria(terms.criteria) : terms[field];

/**
 * Largest share of the way that a change takes out of a number's target, 0-1: (old - new) / (old - baseline), by
 * direction. A measure that is dropped is eased wholly. Tightening counts as 0 (tracking.md M3).
 */
export function easedBy(before: Terms, after: Terms): number {
  return before.measures.reduce((most, measure) => Math.max(most, easing(measure, after.measures)), 0);
}

/** Days by which the due moves later; 0 when it stays or moves earlier. */
export function daysSlipped(before: Terms, after: Terms): number {
  if (before.due === null || after.due === null) return 0;
  return Math.max(0, daysBetween(before.due, after.due));
}

function easing(measure: Measure, after: readonly Measure[]): number {
  if ((measure.weight ?? 1) <= 0) return 0;
  const now = after.find(({ key }) => key === measure.key);
  if (now === undefined) return 1;
  if (measure.baseline === null || measure.target === null || now.target === null) return 0;
  const way = measure.target - measure.baseline;
  return way === 0 ? 0 : Math.min(1, Math.max(0, (measure.target - now.target) / way));
}

/** True when two measures say the same. */
export function sameMeasure(a: Measure, b: Measure): boolean {
  return canonical(a) === canonical(b);
}

/** Equal for values that say the same: keys sorted, measures by key. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, it: unknown) => {
    if (Array.isArray(it) && it.every(isKeyed)) {
      return [...it].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    }
    if (typeof it !== 'object' || it === null || Array.isArray(it)) return it;
    return Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function isKeyed(it: unknown): it is { key: string } {
  return typeof it === 'object' && it !== null && 'key' in it && typeof it.key === 'string';
}
