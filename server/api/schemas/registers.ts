import { z } from 'zod';
import { assumptionAreas } from '#domain/assumption/assumption.ts';
import { signalAreas } from '#domain/strategy/outside-signal.ts';
import { decisionKinds } from '#domain/decision/decision.ts';
import type * as views from '#protocol/views/registers.ts';
import { dateOut, id, instant } from './basic.ts';
import { historyLine } from './tracking.ts';

/** Schemas of src/protocol/views/registers.ts; `satisfies` keeps the two in step. */
const kinds = [
  'decision',
  'assumption',
  'risk',
  'triage-item',
  'interrupt',
  'learning',
  'outside-signal',
  'strategy-frame',
] as const;
const day = dateOut.nullable();
const number = z.number().nullable();

const common = {
  id,
  boardId: id.nullable(),
  objectKey: z.string().nullable(),
  title: z.string(),
  status: z.string(),
  flags: z.array(z.string()).readonly(),
  ownerId: id.nullable(),
  teamId: id.nullable(),
  raisedById: id.nullable(),
  createdAt: instant,
  closedAt: instant.nullable(),
  version: z.number(),
  commitments: z.array(id).readonly(),
  weight: z.number(),
};

const rowFields = {
  decision: {
    decisionKind: z.enum(decisionKinds),
    neededBy: day,
    decidedAt: instant.nullable(),
    chosen: z.string(),
    revisitOn: day,
    revisitSince: instant.nullable(),
    conflictsWith: z.array(id).readonly(),
  },
  assumption: {
    area: z.enum(assumptionAreas),
    loadBearing: z.number(),
    vulnerability: z.number(),
    priority: z.number(),
    nextCheck: day,
    confidence: number,
    askedId: id.nullable(),
  },
  risk: {
    sign: z.enum(['risk', 'opportunity']),
    probability: number,
    exposure: number,
    followUp: day,
    reviewOn: day,
  },
  'triage-item': {
    itemKind: z.enum(['issue', 'opportunity']),
    ownWeight: z.number(),
    rank: z.number(),
    actBy: day,
    origin: z.string(),
  },
  interrupt: {
    requestedBy: z.string(),
    effort: number,
    displacedId: id,
    displacedTitle: z.string(),
    costDays: number,
    costWeight: number,
  },
  learning: { cause: z.string().nullable(), change: z.string() },
  'outside-signal': { area: z.enum(signalAreas), assumptionId: id.nullable() },
  'strategy-frame': { answered: z.number() },
} as const;

const link = z
  .object({
    relation: z.string(),
    incoming: z.boolean(),
    kind: z.enum([...kinds, 'commitment', 'session', 'check-in']),
    id,
    title: z.string(),
    status: z.string(),
  })
  .readonly()
  .meta({ id: 'RegisterLink' }) satisfies z.ZodType<views.RegisterLink>;

const detailFields = {
  facts: z
    .array(z.object({ name: z.string(), label: z.string(), text: z.string() }))
    .readonly() satisfies z.ZodType<readonly views.RegisterFact[]>,
  fields: z.record(z.string(), z.unknown()),
  links: z.array(link).readonly(),
  place: z.object({ boardId: id, boardTitle: z.string(), key: z.string().nullable() }).nullable(),
  history: z.array(historyLine).readonly(),
  moves: z.array(z.string()).readonly(),
};

const names = {
  decision: 'Decision',
  assumption: 'Assumption',
  risk: 'Risk',
  'triage-item': 'TriageItem',
  interrupt: 'Interrupt',
  learning: 'Learning',
  'outside-signal': 'OutsideSignal',
  'strategy-frame': 'StrategyFrame',
} as const;

const rowOf = <K extends views.RegisterKind>(kind: K) =>
  z
    .object({ ...common, kind: z.literal(kind), ...rowFields[kind] })
    .readonly()
    .meta({ id: names[kind] });
const detailOf = <K extends views.RegisterKind>(kind: K) =>
  z
    .object({ ...common, kind: z.literal(kind), ...rowFields[kind], ...detailFields })
    .readonly()
    .meta({ id: `${names[kind]}Detail` });

export const registerRows = {
  decision: rowOf('decision') satisfies z.ZodType<views.DecisionRow>,
  assumption: rowOf('assumption') satisfies z.ZodType<views.AssumptionRow>,
  risk: rowOf('risk') satisfies z.ZodType<views.RiskRow>,
  'triage-item': rowOf('triage-item') satisfies z.ZodType<views.TriageRow>,
  interrupt: rowOf('interrupt') satisfies z.ZodType<views.InterruptRow>,
  learning: rowOf('learning') satisfies z.ZodType<views.LearningRow>,
  'outside-signal': rowOf('outside-signal') satisfies z.ZodType<views.OutsideSignalRow>,
  'strategy-frame': rowOf('strategy-frame') satisfies z.ZodType<views.StrategyFrameRow>,
};

export const registerDetails = {
  decision: detailOf('decision'),
  assumption: detailOf('assumption'),
  risk: detailOf('risk'),
  'triage-item': detailOf('triage-item'),
  interrupt: detailOf('interrupt'),
  learning: detailOf('learning'),
  'outside-signal': detailOf('outside-signal'),
  'strategy-frame': detailOf('strategy-frame'),
};

export const registerDue = z
  .object({
    rule: z.string(),
    kind: z.enum([...kinds, 'commitment']),
    id,
    title: z.string(),
    personId: id.nullable(),
    teamId: id.nullable(),
    since: dateOut,
    answerBy: dateOut.nullable(),
    weight: z.number(),
    commitments: z.array(id).readonly(),
  })
  .readonly()
  .meta({ id: 'RegisterDue' }) satisfies z.ZodType<views.RegisterDue>;

export const notDoingRow = z
  .object({
    id,
    boardId: id,
    boardTitle: z.string(),
    objectKey: z.string(),
    title: z.string(),
    reason: z.string(),
    byId: id.nullable(),
    at: instant,
  })
  .readonly()
  .meta({ id: 'NotDoing' }) satisfies z.ZodType<views.NotDoingRow>;
