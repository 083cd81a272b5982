import type {
  Plan,
  PlanDependency,
  PlanMeasure,
  PlanObjective,
  PlanPriority,
} from '../../src/domain/plan/plan.ts';

/** Builders of plan values: whole and without a problem unless said otherwise; the key is the title. */
export const aPlan = (over: Partial<Plan> = {}): Plan => ({
  title: 'Plan',
  period: null,
  teams: [],
  people: [],
  priorities: [],
  objectives: [],
  dependencies: [],
  ...over,
});

export const aPriority = (key: string, over: Partial<PlanPriority> = {}): PlanPriority => ({
  ...{ key, title: key, why: '', rank: null },
  ...over,
});

export const aMeasure = (key: string, over: Partial<PlanMeasure> = {}): PlanMeasure => ({
  key,
  title: key,
  kind: 'deliverable',
  unit: '',
  baseline: null,
  target: null,
  direction: 'reach',
  due: null,
  owner: null,
  done: false,
  helpWanted: false,
  ...over,
});

/** Owned by ana of team core, due on 28 February 2026, in the plan, one measure. */
export const anObjective = (key: string, over: Partial<PlanObjective> = {}): PlanObjective => ({
  key,
  title: key,
  summary: '',
  why: '',
  team: 'core',
  owner: 'ana',
  contributors: [],
  priority: null,
  status: 'in-plan',
  promise: 'firm',
  flagship: false,
  due: '2026-02-28',
  dueText: null,
  weight: 3,
  effort: null,
  businessValue: null,
  doneMeans: '',
  link: null,
  measures: [aMeasure(`${key}/m0`)],
  ...over,
});

/** A hard need of team core, asked of team infra. */
export const aDependency = (
  key: string,
  objective: string | null,
  over: Partial<PlanDependency> = {},
): PlanDependency => ({
  key,
  objective,
  fromTeam: 'core',
  on: { team: 'infra', objective: null },
  what: key,
  detail: '',
  size: null,
  neededBy: null,
  hardness: 'hard',
  state: null,
  ...over,
});
