import { z } from 'zod';
import type { Extract } from '#domain/facilitation/extracts.ts';
import type { Minutes } from '#domain/facilitation/minutes.ts';
import type { MeetingRecord } from '#domain/facilitation/record.ts';
import { dateOut, id } from './basic.ts';

const when = z.string().meta({ description: 'An instant, ISO 8601 in UTC.', format: 'date-time' });
const words = z.string();
const some = z.string().nullable();
const day = dateOut.nullable();

const links = z
  .strictObject({ page: some, board: some })
  .meta({ description: 'Paths within the site: its own page, and the board as it was then at its card.' });

/** Minutes as a file, `throughline-minutes/1`: what `/sessions/:id/minutes.json` gives and the API holds as `file`. */
export const minutesFile = z.strictObject({
  format: z.literal('throughline-minutes/1'),
  session: z.strictObject({
    ...{ id, organisation: words, title: words, kind: words },
    ...{ plannedAt: when.nullable(), startedAt: when.nullable(), endedAt: when.nullable() },
    ...{ ledBy: z.array(words).readonly(), endedByClock: z.boolean(), boardPaused: z.boolean(), board: some },
    pictures: z.array(z.strictObject({ why: words, at: when, link: words })).readonly(),
  }),
  decisions: z
    .array(
      z.strictObject({
        ...{ question: words, status: words, chosen: some, decider: some, decidedAt: when.nullable() },
        ...{ neededBy: day, alternatives: z.array(words).readonly(), why: words, links },
      }),
    )
    .readonly()
    .meta({ description: 'Opened, taken or changed while it ran; with what else was weighed.' }),
  commitments: z
    .array(z.strictObject({ title: words, owner: some, due: day, change: words, links }))
    .readonly()
    .meta({ description: 'Made or changed while it ran.' }),
  people: z
    .array(
      z.strictObject({
        name: words,
        owes: z
          .array(z.strictObject({ what: words, title: words, due: day, change: words, links }))
          .readonly(),
      }),
    )
    .readonly()
    .meta({ description: 'What each person owes after it.' }),
  tablesFrom: z.enum(['end', 'now', 'log']).nullable().meta({
    description:
      'Where the next three come from: noted at the end, now while it runs, or the history of each object; null: not known any more.',
  }),
  objectives: z
    .array(
      z.strictObject({
        ...{ title: words, owner: some, team: some, state: words, due: day, weight: z.number() },
        ...{ businessValue: z.number().nullable(), confidence: z.number().nullable(), lastStatus: some },
        ...{ lastCheckInAt: when.nullable(), links },
      }),
    )
    .readonly(),
  dependencies: z
    .array(
      z.strictObject({
        ...{ what: words, state: words, objective: words, needs: some, gives: some, person: some },
        ...{ neededBy: day, promisedFor: day, riskOwner: some, links },
      }),
    )
    .readonly(),
  risks: z
    .array(
      z.strictObject({
        ...{ title: words, sign: words, state: words, owner: some, followUp: day, reason: words, links },
      }),
    )
    .readonly(),
  outputs: z
    .array(z.strictObject({ output: words, text: words, by: words, at: when, owner: some, due: day, links }))
    .readonly(),
  acts: z.array(z.strictObject({ text: words, by: words, at: when, links })).readonly(),
  votes: z
    .array(
      z.strictObject({
        ...{ title: words, hidden: z.boolean(), votes: z.number(), voters: z.number(), result: words },
        ...{ spread: z.number().nullable(), links },
      }),
    )
    .readonly()
    .meta({ description: 'Totals only of what was hidden.' }),
  parked: z.array(z.strictObject({ title: words, by: words, at: when, ending: words, links })).readonly(),
  leftOpen: z.array(words).readonly(),
  changedBefore: z
    .array(z.strictObject({ title: words, text: words, by: words, at: when, links }))
    .readonly()
    .meta({ description: 'Since the last session of the same ritual or place.' }),
  sections: z
    .array(
      z.strictObject({
        ...{ title: words, plannedMinutes: z.number(), actualMinutes: z.number(), skipped: z.boolean() },
        ...{ from: when.nullable(), to: when.nullable(), without: z.array(words).readonly() },
      }),
    )
    .readonly(),
  attendance: z
    .array(z.strictObject({ name: words, from: when, to: when.nullable(), minutes: z.number() }))
    .readonly(),
  rating: z.strictObject({ mean: z.number(), count: z.number() }).nullable(),
  added: z.array(z.strictObject({ text: words, by: words, at: when })).readonly(),
});

/** What the API answers: the same as the server holds it, and as each of its files. */
export const minutesAnswer = z.object({
  minutes: z.custom<Minutes>(),
  record: z.custom<MeetingRecord>().nullable(),
  from: z.enum(['end', 'now', 'log']).nullable(),
  extracts: z.array(z.custom<Extract>()).readonly(),
  board: id.nullable(),
  cards: z.record(z.string(), z.string()),
  names: z.record(z.string(), z.string()),
  markdown: z.string(),
  csv: z.string(),
  file: minutesFile,
});
