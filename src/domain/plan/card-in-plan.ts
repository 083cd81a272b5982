import type { Plan, PlanDependency, PlanObjective } from './plan.ts';

/** What a plan says of one of its cards, in words for a list: for who does not see the canvas, or came for this card. */
export interface CardInPlan {
  readonly kind: 'Objective' | 'Dependency' | 'Priority';
  readonly title: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}

/** The card with this key; null when it is not in the plan. Days are given as `YYYY-MM-DD` to `day`. */
export function cardInPlan(plan: Plan, key: string, day: (on: string) => string): CardInPlan | null {
  const objective = plan.objectives.find((it) => it.key === key);
  if (objective !== undefined) return ofObjective(plan, objective, day);
  const dependency = plan.dependencies.find((it) => it.key === key);
  if (dependency !== undefined) return ofDependency(plan, dependency, day);
  const priority = plan.priorities.find((it) => it.key === key);
  if (priority === undefined) return null;
  return { kind: 'Priority', title: priority.title, facts: said([['Why', priority.why]]) };
}

function ofObjective(plan: Plan, it: PlanObjective, day: (on: string) => string): CardInPlan {
  return {
    ...{ kind: 'Objective', title: it.title },
    facts: said([
      ['Team', nameIn(plan.teams, it.team)],
      ['Owner', nameIn(plan.people, it.owner)],
      ['Due', it.due === null ? (it.dueText ?? '') : day(it.due)],
      ['In the plan', { draft: 'draft', 'in-plan': 'yes', 'not-doing': 'not doing' }[it.status]],
      ['Weight', String(it.weight)],
      ['Business value', it.businessValue === null ? '' : String(it.businessValue)],
      ['Done means', it.doneMeans],
      ['Why', it.why],
    ]),
  };
}

function ofDependency(plan: Plan, it: PlanDependency, day: (on: string) => string): CardInPlan {
  const needing = plan.objectives.find(({ key }) => key === it.objective)?.title ?? '';
  const giving = plan.objectives.find(({ key }) => key === it.on.objective)?.title ?? '';
  return {
    ...{ kind: 'Dependency', title: it.what },
    facts: said([
      ['Needs it', nameIn(plan.teams, it.fromTeam)],
      ['For', needing],
      ['Gives it', nameIn(plan.teams, it.on.team)],
      ['With', giving],
      ['Needed by', it.neededBy === null ? '' : day(it.neededBy)],
    ]),
  };
}

const nameIn = (all: Plan['teams'], key: string | null): string =>
  key === null ? '' : (all.find((it) => it.key === key)?.name ?? key);

const said = (facts: readonly (readonly [string, string])[]): CardInPlan['facts'] =>
  facts.filter(([, value]) => value !== '').map(([label, value]) => ({ label, value }));
