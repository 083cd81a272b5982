import type { TrackingSettings } from '#domain/commitment/settings.ts';
import { sayDays } from '#domain/notify/say-when.ts';
import { depths, type Depth } from '#domain/depth/depth.ts';
import type { CommitmentDetail } from '#protocol/views/tracking.ts';
import { causeOptions } from './causes.ts';
import { decisionFields } from './decision-fields.ts';
import { isCounted } from './measure-kind.ts';
import { reason, type Move, type MoveField, type Option } from './move.ts';

type Maker = (
  it: CommitmentDetail,
  depth: Depth,
  decisions: readonly Option[],
  settings: TrackingSettings,
) => Move;

const cause: MoveField = {
  kind: 'select',
  name: 'cause',
  label: 'Cause',
  options: causeOptions,
  empty: 'Choose',
};

/** Where a drop rests on a decision it also says what it frees (tracking.md T4). */
const frees = (depth: Depth): MoveField => ({
  ...{ kind: 'text', name: 'frees', label: 'What it frees' },
  ...(depths[depth].decision === 'given'
    ? { hint: 'Days of work, money, people; or “nothing”.' }
    : { optional: true }),
});

const doneOn: MoveField = {
  ...{ kind: 'date', name: 'doneAt', label: 'Done on', optional: true },
  hint: 'Left empty: today. By the end of the due day it is in time.',
};

/** How a promise ends, and what can be said afterwards. */
export const closingMoves: Readonly<Record<string, Maker>> = {
  complete: (it) => ({
    command: 'complete',
    label: it.status === 'missed' ? 'Say that it was delivered after all' : 'Say that it is done',
    look: 'plain',
    ...(it.status === 'missed'
      ? { lead: 'The outcome stays missed; the delivery is recorded beside it.' }
      : {}),
    press: 'It is done',
    fields: [
      {
        kind: 'text',
        name: 'evidence',
        label: 'What shows it',
        hint: it.now.doneMeans === '' ? 'What one can look at.' : `Done means: ${it.now.doneMeans}`,
        lines: 2,
      },
      { kind: 'text', name: 'link', label: 'Link', optional: true },
      ...(it.status === 'missed' ? [] : [doneOn]),
      ...it.now.measures.flatMap((measure): readonly MoveField[] =>
        isCounted(measure)
          ? [
              {
                kind: 'number',
                name: `values.${measure.key}`,
                label: `Final value of ${measure.title}`,
                unit: measure.unit,
                value: String(it.values[measure.key] ?? measure.target ?? ''),
              },
            ]
          : [{ kind: 'hidden', name: `values.${measure.key}`, value: '1' }],
      ),
    ],
  }),
  acknowledge: () => ({
    command: 'acknowledge',
    label: 'Acknowledge that it is done',
    look: 'primary',
    press: 'Acknowledge',
    fields: [],
  }),
  reject: () => ({
    command: 'reject',
    label: 'Reject what was delivered',
    look: 'plain',
    lead: 'It runs again, with your reason beside it.',
    press: 'Reject',
    fields: [reason('What is missing')],
  }),
  'give-cause': () => ({
    command: 'give-cause',
    label: 'Name the cause',
    look: 'primary',
    lead: 'Causes speak about the system, not about people.',
    press: 'Name it',
    fields: [cause, { kind: 'text', name: 'text', label: 'What happened', lines: 2, optional: true }],
  }),
  reopen: () => ({
    command: 'reopen',
    label: 'Reopen',
    look: 'plain',
    press: 'Reopen',
    fields: [reason('Reason')],
  }),
  miss: (_it, _depth, _decisions, { causeWithinDays }) => ({
    command: 'miss',
    label: 'Say that it will be missed',
    look: 'danger',
    lead: `Said early it gives everyone who waits a chance. The cause may follow within ${sayDays(causeWithinDays)}.`,
    press: 'It is missed',
    fields: [
      { ...cause, empty: 'Later', optional: true },
      { kind: 'text', name: 'text', label: 'What happened', lines: 2, optional: true },
    ],
  }),
  drop: (_, depth, decisions) => ({
    command: 'drop',
    label: 'Drop it',
    look: 'danger',
    lead: 'Dropping on purpose is a decision: it is kept with its reason.',
    press: 'Drop',
    fields: [
      reason('Reason'),
      frees(depth),
      ...(depths[depth].decision === 'given' || decisions.length > 0
        ? decisionFields(decisions, { optional: depths[depth].decision === 'from-reason' })
        : []),
    ],
  }),
  correct: (it) => ({
    command: 'correct',
    label: 'Correct the record',
    look: 'plain',
    lead: 'For a mistake in the record. Both values are kept.',
    press: 'Correct',
    fields: [...correctionFields(it), { kind: 'text', name: 'note', label: 'What was wrong', lines: 2 }],
  }),
};

/** What can have been recorded wrongly, in the state it is in: what was promised always, how it ended once it has. */
function correctionFields(it: CommitmentDetail): readonly MoveField[] {
  const outcomes: Readonly<Record<string, readonly Option[]>> = {
    missed: [{ value: 'done', label: 'Done, on this day' }],
    done: [
      { value: 'done', label: 'Done, on another day' },
      { value: 'missed', label: 'Missed' },
    ],
  };
  const ends = outcomes[it.status] ?? [];
  if (ends.length === 0) return promisedFields(it);
  return [
    {
      ...{ kind: 'select', name: 'outcome', label: 'What it should have been', empty: 'Choose' },
      options: [...ends, { value: 'terms', label: 'As it is, but promised otherwise (below)' }],
    },
    { kind: 'date', name: 'doneAt', label: 'It was done on', optional: true },
    ...promisedFields(it),
  ];
}

/** The promise as it stands, each field to be put right. */
function promisedFields({ now }: CommitmentDetail): readonly MoveField[] {
  return [
    { kind: 'text', name: 'statement', label: 'What was promised', value: now.statement, lines: 2 },
    { kind: 'date', name: 'due', label: 'Its due', value: now.due ?? '', optional: now.due === null },
    { kind: 'text', name: 'doneMeans', label: 'Done means', value: now.doneMeans, lines: 2, optional: true },
    ...now.measures.flatMap((measure): readonly MoveField[] =>
      isCounted(measure)
        ? (['baseline', 'target'] as const).map((field) => ({
            ...({ kind: 'number', name: `${field}s.${measure.key}`, optional: true } as const),
            label: `${field === 'baseline' ? 'Baseline' : 'Target'} of ${measure.title}`,
            ...{ unit: measure.unit, value: String(measure[field] ?? '') },
          }))
        : [],
    ),
  ];
}
