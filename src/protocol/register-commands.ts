import { z } from 'zod';
import { assumptionAreas, checkCadences } from '../domain/assumption/assumption.ts';
import { causeCodes } from '../domain/commitment/commitment.ts';
import { decisionKinds } from '../domain/decision/decision.ts';
import { signalAreas } from '../domain/strategy/outside-signal.ts';
import { zones } from '../domain/strategy/strategy-frame.ts';
import { triageOrigins } from '../domain/triage/triage-item.ts';
import type { RegisterKind } from './views/registers.ts';

/** What can be sent to a register: pages, API and sessions read these shapes, the domain decides on what they hold. */

const id = z.uuid();
const someone = z.uuid('Choose a person of the organisation.');
const line = z.string().max(1_000, 'This is too long: 1,000 characters at most.');
const text = z.string().max(20_000, 'This is too long: 20,000 characters at most.');
const day = z.string().max(10).nullable();
const amount = z.number('Give a number.').nullable();
const many = <T extends z.ZodType>(item: T) => z.array(item).max(200);
/** The state's version that was looked at; a later one is refused. */
const version = z.number().int().optional();

const place = { board: id.nullable(), key: line.nullable(), team: id.nullable() };
const optional = <T extends z.ZodRawShape>(shape: T) => z.strictObject(shape).partial();

const aboutNothing = 'Choose the promises it touches: what it sets is about them.';
const metricRule = z.strictObject({
  commitment: id,
  measure: line,
  holdsWhile: z.enum(['at-least', 'at-most']),
  value: z.number('Give the value.'),
});

const decisionFacts = {
  question: line,
  kind: z.enum(decisionKinds),
  options: many(z.strictObject({ text, for: text, against: text, cost: text })),
  decider: someone,
  consulted: many(someone),
  informed: many(someone),
  neededBy: day,
  reversible: z.boolean().nullable(),
  affects: many(id),
  supersedes: id.nullable(),
  triggerAssumption: id.nullable(),
  triggerMetric: metricRule.nullable(),
  trigger: text,
  sets: many(z.strictObject({ objectId: z.uuid(aboutNothing), field: line, value: line })),
};
const verdict = {
  chosen: text,
  rationale: text,
  dissent: text,
  confidence: amount,
  expectedSignal: text,
  revisitOn: day,
  inForceFrom: day,
};
const assumptionFacts = {
  statement: line,
  area: z.enum(assumptionAreas),
  loadBearing: z.number(),
  vulnerability: z.number(),
  affects: many(id),
  signpost: z.discriminatedUnion(
    'kind',
    [
      z.strictObject({ kind: z.literal('none') }),
      z.strictObject({ kind: z.literal('metric'), ...metricRule.shape }),
      z.strictObject({ kind: z.literal('event'), on: z.string().max(10), what: text }),
      z.strictObject({ kind: z.literal('question'), person: someone, text }),
    ],
    'Watch one thing: a measure, a day, or a question to somebody.',
  ),
  cadence: z.enum(checkCadences),
  nextCheck: day,
  owner: someone.nullable(),
  shaping: text,
  hedge: text,
  confidence: amount,
};
const riskFacts = {
  title: line,
  detail: text,
  sign: z.enum(['risk', 'opportunity']),
  probability: amount,
  affects: many(id),
  trigger: text,
  reviewOn: day,
};
const triageFacts = {
  title: line,
  kind: z.enum(['issue', 'opportunity']),
  detail: text,
  origin: z.enum(triageOrigins),
  originId: id.nullable(),
  weight: z.number(),
  affects: many(id),
};
const change = z.strictObject({
  kind: z.enum(['decision', 'commitment', 'triage-item', 'text']),
  id: id.nullable(),
  text,
});
const signalFacts = {
  text: line,
  area: z.enum(signalAreas),
  assumption: id.nullable(),
  affects: many(id),
};
const frameFacts = {
  title: line,
  ...({ whereTo: text, opportunities: text, markets: text, capabilities: text, outcomes: text } as const),
  priorities: many(z.strictObject({ zone: z.enum(zones), board: id, key: line, title: line })),
};
const reason = { reason: text };

/** One act: what it does in a sentence, and what it takes. */
export interface RegisterAct {
  readonly summary: string;
  readonly body: z.ZodObject;
}

/** One register: how an entry is opened, and what can be done with one. */
export interface RegisterShape {
  /** Path of the API and of the pages. */
  readonly path: string;
  /** The domain's name of the command that opens one. */
  readonly opens: string;
  readonly create: RegisterAct;
  readonly acts: Readonly<Record<string, RegisterAct>>;
}

const act = (summary: string, shape: z.ZodRawShape): RegisterAct => ({
  summary,
  body: z.strictObject({ version, ...shape }),
});
const amend = (facts: z.ZodRawShape): RegisterAct => ({
  summary: 'Changes what is written, while it is open.',
  body: optional({ version, ...facts }),
});

export const registerShapes: Readonly<Record<RegisterKind, RegisterShape>> = {
  decision: {
    path: 'decisions',
    opens: 'open',
    create: {
      summary: 'Opens a question for one decider; with `chosen` it is taken at once (the 30 s form).',
      body: optional({ ...decisionFacts, ...verdict, ...place }).required({ question: true }),
    },
    acts: {
      amend: amend(decisionFacts),
      decide: {
        summary: 'The decider takes the decision; from then on it never changes.',
        body: optional({ version, ...verdict }).required({ chosen: true }),
      },
      'fill-in': {
        summary: 'Fills in what was left empty when it was taken.',
        body: optional({ version, ...verdict, ...decisionFacts }).omit({
          ...({ chosen: true, inForceFrom: true, question: true, kind: true } as const),
          ...({ decider: true, neededBy: true, supersedes: true } as const),
        }),
      },
      withdraw: act('The question is withdrawn.', reason),
      reaffirm: act('Looked at again, and it stands.', { ...reason, revisitOn: day.optional() }),
      reverse: act('Taken back; soon after it was taken this is thrash.', reason),
    },
  },
  assumption: {
    path: 'assumptions',
    opens: 'assume',
    create: {
      summary: 'Writes down something the plan takes for granted.',
      body: optional({ ...assumptionFacts, ...place }).required({ statement: true }),
    },
    acts: {
      amend: amend(assumptionFacts),
      check: act('Somebody looked: it holds, or it is doubtful.', {
        answer: z.enum(['holds', 'doubtful'], 'Say whether it holds.'),
        text: text.optional(),
        confidence: amount.optional(),
        nextCheck: day.optional(),
      }),
      invalidate: act('It failed: every promise that rests on it must be answered.', reason),
      retire: act('Nobody needs it any more.', reason),
    },
  },
  risk: {
    path: 'risks',
    opens: 'raise',
    create: {
      summary: 'Writes down what may happen, for worse (`risk`) or better (`opportunity`).',
      body: optional({ ...riskFacts, ...place }).required({ title: true }),
    },
    acts: {
      amend: amend(riskFacts),
      own: act('Somebody owns it, and looks again on a day.', {
        owner: someone.nullish(),
        followUp: day.optional(),
      }),
      mitigate: act('Something is done about it.', {
        plan: text,
        todos: many(line).optional(),
        reviewOn: day.optional(),
      }),
      accept: act('It is accepted, by somebody, for a reason, until a day.', {
        ...reason,
        reviewOn: day,
        acceptedBy: someone.nullish(),
      }),
      resolve: act('It is no longer one.', reason),
      happen: act('It happened: from now on it is an issue in triage.', { what: text }),
      reopen: act('It is open again.', reason),
    },
  },
  'triage-item': {
    path: 'triage',
    opens: 'raise',
    create: {
      summary: 'Raises an issue or an opportunity with a team.',
      body: optional({ ...triageFacts, ...place }).required({ title: true }),
    },
    acts: {
      amend: amend(triageFacts),
      place: act('Its team places it: now, later, not ours.', {
        where: z.enum(['now', 'later', 'not-ours'], 'Choose now, later or not ours.'),
        reason: text.optional(),
      }),
      'hand-over': act('Hands it to another team.', { team: z.uuid('Choose a team.') }),
      assess: act('What was found.', { text, weight: amount.optional() }),
      collaborate: act('Who works on it together.', { people: many(someone), text: text.optional() }),
      act: act('Who acts, and by when.', { owner: someone, by: day, text: text.optional() }),
      close: act('Ends in a decision, a commitment, or for a reason.', {
        decision: id.nullish(),
        commitment: id.nullish(),
        reason: text.optional(),
      }),
      reopen: act('It is open again.', reason),
      rank: act('Puts it before another one of its list; null = last.', { before: id.nullable() }),
    },
  },
  interrupt: {
    path: 'interrupts',
    opens: 'report',
    create: {
      summary: 'Urgent work, what it displaces and what that costs.',
      body: optional({
        what: line,
        displaced: z.uuid('Say which commitment it displaces.'),
        effort: amount,
        requestedBy: line,
        costDays: amount,
        costWeight: amount,
        ...place,
      }).required({ what: true, displaced: true }),
    },
    acts: {
      finish: act('It is done.', { reason: text.optional(), costDays: amount.optional() }),
      stop: act('It is stopped.', reason),
    },
  },
  learning: {
    path: 'learnings',
    opens: 'learn',
    create: {
      summary: 'What was learned, from what, and what changed because of it.',
      body: optional({
        sentence: line,
        cause: z.enum(causeCodes).nullable(),
        fromKind: line.nullable(),
        fromId: id.nullable(),
        change: change.nullable(),
        affects: many(id),
        ...place,
      }).required({ sentence: true }),
    },
    acts: { 'link-change': act('Links what changed.', { change }) },
  },
  'outside-signal': {
    path: 'signals',
    opens: 'notice',
    create: {
      summary: 'Something seen outside that may change the plan: market, customers, technology, competitors.',
      body: optional({ ...signalFacts, ...place }).required({ text: true }),
    },
    acts: {
      amend: amend(signalFacts),
      close: act('What came of it.', reason),
      reopen: act('It is open again.', reason),
    },
  },
  'strategy-frame': {
    path: 'strategy',
    opens: 'frame',
    create: {
      summary: 'Where to, opportunities, markets, capabilities, outcomes; the one before it ends.',
      body: optional({ ...frameFacts, ...place }).required({ title: true }),
    },
    acts: { amend: amend(frameFacts) },
  },
};
