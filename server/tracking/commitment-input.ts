import { z } from 'zod';
import type { CommitmentCommand, CommitmentCommandType } from '#domain/commitment/command.ts';
import { causeCodes } from '#domain/commitment/commitment.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Succession } from './successors.ts';
import { number, person, readInput, text, version } from './read-input.ts';

const rescopeReason = z.enum(
  ['external-fact', 'learning', 'capacity-decision', 'error-fix'],
  'Choose why the promise changes.',
);
const cause = z.enum(causeCodes, 'Choose a cause from the list.');
const parent = z.uuid('Choose a promise from the list.');
const values = z.record(z.string(), number);
const decision = { decisionId: z.uuid().nullish(), decision: text };

const measure = z.object({
  key: z.string().min(1),
  title: z.string(),
  kind: z.enum(['number', 'milestone', 'deliverable', 'habit']),
  unit: z.string(),
  baseline: number.nullable(),
  target: number.nullable(),
  direction: z.enum(['up', 'down', 'keep-within', 'reach']),
  due: z.string().nullable(),
  owner: z.string().nullable(),
  done: z.boolean(),
  helpWanted: z.boolean(),
  weight: z.number().min(0).optional(),
});

const words = z.string().max(20_000, 'This is too long: 20,000 characters at most.');

const criteria = z.object({ on: words, risk: words, off: words, stretch: words });

/** Terms that people may change, and nothing else of them. What is not said stays: no field has a default here. */
const change = z
  .object({
    statement: z.string().max(1_000),
    why: words,
    doneMeans: words,
    due: z.string().nullable(),
    promise: z.enum(['firm', 'stretch']),
    weight: number,
    effort: number.nullable(),
    measures: z.array(measure).max(100),
    criteria,
  })
  .partial();

const fill = z
  .object({
    due: z.string(),
    period: z.uuid('Choose a plan period.'),
    doneMeans: z.string(),
    weight: number,
    baselines: values,
    criteria,
  })
  .partial()
  .default({});

const correction = z.discriminatedUnion('field', [
  z.object({ field: z.literal('terms'), change }),
  z.object({ field: z.literal('done-at'), doneAt: number }),
  z.object({
    field: z.literal('outcome'),
    outcome: z.enum(['done', 'missed']),
    doneAt: number.optional(),
  }),
]);

/** One shape for each command that people give. `check-in` has its own door, `offer` and the clock are the server's. */
const shapes = {
  accept: z.object({ confidence: number.nullish().transform((it) => it ?? null), fill }),
  'propose-change': z.object({ change, text }),
  'agree-change': z.object({}),
  'refuse-change': z.object({ reason: text }),
  decline: z.object({ reason: text }),
  park: z.object({ reason: text }),
  'undo-check-in': z.object({ id: z.string() }),
  rescope: z.object({ change, reason: rescopeReason, text, ...decision }),
  'agree-rescope': z.object({ reason: rescopeReason.optional(), text: z.string().optional(), ...decision }),
  'refuse-rescope': z.object({ reason: text }),
  complete: z.object({
    evidence: text,
    link: z.string().max(2_000).nullish(),
    doneAt: number.optional(),
    values: values.optional(),
  }),
  acknowledge: z.object({}),
  reject: z.object({ reason: text }),
  miss: z.object({ cause: cause.nullish().transform((it) => it ?? null), text }),
  'give-cause': z.object({ cause, text }),
  drop: z.object({ reason: text, frees: text, cause: cause.nullish(), ...decision }),
  carry: z.object({
    cause: cause.nullish().transform((it) => it ?? null),
    text,
    choice: z.enum(['split', 're-own']).optional(),
    owner: person.optional(),
    parts: z.array(z.string().trim().min(1, 'Write what this part promises.').max(1_000)).max(10).optional(),
  }),
  continue: z.object({ assumption: z.uuid().optional(), reason: text }),
  reopen: z.object({ reason: text }),
  correct: z.object({ correction, note: text }),
  'hand-over': z.object({ to: person }),
  'take-over': z.object({}),
  'name-delegate': z.object({ person: person.nullable() }),
  contribute: z.object({ to: parent }),
  'stop-contributing': z.object({ to: parent }),
} satisfies Partial<Record<CommitmentCommandType, z.ZodType>>;

/** A command with the version it was decided on, and for whom somebody speaks. */
export interface CommandAsked {
  readonly command: CommitmentCommand;
  readonly version: number | undefined;
  readonly onBehalfOf: string | null;
  /** For *carry*: what follows. */
  readonly succession: Succession | null;
}

const envelope = z.object({ version, onBehalfOf: person.nullish() });

/** Reads a command as pages and API send it. */
export function readCommitmentCommand(
  name: string,
  input: Readonly<Record<string, unknown>>,
  at: number,
): Outcome<CommandAsked> {
  if (!isCommand(name)) return refused('unknown-command', `There is no act called "${name}".`);
  const outer = readInput(envelope, input);
  if (!outer.ok) return outer;
  const inner = readInput(shapes[name], input);
  if (!inner.ok) return inner;
  const command = withoutUndefined({ type: name, ...inner.value }) as CommitmentCommand;
  return allowed({
    command: command.type === 'correct' ? { ...command, correction: dated(command.correction, at) } : command,
    version: outer.value.version,
    onBehalfOf: outer.value.onBehalfOf ?? null,
    succession: name === 'carry' ? successionOf(inner.value) : null,
  });
}

const isCommand = (name: string): name is keyof typeof shapes => Object.hasOwn(shapes, name);

/** A miss corrected to done without a day was done when it is corrected. */
function dated(
  it: Extract<CommitmentCommand, { type: 'correct' }>['correction'],
  at: number,
): Extract<CommitmentCommand, { type: 'correct' }>['correction'] {
  return it.field === 'outcome' && it.outcome === 'done' ? { ...it, doneAt: it.doneAt ?? at } : it;
}

function successionOf(value: object): Succession {
  const { choice, owner, parts } = value as Partial<z.output<(typeof shapes)['carry']>>;
  return { choice: choice ?? null, owner: owner ?? null, parts: choice === 'split' ? (parts ?? []) : [] };
}

function withoutUndefined(it: object): object {
  return Object.fromEntries(Object.entries(it).filter(([, value]) => value !== undefined));
}
