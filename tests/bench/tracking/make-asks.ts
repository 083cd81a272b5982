import { foldAll } from '../../../src/domain/dependency/fold.ts';
import type { DependencyEvent } from '../../../src/domain/dependency/event.ts';
import { dependency } from '../../../server/store/schema.ts';
import type { Store } from '../../../server/store/store.ts';
import { toDependencyRow } from '../../../server/tracking/dependency-rows.ts';
import { insertRows } from '../../../server/tracking/insert-rows.ts';
import { appendEvents } from '../../../server/tracking/recording.ts';
import { idOf, numbers, teamOf, type Generated } from './make-organisation.ts';
import { chunks } from './make-promises.ts';
import { PER_BOARD, PER_PERSON, ZONE, promisedFor } from './size.ts';

/** Every objective needs the one of the next team on its board: two in three are agreed, one in ten was declined. */
export async function makeAsks(store: Store, made: Generated): Promise<void> {
  const { size, organisationId, started } = made;
  for (const chunk of chunks(numbers(size.commitments), 500)) {
    const all = chunk.map((number) => ({ number, events: askOf(made, number) }));
    await appendEvents(
      store.db,
      { organisationId, zone: ZONE, recordedAt: started.getTime() },
      all.map(({ number, events }) => ({
        ...{ objectKind: 'dependency' as const, objectId: idOf('dependency', number), version: 0, events },
        boardId: idOf('board', Math.floor(number / PER_BOARD)),
      })),
    );
    const rows = all.map(({ number, events }) => {
      const state = foldAll(events);
      if (state === null) throw new Error('the generated events make no ask');
      const identity = { id: idOf('dependency', number), organisationId, createdAt: started };
      return toDependencyRow(identity, events.length, state);
    });
    await insertRows(store.db, dependency, rows);
  }
}

function askOf({ size, now, started }: Generated, number: number): readonly DependencyEvent[] {
  const first = Math.floor(number / PER_BOARD) * PER_BOARD;
  const perTeam = size.commitments / size.teams;
  const provider = first + ((number - first + perTeam) % Math.min(PER_BOARD, size.commitments - first));
  const owner = idOf('person', Math.floor(number / PER_PERSON));
  const [asks, answers] = [
    { person: owner, via: 'web' },
    { person: idOf('person', Math.floor(provider / PER_PERSON)), via: 'web' },
  ] as const;
  const neededBy = promisedFor(now);
  const at = started.getTime();
  const ask = {
    ...{ what: `What objective ${number} needs`, detail: '', acceptanceTest: '', neededBy },
    ...{ hardness: number % 4 === 0 ? ('hard' as const) : ('soft' as const), size: 'small' as const },
  };
  const draft = {
    ...{ board: idOf('board', Math.floor(number / PER_BOARD)), key: `d${number}`, ask },
    requester: { objective: `o${number}`, team: idOf('team', teamOf(number, size)), owner, title: '' },
    ...{ providerTeam: idOf('team', teamOf(provider, size)), servedBy: `o${provider}` },
  };
  const agreement = { person: answers.person, date: neededBy, at: at + 2, ask };
  const events: DependencyEvent[] = [
    { type: 'drafted', data: draft, at, actor: asks },
    { type: 'requested', data: { respondBy: now + 86_400_000 }, at: at + 1, actor: asks },
  ];
  if (number % 3 < 2) {
    const data = { agreement, servedBy: `o${provider}`, confidence: null };
    events.push({ type: 'accepted', data, at: at + 2, actor: answers });
  } else if (number % 10 === 5) {
    events.push({ type: 'declined', data: { reason: 'no room' }, at: at + 2, actor: answers });
  }
  return events;
}
