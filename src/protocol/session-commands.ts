import { z } from 'zod';
import { outputKinds, rowSources, stageMinutes } from '#domain/facilitation/agenda.ts';
import { ballotReveals, ballotScales } from '#domain/facilitation/ballot.ts';
import type { SessionCommand } from '#domain/facilitation/command.ts';
import { boardEdits, inputsAllowed } from '#domain/facilitation/section-tools.ts';
import { parkedEndings } from '#domain/facilitation/session.ts';

const line = z.string().trim().min(1, 'is empty').max(300);
const text = z.string().max(5_000);
const stage = z.string().min(1).max(100);
const person = z.uuid();
/** An area by its record on the board; what it is called there the server says. */
const area = z
  .string()
  .min(1)
  .max(128)
  .transform((id) => ({ id, title: '' }));
/** What a form leaves empty is none. */
const emptyIsNull = <T extends z.ZodType>(of: T) =>
  z.union([z.literal('').transform(() => null), of, z.null()]).optional();
/** Rows that can be put aside; the item then points back at what it is about. */
const parkable = ['commitment', 'dependency', 'decision', 'assumption', 'triage-item'] as const;
const move = { keepTimer: z.boolean().optional(), vote: z.enum(['close', 'keep', 'discard']).optional() };

const inserted = z.strictObject({
  id: stage,
  title: line,
  purpose: text.default(''),
  minutes: z.number().int().min(stageMinutes.least).max(stageMinutes.most),
  rows: z.array(z.enum(rowSources)).max(5).default([]),
});

/**
 * Every command of a session as people send it. What only the server may say is not in here: which object a line of the
 * minutes is about, snapshots, the clock.
 */
export const sessionCommandShape = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start') }),
  z.strictObject({ type: z.literal('arrive') }),
  z.strictObject({ type: z.literal('next'), ...move }),
  z.strictObject({ type: z.literal('previous'), ...move }),
  z.strictObject({ type: z.literal('jump'), stage, ...move }),
  z.strictObject({ type: z.literal('skip'), stage, ...move }),
  z.strictObject({
    type: z.literal('insert'),
    stage: inserted.transform((it) => ({ ...it, outputs: [], settles: [] })),
    before: stage.nullable(),
  }),
  z.strictObject({ type: z.literal('reorder'), order: z.array(stage).max(200) }),
  z.strictObject({ type: z.literal('plan-stage'), stage, minutes: z.number() }),
  z.strictObject({
    type: z.literal('brief-stage'),
    stage,
    presenter: z
      .union([person, z.literal('')])
      .nullable()
      .default(null)
      .transform((it) => (it === '' ? null : it)),
    link: z.string().max(2_000).nullable().default(null),
    note: text.default(''),
    closesAtZero: z
      .union([z.boolean(), z.literal('yes')])
      .default(false)
      .transform((it) => it !== false),
    area: emptyIsNull(area),
    allows: z.enum(inputsAllowed).optional(),
    edits: z.enum(boardEdits).optional(),
    reveal: z.enum(ballotReveals).optional(),
    scale: emptyIsNull(z.enum(ballotScales)),
    question: z.string().max(1_000).optional(),
  }),
  z.strictObject({ type: z.literal('remove'), stage }),
  z.strictObject({ type: z.literal('start-timer'), ms: z.number(), label: z.string().max(200).default('') }),
  z.strictObject({ type: z.literal('pause-timer') }),
  z.strictObject({ type: z.literal('resume-timer') }),
  z.strictObject({ type: z.literal('add-time'), ms: z.number() }),
  z.strictObject({ type: z.literal('stop-timer') }),
  z.strictObject({
    type: z.literal('park'),
    id: z.uuid(),
    title: z.string().max(300),
    origin: z.strictObject({ kind: z.enum(parkable), id: z.uuid() }).optional(),
  }),
  z.strictObject({
    type: z.literal('settle-parked'),
    id: z.uuid(),
    how: z.enum(parkedEndings),
    text: text.default(''),
  }),
  z.strictObject({
    type: z.literal('produce'),
    stage: stage.nullable(),
    output: z.enum(outputKinds).nullable(),
    text,
  }),
  z.strictObject({ type: z.literal('tick-none'), stage, output: z.enum(outputKinds), none: z.boolean() }),
  z.strictObject({
    type: z.literal('open-ballot'),
    id: z.uuid(),
    items: z
      .array(z.strictObject({ id: z.uuid(), title: z.string().max(1_000), owner: person.nullable() }))
      .max(500),
    openVote: z.boolean().optional(),
    reveal: z.enum(ballotReveals).optional(),
    scale: z.enum(ballotScales).optional(),
  }),
  z.strictObject({ type: z.literal('vote'), item: z.uuid(), value: z.number() }),
  z.strictObject({ type: z.literal('reveal'), item: z.uuid() }),
  z.strictObject({ type: z.literal('agree-score'), item: z.uuid(), value: z.number() }),
  z.strictObject({ type: z.literal('close-ballot'), discard: z.boolean().optional() }),
  z.strictObject({ type: z.literal('take-spotlight') }),
  z.strictObject({ type: z.literal('give-spotlight'), person }),
  z.strictObject({ type: z.literal('show-area'), area }),
  z.strictObject({ type: z.literal('end-spotlight') }),
  z.strictObject({ type: z.literal('rate'), value: z.number() }),
  z.strictObject({ type: z.literal('add-facilitator'), person }),
  z.strictObject({ type: z.literal('remove-facilitator'), person }),
  z.strictObject({ type: z.literal('take-over') }),
  z.strictObject({ type: z.literal('go-on') }),
  z.strictObject({ type: z.literal('let-guests-in') }),
  z.strictObject({ type: z.literal('shut-guests-out') }),
  z.strictObject({ type: z.literal('send-guest-away'), guest: person }),
  z.strictObject({
    type: z.literal('end'),
    leaveOpen: z.boolean(),
    pauseBoard: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('call-off') }),
  z.strictObject({ type: z.literal('correct'), text }),
]);

/** A command read for the rules; keys that were left out stay out. */
export const toCommand = (read: z.output<typeof sessionCommandShape>): SessionCommand =>
  Object.fromEntries(
    Object.entries(read).filter(([, value]) => value !== undefined),
  ) as unknown as SessionCommand;
