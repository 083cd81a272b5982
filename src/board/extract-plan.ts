import type {
  NamedKey,
  Plan,
  PlanDependency,
  PlanMeasure,
  PlanObjective,
  PlanPeriod,
  PlanPriority,
  PlanProblem,
} from '../domain/plan/plan.ts';
import { cleanText } from '../domain/plan/clean-text.ts';
import { extractDependencies } from './extract-dependencies.ts';
import { compareText } from './flatten.ts';
import { planKey, type Keyed } from './plan-key.ts';
import { isArea, isObjective, isPriority, type BoardRecord } from './schema/records.ts';
import type { AreaShape, MeasureProps, ObjectiveShape, PriorityShape } from './schema/shapes.ts';
import { areaOf, indexRecords, teamOf, type RecordIndex } from './tree.ts';

export interface ExtractOptions {
  readonly title: string;
  readonly period: PlanPeriod | null;
  /** Names of the organisation's teams and people, by key; what is not in them is named by its area, or its key. */
  readonly teams?: readonly NamedKey[];
  readonly people?: readonly NamedKey[];
}

export interface ExtractedPlan {
  readonly plan: Plan;
  /** What could not be read as it stands; each names the object and the record to look at. All are warnings. */
  readonly problems: readonly PlanProblem[];
  /** Record id by plan key, to jump to a card. */
  readonly recordIds: {
    readonly teams: Readonly<Record<string, string>>;
    readonly priorities: Readonly<Record<string, string>>;
    readonly objectives: Readonly<Record<string, string>>;
    /** Of an arrow, or of the objective that carries the need as a chip. */
    readonly dependencies: Readonly<Record<string, string>>;
  };
}

/**
 * Reads the plan out of a board's records (board.md B3). Pure, deterministic (the order of `records` does not matter,
 * nor where cards lie) and total: what is malformed becomes a problem, never an exception. Give it the records of
 * `readRecords`, repaired or not.
 */
export function extractPlan(records: Iterable<BoardRecord>, options: ExtractOptions): ExtractedPlan {
  const index = indexRecords(records);
  const all = [...index.values()].sort((a, b) => compareText(a.id, b.id));
  const problems: PlanProblem[] = [];
  const priorities = unique(all.filter(isPriority), 'priority', problems);
  const objectives = unique(all.filter(isObjective), 'objective', problems);
  const found = extractDependencies(index, objectives, problems);
  const planned = byKey(objectives.map(({ key, shape }) => readObjective(index, key, shape)));
  const teams = nameTeams(all.filter(isArea), planned, found.dependencies, options.teams ?? []);
  const plan: Plan = {
    title: options.title,
    period: options.period,
    teams: teams.named,
    people: namePeople(planned, options.people ?? []),
    priorities: priorities.map(({ key, shape }) => readPriority(key, shape)).sort(byRank),
    objectives: planned,
    dependencies: found.dependencies,
  };
  return {
    plan,
    problems,
    recordIds: {
      teams: teams.ids,
      priorities: idsOf(priorities),
      objectives: idsOf(objectives),
      dependencies: found.recordIds,
    },
  };
}

/** Cards with a key of their own. Two with one key can be seen before a repair: the smaller id keeps it. */
function unique<S extends ObjectiveShape | PriorityShape>(
  shapes: readonly S[],
  kind: string,
  problems: PlanProblem[],
): Keyed<S>[] {
  const taken = new Set<string>();
  return shapes.flatMap((shape) => {
    const key = planKey(shape);
    if (!taken.has(key)) {
      taken.add(key);
      return [{ key, shape }];
    }
    problems.push({
      code: 'duplicate-key',
      severity: 'warning',
      message: `Two cards go by the ${kind} key ${key}; only one is in the plan.`,
      key,
      recordId: shape.id,
    });
    return [];
  });
}

const idsOf = (keyed: readonly Keyed<{ readonly id: string }>[]): Record<string, string> =>
  Object.fromEntries(keyed.map(({ key, shape }) => [key, shape.id]));

const byKey = <T extends { readonly key: string }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => compareText(a.key, b.key));

function byRank(a: PlanPriority, b: PlanPriority): number {
  return (a.rank ?? Infinity) === (b.rank ?? Infinity)
    ? compareText(a.key, b.key)
    : (a.rank ?? Infinity) - (b.rank ?? Infinity);
}

const readPriority = (key: string, { props }: PriorityShape): PlanPriority => ({
  key,
  title: cleanText(props.title),
  why: cleanText(props.why),
  rank: props.rank,
});

function readObjective(index: RecordIndex, key: string, shape: ObjectiveShape): PlanObjective {
  const { props } = shape;
  return {
    key,
    title: cleanText(props.title),
    summary: cleanText(props.notes),
    why: cleanText(props.why),
    team: teamOf(index, shape),
    owner: props.owner,
    contributors: props.contributors,
    priority: props.priority,
    status: areaOf(index, shape)?.props.kind === 'not-doing' ? 'not-doing' : props.status,
    promise: props.promise,
    flagship: props.flagship,
    due: props.due,
    dueText: props.dueText,
    weight: props.weight,
    effort: props.effort,
    businessValue: props.businessValue,
    doneMeans: cleanText(props.doneMeans),
    link: props.link === '' ? null : props.link,
    measures: props.measures.map(readMeasure),
  };
}

function readMeasure({ order: _order, ...facts }: MeasureProps): PlanMeasure {
  return { ...facts, title: cleanText(facts.title) };
}

/** Teams with an area, and those only named by a card or an ask. */
function nameTeams(
  areas: readonly AreaShape[],
  objectives: readonly PlanObjective[],
  dependencies: readonly PlanDependency[],
  known: readonly NamedKey[],
): { named: NamedKey[]; ids: Record<string, string> } {
  const names = new Map(known.map(({ key, name }) => [key, name]));
  const found = new Map<string, string>();
  const ids = new Map<string, string>();
  for (const { id, props } of areas) {
    if (props.team === null || found.has(props.team)) continue;
    found.set(props.team, names.get(props.team) ?? (cleanText(props.title) || props.team));
    ids.set(props.team, id);
  }
  const named = [
    ...objectives.map((objective) => objective.team),
    ...dependencies.flatMap((dependency) => [dependency.fromTeam, dependency.on.team]),
  ];
  for (const key of named) if (key !== null && !found.has(key)) found.set(key, names.get(key) ?? key);
  return { named: byKey([...found].map(([key, name]) => ({ key, name }))), ids: Object.fromEntries(ids) };
}

function namePeople(objectives: readonly PlanObjective[], known: readonly NamedKey[]): NamedKey[] {
  const names = new Map(known.map(({ key, name }) => [key, name]));
  const keys = new Set<string>();
  for (const { owner, contributors, measures } of objectives) {
    for (const key of [owner, ...contributors, ...measures.map((measure) => measure.owner)]) {
      if (key !== null) keys.add(key);
    }
  }
  return byKey([...keys].map((key) => ({ key, name: names.get(key) ?? key })));
}
