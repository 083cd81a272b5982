import { z } from 'zod';
import { id, localDate, text } from './basic.ts';

/** The state's version that was looked at; a later one is refused, so that nobody answers what has changed meanwhile. */
const version = z.number().int().optional();
const person = id;
const date = localDate;
const key = z.string().min(1).max(200);
const reason = text;

/** Bodies of the moves of an ask (tracking.md T5). Who may make each, and when, is decided by the domain. */
export const dependencyBodies = {
  send: {
    summary: 'The requester asks, and may say how it will know that it has it.',
    body: z.strictObject({ version, acceptanceTest: text.optional() }),
  },
  accept: {
    summary: 'The provider agrees: who delivers it, and by when.',
    body: z.strictObject({
      version,
      person: person.optional(),
      date: date.optional(),
      servedBy: key.nullable().optional(),
      confidence: z.number().min(0).max(100).nullable().optional(),
    }),
  },
  counter: {
    summary: 'Another date or scope.',
    body: z.strictObject({
      version,
      date: date.nullable().optional(),
      scope: text.optional(),
      person: person.nullable().optional(),
      decisionId: id.nullable().optional(),
    }),
  },
  'accept-counter': {
    summary: 'The other side takes the counter-offer.',
    body: z.strictObject({ version, person: person.optional(), servedBy: key.nullable().optional() }),
  },
  decline: { summary: 'The provider says no, and why.', body: z.strictObject({ version, reason }) },
  withdraw: {
    summary: 'The requester takes the ask back.',
    body: z.strictObject({ version, reason: reason.optional() }),
  },
  flag: {
    summary: 'The provider warns that it may be late.',
    body: z.strictObject({ version, date: date.nullable().optional(), why: text }),
  },
  unflag: { summary: 'The provider takes the warning back.', body: z.strictObject({ version, why: text }) },
  deliver: { summary: 'The provider has delivered.', body: z.strictObject({ version, evidence: text }) },
  confirm: { summary: 'The requester confirms the delivery.', body: z.strictObject({ version }) },
  reject: { summary: 'The requester says what is missing.', body: z.strictObject({ version, reason }) },
  renege: {
    summary: 'The provider takes the agreement back, and why.',
    body: z.strictObject({ version, reason }),
  },
  release: {
    summary: 'The requester no longer needs it.',
    body: z.strictObject({ version, reason: reason.optional() }),
  },
  renegotiate: {
    summary: 'Either side proposes another date or scope for what was agreed.',
    body: z.strictObject({ version, date: date.nullable().optional(), scope: text.optional() }),
  },
  choose: {
    summary: 'After a no: re-plan, escalate, take it as a risk, or find another provider.',
    body: z.strictObject({
      version,
      choice: z.enum(['re-plan', 'escalate', 'own-as-risk', 'other-provider']),
      text: text,
      owner: person.nullable().optional(),
      decisionId: id.nullable().optional(),
    }),
  },
  'own-as-risk': {
    summary: 'A named owner takes the open need as a risk.',
    body: z.strictObject({ version, owner: person.optional(), text: text }),
  },
  'say-yes-aloud': {
    summary: 'Somebody said yes in the room; it stays asked.',
    body: z.strictObject({ version }),
  },
  'serve-by': {
    summary: "Names the provider's objective that delivers it.",
    body: z.strictObject({ version, servedBy: key.nullable() }),
  },
} as const;
