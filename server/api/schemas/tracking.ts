import { z } from 'zod';
import type * as views from '#protocol/views/tracking.ts';
import { dateOut, id, instant } from './basic.ts';
import { planMeasure } from './plan.ts';

/** Schemas of src/protocol/views/tracking.ts; `satisfies` keeps the two in step. */
const displayState = z.enum([
  'proposed',
  'not-accepted',
  'parked',
  'declined',
  'pending',
  'on',
  'risk',
  'off',
  'stale',
  'unrated',
  'done',
  'done-late',
  'missed',
  'dropped',
  'carried',
]);
export const reportedStatus = z.enum(['on', 'risk', 'off']);

const slotFields = z.object({
  id,
  number: z.number(),
  label: z.string(),
  state: z.enum(['upcoming', 'open', 'due', 'late', 'missed', 'filled', 'excused']),
  opensAt: instant,
  dueAt: instant,
  graceEndsAt: instant,
  filled: z.enum(['on-time', 'late', 'imported']).nullable(),
});
const plannedSlot = slotFields
  .extend({ countsFor: z.string().nullable() })
  .readonly()
  .meta({ id: 'Slot' }) satisfies z.ZodType<views.PlannedSlotView>;

export const adherence = z
  .object({
    onTime: z.number(),
    late: z.number(),
    expected: z.number(),
    rate: z.number().nullable(),
  })
  .readonly() satisfies z.ZodType<views.Adherence>;

export const blocker = z.object({
  kind: z.string(),
  text: z.string(),
  owner: z.string().nullable(),
  by: z.string().nullable(),
});

const checkInView = z
  .object({
    id,
    slotNumber: z.number().nullable(),
    byId: id.nullable(),
    byName: z.string(),
    at: instant,
    via: z.string(),
    status: reportedStatus.nullable(),
    confidence: z.number().nullable(),
    values: z.record(z.string(), z.number()),
    progress: z.number().nullable(),
    whatChanged: z.string(),
    nextStep: z.string(),
    blocker: blocker.nullable(),
    helpWanted: z.string(),
    link: z.string().nullable(),
    revises: z.string().nullable(),
  })
  .readonly()
  .meta({ id: 'CheckIn' }) satisfies z.ZodType<views.CheckInView>;

const commitmentFields = {
  id,
  boardId: id.nullable(),
  boardTitle: z.string().nullable(),
  objectKey: z.string(),
  statement: z.string(),
  ownerId: id.nullable(),
  teamId: id.nullable(),
  status: z.string(),
  display: displayState,
  due: dateOut.nullable(),
  weight: z.number(),
  promise: z.enum(['firm', 'stretch']),
  progress: z.number().nullable(),
  reportedStatus: reportedStatus.nullable(),
  confidence: z.number().nullable(),
  lastCheckInAt: instant.nullable(),
  slot: plannedSlot.nullable(),
  version: z.number(),
  waitingOn: z
    .array(
      z
        .object({
          id: id.nullable(),
          question: z.string(),
          deciderId: id.nullable(),
          neededBy: dateOut.nullable(),
          overdue: z.boolean(),
        })
        .readonly(),
    )
    .readonly(),
  basis: z.enum(['broken', 'doubtful', 'unknown']).nullable(),
};

export const commitmentRow = z
  .object(commitmentFields)
  .readonly()
  .meta({ id: 'Commitment' }) satisfies z.ZodType<views.CommitmentRow>;

const promiseView = z
  .object({
    version: z.number(),
    at: instant,
    statement: z.string(),
    due: dateOut.nullable(),
    doneMeans: z.string(),
    weight: z.number(),
    confidence: z.number().nullable(),
    measures: z.array(planMeasure).readonly(),
    criteria: z
      .object({ on: z.string(), risk: z.string(), off: z.string(), stretch: z.string() })
      .readonly()
      .nullable(),
    reason: z.string().nullable(),
  })
  .readonly()
  .meta({ id: 'Promise' }) satisfies z.ZodType<views.PromiseView>;

export const historyLine = z
  .object({
    id: z.string(),
    type: z.string(),
    sentence: z.string(),
    byId: id.nullable(),
    byName: z.string(),
    onBehalfOf: z.string().nullable(),
    via: z.string(),
    at: instant,
    recordedAt: instant,
    reason: z.string().nullable(),
    decisionId: id.nullable(),
  })
  .readonly()
  .meta({ id: 'HistoryLine' }) satisfies z.ZodType<views.HistoryLine>;

const dependencyFields = {
  id,
  boardId: id,
  boardTitle: z.string().nullable(),
  objectKey: z.string(),
  what: z.string(),
  status: z.string(),
  word: z.string(),
  flags: z
    .array(
      z.enum([
        'unanswered',
        'at-risk',
        'late',
        'reopened',
        'escalated',
        'said-yes-aloud',
        'needs-choice',
        'confirm-overdue',
      ]),
    )
    .readonly(),
  timing: z.enum(['none', 'early', 'tight', 'late']),
  hard: z.boolean(),
  size: z.enum(['small', 'medium', 'large']).nullable(),
  requesterKey: z.string().nullable(),
  requesterTitle: z.string(),
  requesterTeamId: id.nullable(),
  requesterOwnerId: id.nullable(),
  providerTeamId: id.nullable(),
  providerPersonId: id.nullable(),
  servedBy: z.string().nullable(),
  neededBy: dateOut.nullable(),
  promisedFor: dateOut.nullable(),
  respondBy: instant.nullable(),
  slipDays: z.number(),
  rounds: z.number(),
  version: z.number(),
  moves: z.array(z.string()).readonly(),
};

export const dependencyRow = z
  .object(dependencyFields)
  .readonly()
  .meta({ id: 'Dependency' }) satisfies z.ZodType<views.DependencyRow>;

export const dependencyDetail = z
  .object({
    ...dependencyFields,
    detail: z.string(),
    acceptanceTest: z.string(),
    confidence: z.number().nullable(),
    servedByTitle: z.string().nullable(),
    riskOwnerId: id.nullable(),
    noticeDays: z.number().nullable(),
    history: z.array(historyLine).readonly(),
  })
  .readonly()
  .meta({ id: 'DependencyDetail' }) satisfies z.ZodType<views.DependencyDetail>;

export const commitmentDetail = z
  .object({
    ...commitmentFields,
    offered: promiseView.nullable(),
    baseline: promiseView.nullable(),
    versions: z.array(promiseView).readonly(),
    now: promiseView,
    values: z.record(z.string(), z.number()),
    slots: z.array(plannedSlot).readonly(),
    adherence,
    checkIns: z.array(checkInView).readonly(),
    history: z.array(historyLine).readonly(),
    earlier: z.number(),
    moves: z.array(z.string()).readonly(),
    needs: z.array(dependencyRow).readonly(),
    serves: z.array(dependencyRow).readonly(),
    snapshotId: id.nullable(),
    reviewerId: id.nullable(),
    sponsorId: id.nullable(),
    delegateId: id.nullable(),
    acknowledgedById: id.nullable(),
    chain: z.object({
      predecessorId: id.nullable(),
      carryCount: z.number(),
      successorId: id.nullable(),
    }),
    explanation: z
      .object({
        state: z.enum(['explained', 'awaited', 'unexplained']),
        cause: z.string().nullable(),
        text: z.string(),
      })
      .readonly()
      .nullable(),
    bases: z
      .array(
        z.object({
          assumptionId: id.nullable(),
          statement: z.string(),
          at: instant,
          answerBy: instant,
          answer: z
            .object({
              choice: z.enum(['continue', 're-scope']),
              why: z.string(),
              byId: id.nullable(),
              at: instant,
            })
            .readonly()
            .nullable(),
        }),
      )
      .readonly(),
    period: z.string().nullable(),
    periods: z
      .object({
        choices: z.array(z.object({ id, label: z.string() }).readonly()).readonly(),
        suggested: id.nullable(),
      })
      .readonly()
      .nullable(),
    frozenFrom: dateOut.nullable(),
  })
  .readonly()
  .meta({ id: 'CommitmentDetail' }) satisfies z.ZodType<views.CommitmentDetail>;
