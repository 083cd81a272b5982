import { z } from 'zod';
import type * as plan from '#domain/plan/plan.ts';
import { dateOut } from './basic.ts';

/** Schemas of src/domain/plan/plan.ts; `satisfies` keeps the two in step. */
const namedKey = z.object({ key: z.string(), name: z.string() });

export const planMeasure = z
  .object({
    key: z.string(),
    title: z.string(),
    kind: z.enum(['number', 'milestone', 'deliverable', 'habit']),
    unit: z.string(),
    baseline: z.number().nullable(),
    target: z.number().nullable(),
    direction: z.enum(['up', 'down', 'keep-within', 'reach']),
    due: dateOut.nullable(),
    owner: z.string().nullable(),
    done: z.boolean(),
    helpWanted: z.boolean(),
  })
  .readonly()
  .meta({ id: 'PlanMeasure' }) satisfies z.ZodType<plan.PlanMeasure>;

const planObjective = z
  .object({
    key: z.string(),
    title: z.string(),
    summary: z.string(),
    why: z.string(),
    team: z.string().nullable(),
    owner: z.string().nullable(),
    contributors: z.array(z.string()).readonly(),
    priority: z.string().nullable(),
    status: z.enum(['draft', 'in-plan', 'not-doing']),
    promise: z.enum(['firm', 'stretch']),
    flagship: z.boolean(),
    due: dateOut.nullable(),
    dueText: z.string().nullable(),
    weight: z.number(),
    effort: z.number().nullable(),
    businessValue: z.number().nullable(),
    doneMeans: z.string(),
    link: z.string().nullable(),
    measures: z.array(planMeasure).readonly(),
  })
  .readonly()
  .meta({ id: 'PlanObjective' }) satisfies z.ZodType<plan.PlanObjective>;

const planDependency = z
  .object({
    key: z.string(),
    objective: z.string().nullable(),
    fromTeam: z.string().nullable(),
    on: z.object({ team: z.string().nullable(), objective: z.string().nullable() }),
    what: z.string(),
    detail: z.string(),
    size: z.enum(['small', 'medium', 'large']).nullable(),
    neededBy: dateOut.nullable(),
    hardness: z.enum(['hard', 'soft']),
    state: z.string().nullable(),
  })
  .readonly()
  .meta({ id: 'PlanDependency' }) satisfies z.ZodType<plan.PlanDependency>;

export const planView = z
  .object({
    title: z.string(),
    period: z.object({ label: z.string(), start: dateOut, end: dateOut }).nullable(),
    teams: z.array(namedKey).readonly(),
    people: z.array(namedKey).readonly(),
    priorities: z
      .array(z.object({ key: z.string(), title: z.string(), why: z.string(), rank: z.number().nullable() }))
      .readonly(),
    objectives: z.array(planObjective).readonly(),
    dependencies: z.array(planDependency).readonly(),
  })
  .readonly()
  .meta({ id: 'Plan' }) satisfies z.ZodType<plan.Plan>;

export const planProblem = z
  .object({
    code: z.string(),
    severity: z.enum(['blocking', 'warning']),
    message: z.string(),
    key: z.string().nullable(),
    about: z.enum(['priority', 'objective', 'dependency', 'team']).optional(),
    recordId: z.string().nullable().optional(),
  })
  .readonly()
  .meta({ id: 'PlanProblem' }) satisfies z.ZodType<plan.PlanProblem>;
