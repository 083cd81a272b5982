import type { Plan, PlanDependency, PlanMeasure, PlanObjective } from '../plan.ts';
import { PLAN_FORMAT, type PlanFileRest, type PlanUpdate } from './plan-file.ts';
import type { Json, JsonObject } from './json.ts';

/** What a board does not hold but a file does. `states` are the server's, by dependency key. */
export type PlanFileExtra = Partial<Omit<PlanFileRest, 'unknown'>> & {
  readonly unknown?: Partial<PlanFileRest['unknown']>;
  readonly states?: Readonly<Record<string, string | null>>;
};

const statuses = { draft: 'proposed', 'in-plan': 'committed', 'not-doing': 'declined' } as const;

/**
 * The plan as a throughline-plan/1 value, ready for `JSON.stringify`. Read back by `parsePlanFile` it gives the same
 * plan; unknown fields of an imported file are put back where they were.
 */
export function writePlanFile(plan: Plan, extra: PlanFileExtra = {}): JsonObject {
  const unknown = extra.unknown ?? {};
  return {
    ...unknown.file,
    format: PLAN_FORMAT,
    title: plan.title,
    source: extra.source ?? null,
    organisation:
      extra.organisation === null ? null : { ...unknown.organisation, name: extra.organisation ?? null },
    period: plan.period && { ...unknown.period, ...plan.period },
    teams: plan.teams.map((team) => ({ ...at(unknown.teams, team.key), ...team })),
    people: plan.people.map((person) => ({ ...at(unknown.people, person.key), ...person })),
    priorities: plan.priorities.map((priority) => ({ ...at(unknown.priorities, priority.key), ...priority })),
    objectives: plan.objectives.map((objective) => ({
      ...at(unknown.objectives, objective.key),
      ...writeObjective(objective, unknown.measures?.[objective.key] ?? {}),
    })),
    dependencies: plan.dependencies.map((dependency) => ({
      ...at(unknown.dependencies, dependency.key),
      ...writeDependency(dependency, extra.states ?? {}),
    })),
    risks: extra.risks ?? [],
    decisions: extra.decisions ?? [],
    assumptions: extra.assumptions ?? [],
    updates: (extra.updates ?? []).map(writeUpdate),
  };
}

const at = (fields: Readonly<Record<string, JsonObject>> | undefined, key: string): JsonObject =>
  fields && Object.hasOwn(fields, key) ? (fields[key] ?? {}) : {};

function writeObjective(
  { status, measures, ...facts }: PlanObjective,
  unknown: Readonly<Record<string, JsonObject>>,
): JsonObject {
  return {
    ...facts,
    status: statuses[status],
    measures: measures.map((measure: PlanMeasure) => ({ ...at(unknown, measure.key), ...measure })),
  };
}

function writeDependency(
  { fromTeam, objective, ...facts }: PlanDependency,
  states: Readonly<Record<string, string | null>>,
): JsonObject {
  const state: Json = Object.hasOwn(states, facts.key) ? (states[facts.key] ?? null) : facts.state;
  // Who needs is the objective; a team is said only where an area's edge needs.
  return { ...facts, objective, state, ...(objective === null ? { fromTeam } : {}) };
}

const writeUpdate = ({ unknown, ...update }: PlanUpdate): JsonObject => ({ ...unknown, ...update });
