import type { Plan, PlanDependency, PlanObjective } from './plan.ts';

/** A value of the plan as it can stand in a field. */
export type FieldValue = string | number | boolean | null | readonly string[];

export interface FieldChange {
  /** A field's name; `measures.<key>.<field>` inside a measure, `measures.<key>` for one that came or went (its title). */
  readonly field: string;
  readonly before: FieldValue;
  readonly after: FieldValue;
}

export interface PlanObjectRef {
  readonly kind: 'priority' | 'objective' | 'dependency';
  readonly key: string;
  readonly title: string;
  /** Team it belongs to: after the change, or before when it is gone. A dependency belongs to the team that needs. */
  readonly team: string | null;
}

/** What differs between two plans, by key. Each list is in order of kind and key. */
export interface PlanDiff {
  readonly added: readonly PlanObjectRef[];
  readonly removed: readonly PlanObjectRef[];
  /** Field by field; a change of an objective's team is in `moved` alone. */
  readonly changed: readonly (PlanObjectRef & { readonly fields: readonly FieldChange[] })[];
  readonly moved: readonly (PlanObjectRef & { readonly from: string | null; readonly to: string | null })[];
}

interface Entry extends PlanObjectRef {
  readonly facts: ReadonlyMap<string, FieldValue>;
}

/** Compares two plans of one board; objects are the same when their kind and key are. Neither order nor names count. */
export function diffPlans(before: Plan, after: Plan): PlanDiff {
  const old = entriesOf(before);
  const now = entriesOf(after);
  const both = [...now.values()].flatMap((entry) => {
    const was = old.get(idOf(entry));
    return was ? [{ was, entry }] : [];
  });
  return {
    added: [...now.values()].filter((entry) => !old.has(idOf(entry))).map(refOf),
    removed: [...old.values()].filter((entry) => !now.has(idOf(entry))).map(refOf),
    changed: both
      .map(({ was, entry }) => ({ ...refOf(entry), fields: diffFacts(was.facts, entry.facts) }))
      .filter(({ fields }) => fields.length > 0),
    moved: both
      .filter(({ was, entry }) => entry.kind === 'objective' && was.team !== entry.team)
      .map(({ was, entry }) => ({ ...refOf(entry), from: was.team, to: entry.team })),
  };
}

const idOf = ({ kind, key }: PlanObjectRef): string => `${kind}:${key}`;
const refOf = ({ kind, key, title, team }: Entry): PlanObjectRef => ({ kind, key, title, team });

function entriesOf(plan: Plan): Map<string, Entry> {
  const entries: Entry[] = [
    ...plan.priorities.map(({ key, ...facts }) => ({
      ...{ kind: 'priority' as const, key, title: facts.title, team: null },
      facts: new Map<string, FieldValue>(Object.entries(facts)),
    })),
    ...plan.objectives.map((objective) => ({
      ...{ kind: 'objective' as const, key: objective.key, title: objective.title, team: objective.team },
      facts: objectiveFacts(objective),
    })),
    ...plan.dependencies.map((dependency) => ({
      ...{
        kind: 'dependency' as const,
        key: dependency.key,
        title: dependency.what,
        team: dependency.fromTeam,
      },
      facts: dependencyFacts(dependency),
    })),
  ];
  const order = ['priority', 'objective', 'dependency'];
  entries.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.key < b.key ? -1 : 1));
  return new Map(entries.map((entry) => [idOf(entry), entry]));
}

function objectiveFacts({
  key: _key,
  team: _team,
  measures,
  ...facts
}: PlanObjective): Map<string, FieldValue> {
  const all = new Map<string, FieldValue>(Object.entries(facts));
  for (const { key, ...measure } of measures) {
    all.set(`measures.${key}`, measure.title);
    for (const [name, value] of Object.entries(measure)) all.set(`measures.${key}.${name}`, value);
  }
  return all;
}

/** `state` is the server's word, not the plan's, and `fromTeam` follows the objective. */
function dependencyFacts({ objective, on, what, detail, size, neededBy, hardness }: PlanDependency) {
  return new Map<string, FieldValue>(
    Object.entries({
      objective,
      'on.team': on.team,
      'on.objective': on.objective,
      what,
      detail,
      size,
      neededBy,
      hardness,
    }),
  );
}

function diffFacts(before: Entry['facts'], after: Entry['facts']): FieldChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const gone = (facts: Entry['facts'], name: string) => {
    const measure = /^(measures\..*)\.[^.]*$/.exec(name)?.[1];
    return measure !== undefined && !facts.has(name) && !facts.has(measure);
  };
  return names.flatMap((field) => {
    const [was, is] = [before.get(field) ?? null, after.get(field) ?? null];
    // A measure that came or went is one line, not one for each of its fields; a title's change is in `.title`.
    const isMeasure = before.has(`${field}.title`) || after.has(`${field}.title`);
    if (isMeasure && before.has(field) && after.has(field)) return [];
    if (!isMeasure && (gone(before, field) || gone(after, field))) return [];
    return sameValue(was, is) ? [] : [{ field, before: was, after: is }];
  });
}

const sameValue = (a: FieldValue, b: FieldValue): boolean =>
  a === b || (Array.isArray(a) && Array.isArray(b) && JSON.stringify(a) === JSON.stringify(b));
