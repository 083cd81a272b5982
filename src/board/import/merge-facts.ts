import { cleanText } from '../../domain/plan/clean-text.ts';
import { measureId, type PlanFile } from '../../domain/plan/format/plan-file.ts';
import type { PlanMeasure, PlanObjective, PlanPriority } from '../../domain/plan/plan.ts';
import { greatestKey, keysBetween } from '../order-keys.ts';
import { sameJson } from '../same-json.ts';
import { isSafeUrl } from '../schema/safe-url.ts';
import type { MeasureProps, ObjectiveProps, PriorityProps } from '../schema/shapes.ts';

/** Facts after a merge, and the names of those that changed. */
export interface Merged<Props> {
  readonly props: Props;
  readonly fields: readonly string[];
}

/** Texts are equal when they read the same. */
const same = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' ? cleanText(a) === b : sameJson(a, b);

function merge<Props extends object>(props: Props, facts: Partial<Props>): Merged<Props> {
  const fields = Object.entries(facts).filter(([name, fact]) => !same(props[name as keyof Props], fact));
  return { props: { ...props, ...Object.fromEntries(fields) }, fields: fields.map(([name]) => name) };
}

/** All facts of an objective as props; measures aside. An address the canvas could not open is left out. */
export const objectiveFacts = (
  objective: PlanObjective,
): Omit<ObjectiveProps, 'w' | 'h' | 'team' | 'measures'> => {
  const { key: _key, team: _team, measures: _measures, summary, link, contributors, ...facts } = objective;
  return {
    ...facts,
    contributors: [...contributors],
    notes: summary,
    link: link !== null && isSafeUrl(link) ? link : null,
  };
};

export const newMeasures = (measures: readonly PlanMeasure[]): MeasureProps[] => {
  const orders = keysBetween(null, null, measures.length);
  return measures.map((measure, index) => ({ ...measure, order: orders[index] ?? 'a0' }));
};

/** Brings a card's facts to those the file gives; what it does not speak of stays. */
export function mergeObjective(
  props: ObjectiveProps,
  objective: PlanObjective,
  given: PlanFile['given'],
): Merged<ObjectiveProps> {
  const says = given.objectives.get(objective.key) ?? new Set<string>();
  const { dueText, ...facts } = objectiveFacts(objective);
  const named = Object.entries(facts).filter(([name]) => says.has(name === 'notes' ? 'summary' : name));
  const due = says.has('due') || says.has('dueText') ? { due: facts.due, dueText } : {};
  const merged = merge<ObjectiveProps>(props, { ...Object.fromEntries(named), ...due });
  const measures = mergeMeasures(props.measures, objective, given);
  const changed = !sameJson(measures, props.measures);
  return {
    props: changed ? { ...merged.props, measures } : merged.props,
    fields: changed ? [...merged.fields, 'measures'] : merged.fields,
  };
}

function mergeMeasures(
  held: readonly MeasureProps[],
  objective: PlanObjective,
  given: PlanFile['given'],
): MeasureProps[] {
  const file = new Map(objective.measures.map((measure) => [measure.key, measure]));
  const kept = held.map((measure) => {
    const says = given.measures.get(measureId(objective.key, measure.key));
    const facts = Object.entries(file.get(measure.key) ?? {}).filter(([name]) => says?.has(name) ?? false);
    return merge(measure, Object.fromEntries(facts) as Partial<MeasureProps>).props;
  });
  const known = new Set(held.map((measure) => measure.key));
  const added = objective.measures.filter((measure) => !known.has(measure.key));
  const orders = keysBetween(greatestKey(held.map((measure) => measure.order)), null, added.length);
  return [...kept, ...added.map((measure, index) => ({ ...measure, order: orders[index] ?? 'a0' }))];
}

export function mergePriority(
  props: PriorityProps,
  { key, ...facts }: PlanPriority,
  given: PlanFile['given'],
): Merged<PriorityProps> {
  const says = given.priorities.get(key);
  const named = Object.entries(facts).filter(([name]) => says?.has(name) ?? false);
  return merge(props, Object.fromEntries(named) as Partial<PriorityProps>);
}
