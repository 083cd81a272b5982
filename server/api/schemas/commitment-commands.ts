import { z } from 'zod';
import { causeCodes } from '#domain/commitment/commitment.ts';
import { id, localDate, text, title } from './basic.ts';
import { planMeasure } from './plan.ts';

/** The state's version that was looked at; a later one is refused, so that nobody answers what has changed meanwhile. */
const version = z.number().int().optional();
const person = id;
/** The owner, when a delegate speaks whom the owner named; shown for ever. */
const onBehalfOf = person.nullable().optional();
const base = { version, onBehalfOf };
const reason = text;
const link = z.string().max(2_000).nullable().optional();
const confidence = z.number().min(0).max(100);
const values = z.record(z.string().max(200), z.number());
const cause = z.enum(causeCodes);
const decision = { decisionId: id.nullable().optional(), decision: text.optional() };

/** What each status means for a promise, in its owner's words. */
const criteria = z.strictObject({ on: text, risk: text, off: text, stretch: text });

/** Terms that may be changed; what is absent stays. */
const change = z.strictObject({
  statement: z.string().min(1).max(1_000).optional(),
  why: text.optional(),
  doneMeans: text.optional(),
  due: localDate.nullable().optional(),
  promise: z.enum(['firm', 'stretch']).optional(),
  weight: z.number().int().min(1).max(10).optional(),
  effort: z.number().min(0).nullable().optional(),
  measures: z.array(planMeasure).max(100).optional(),
  criteria: criteria.optional(),
});

/** Bodies of the commands of a commitment (tracking.md T4). Who may give each, and when, is decided by the domain. */
export const commitmentBodies = {
  accept: {
    summary: 'Its owner, in person, makes it a promise; the baseline is frozen.',
    body: z.strictObject({
      ...base,
      confidence: confidence.nullable().optional(),
      fill: z
        .strictObject({
          due: localDate.optional(),
          period: id.optional(),
          doneMeans: text.optional(),
          weight: z.number().int().min(1).max(10).optional(),
          baselines: values.optional(),
          criteria: criteria.optional(),
        })
        .optional(),
    }),
  },
  'propose-change': {
    summary: 'The owner says yes, if this changes.',
    body: z.strictObject({ ...base, change, text }),
  },
  'agree-change': { summary: "The team's lead agrees to the proposed change.", body: z.strictObject(base) },
  'refuse-change': { summary: "The team's lead refuses it.", body: z.strictObject({ ...base, reason }) },
  decline: { summary: 'No, and why.', body: z.strictObject({ ...base, reason }) },
  park: { summary: 'Not now, and why.', body: z.strictObject({ ...base, reason }) },
  'undo-check-in': {
    summary: 'Takes a check-in of the last minutes back.',
    body: z.strictObject({ ...base, id }),
  },
  rescope: {
    summary: 'The owner changes the promise, with a reason; easing it needs a decision.',
    body: z.strictObject({
      ...base,
      change,
      reason: z.enum(['external-fact', 'learning', 'capacity-decision', 'error-fix']),
      text,
      ...decision,
    }),
  },
  'agree-rescope': {
    summary: 'Owner or sponsor agrees to a pending change.',
    body: z.strictObject({
      ...base,
      reason: z.enum(['external-fact', 'learning', 'capacity-decision', 'error-fix']).optional(),
      text: text.optional(),
      ...decision,
    }),
  },
  'refuse-rescope': { summary: 'Owner or sponsor refuses it.', body: z.strictObject({ ...base, reason }) },
  complete: {
    summary: 'The owner says that it is done, with the evidence.',
    body: z.strictObject({
      ...base,
      evidence: text,
      link,
      doneAt: z.number().optional(),
      values: values.optional(),
    }),
  },
  acknowledge: { summary: 'The reviewer acknowledges it.', body: z.strictObject(base) },
  reject: { summary: 'The reviewer says what is missing.', body: z.strictObject({ ...base, reason }) },
  miss: {
    summary: 'The owner says early that it will not land.',
    body: z.strictObject({ ...base, cause: cause.nullable().optional(), text: text.optional() }),
  },
  'give-cause': {
    summary: 'Why it ended as it did.',
    body: z.strictObject({ ...base, cause, text: text.optional() }),
  },
  drop: {
    summary: 'The owner drops it; says why and what that frees.',
    body: z.strictObject({ ...base, reason, frees: text, cause: cause.nullable().optional(), ...decision }),
  },
  carry: {
    summary: 'Into the next period, in a period-close session only.',
    body: z.strictObject({
      ...base,
      cause: cause.nullable().optional(),
      text: text.optional(),
      choice: z.enum(['split', 're-own']).optional(),
      /** With `re-own`: who is asked next. */
      owner: id.optional(),
      /** With `split`: what each part promises, two at least. */
      parts: z.array(title).max(10).optional(),
    }),
  },
  continue: {
    summary: 'The owner goes on although an assumption under it failed, and says why.',
    body: z.strictObject({ ...base, assumption: id.optional(), reason }),
  },
  reopen: { summary: 'Reviewer or administrator opens it again.', body: z.strictObject({ ...base, reason }) },
  correct: {
    summary: 'An administrator puts the record right; both values are kept.',
    body: z.strictObject({
      ...base,
      correction: z.discriminatedUnion('field', [
        z.strictObject({ field: z.literal('terms'), change }),
        z.strictObject({ field: z.literal('done-at'), doneAt: z.number() }),
        z.strictObject({
          field: z.literal('outcome'),
          outcome: z.enum(['done', 'missed']),
          doneAt: z.number().optional(),
        }),
      ]),
      note: text,
    }),
  },
  'hand-over': {
    summary: 'Hands it to another owner, who takes it over.',
    body: z.strictObject({ ...base, to: person }),
  },
  'take-over': { summary: 'The new owner takes it over.', body: z.strictObject(base) },
  'name-delegate': {
    summary: 'The owner names who may speak for them.',
    body: z.strictObject({ ...base, person: person.nullable() }),
  },
  contribute: {
    summary: 'The owner says which other promise it contributes to; no change of the promise.',
    body: z.strictObject({ ...base, to: id }),
  },
  'stop-contributing': {
    summary: 'The owner takes back what it contributes to.',
    body: z.strictObject({ ...base, to: id }),
  },
} as const;
