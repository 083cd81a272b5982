import { foldAll } from '../../../src/domain/commitment/fold.ts';
import type { CommitmentEvent } from '../../../src/domain/commitment/event.ts';
import type { Terms } from '../../../src/domain/commitment/terms.ts';
import { commitment } from '../../../server/store/schema.ts';
import type { Store } from '../../../server/store/store.ts';
import { toRow } from '../../../server/tracking/commitment-rows.ts';
import { insertRows } from '../../../server/tracking/insert-rows.ts';
import { appendEvents } from '../../../server/tracking/recording.ts';
import { idOf, numbers, teamOf, type Generated } from './make-organisation.ts';
import { PER_BOARD, PER_PERSON, ZONE, promisedFor } from './size.ts';

/** Half way, every promise was changed once: its history is more than check-ins. */
export const changedAfter = (weeks: number): number => Math.floor(weeks / 2);

/** Silent for the last two check-ins. */
export const isSilent = (number: number): boolean => number % 10 === 0;

/** Offers, yeses and one change of every promise, and its row as it stands after the last check-in. */
export async function makePromises(store: Store, made: Generated): Promise<void> {
  const { size, weeks, organisationId, started } = made;
  const book = { organisationId, zone: ZONE };
  const rows: ReturnType<typeof toRow>[] = [];
  for (const chunk of chunks(numbers(size.commitments), 500)) {
    const entries = chunk.map((number) => {
      const { events, row } = promiseOf(made, number);
      rows.push(row);
      return { number, events };
    });
    const entryOf = (number: number) => ({
      ...{ objectKind: 'commitment' as const, objectId: idOf('commitment', number) },
      boardId: idOf('board', Math.floor(number / PER_BOARD)),
    });
    const first = entries.map(({ number, events }) => ({
      ...{ ...entryOf(number), version: 0, events: events.slice(0, 2) },
    }));
    const changed = entries.map(({ number, events }) => ({
      ...{ ...entryOf(number), version: 2 + changedAfter(size.weeks), events: events.slice(2) },
    }));
    await appendEvents(store.db, { ...book, recordedAt: started.getTime() }, first);
    await appendEvents(store.db, { ...book, recordedAt: weeks[changedAfter(size.weeks)]?.due ?? 0 }, changed);
  }
  for (const chunk of chunks(rows, 1_000)) await insertRows(store.db, commitment, chunk);
}

function promiseOf({ size, now, weeks, started, organisationId }: Generated, number: number) {
  const owner = idOf('person', Math.floor(number / PER_PERSON));
  const team = idOf('team', teamOf(number, size));
  const ofBoard = Math.floor(number / PER_BOARD);
  const terms: Terms = {
    ...{ statement: `Close the tasks of objective ${number}`, why: 'so that customers stay' },
    ...{ doneMeans: 'every task is closed', due: promisedFor(now), horizon: 'quarter', promise: 'firm' },
    ...{ weight: (number % 10) + 1, curve: { kind: 'linear' }, effort: 1 + (number % 3), priority: null },
    ...{ needs: [] },
    measures: [
      {
        ...{ key: 'tasks', title: 'Tasks closed', kind: 'number', unit: '', baseline: 0, target: 100 },
        ...{ direction: 'up', due: null, owner: null, done: false, helpWanted: false },
      },
    ],
  };
  const actor = { person: owner, via: 'web' } as const;
  const at = started.getTime();
  const changedAt = (weeks[changedAfter(size.weeks)]?.due ?? 0) - 48 * 3_600_000;
  const eased = { ...terms, weight: Math.min(10, terms.weight + 1) };
  const events: CommitmentEvent[] = [
    {
      type: 'offered',
      data: {
        ...{ owner, team, reviewer: null, sponsor: null, terms },
        source: {
          ...{ board: idOf('board', ofBoard), key: `o${number}`, commit: idOf('commit', ofBoard) },
          ...{ snapshot: idOf('snapshot', ofBoard), period: idOf('period', 0) },
        },
      },
      ...{ at, actor: { person: idOf('person', 0), via: 'board' } },
    },
    { type: 'accepted', data: { terms, confidence: 70, perSource: false }, at, actor },
    {
      type: 'rescoped',
      data: {
        ...{ terms: eased, team, reason: 'learning', text: 'It matters more.', decisionId: null },
        ...{ easedBy: 0, daysSlipped: 0 },
      },
      ...{ at: changedAt, actor, reason: 'It matters more.' },
    },
  ];
  const answered = size.weeks - (isSilent(number) ? 2 : 0);
  const last: CommitmentEvent = {
    type: 'checked-in',
    data: {
      ...{
        id: idOf(`check-in ${number}`, answered),
        slot: null,
        kind: 'answer',
        revises: null,
        byName: null,
      },
      ...{
        filled: null,
        values: { tasks: valueAt(answered, size.weeks) },
        status: statusOf(number, answered),
      },
      ...{ confidence: 70, whatChanged: '', nextStep: '', blocker: null, helpWanted: '', link: null },
      noMovement: false,
    },
    ...{ at: (weeks[answered - 1]?.due ?? 0) - 20 * 3_600_000, actor },
  };
  const state = foldAll([...events, last]);
  if (state === null) throw new Error('the generated events make no commitment');
  const identity = { id: idOf('commitment', number), organisationId, createdAt: started };
  return { events, row: toRow(identity, 3 + answered, state) };
}

/** The same formulas as in make-history's SQL. */
export const valueAt = (week: number, weeks: number): number => Math.floor((week * 95) / weeks);
export const statusOf = (number: number, week: number): 'on' | 'risk' | 'off' => {
  const turn = (number + week) % 10;
  return turn < 7 ? 'on' : turn < 9 ? 'risk' : 'off';
};

export function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return numbers(Math.ceil(all.length / size)).map((it) => all.slice(it * size, (it + 1) * size));
}
