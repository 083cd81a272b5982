import { asksOf } from '../tracking/asks-of.ts';
import { on, value } from '../tracking/server-world.ts';
import type { SessionWorld } from './session-world.ts';

/** What lies on the board before a session: promises, asks in every state, risks as they were handled, an open question. */
export interface RecordSituation {
  readonly ids: ReadonlyMap<string, string>;
  readonly asks: Readonly<Record<string, string>>;
  readonly risks: Readonly<Record<string, string>>;
  readonly question: string;
}

export async function recordSituation(world: SessionWorld): Promise<RecordSituation> {
  const { tracking, registers, viewer, people, boardId: board } = world;
  const ids = await world.commit([
    { key: 'sign-ups', terms: { weight: 5 } },
    { key: 'sell', terms: { statement: 'Sell it' } },
  ]);
  value(await tracking.act(viewer('ben'), ids.get('sign-ups') ?? '', 'accept', { confidence: 70 }));
  const { save, move } = asksOf(world);
  const made: Record<string, string> = {};
  for (const key of ['agreed', 'asked', 'owned', 'declined']) {
    made[key] = value(await save('ben', key, { what: `It is ${key}` })).id;
    value(await move('ben', made[key], 'send'));
  }
  const of = (key: string): string => made[key] ?? '';
  value(await move('cleo', of('agreed'), 'accept', { person: people.dan, date: '2026-05-14' }));
  value(await move('cleo', of('declined'), 'decline', { reason: 'No room' }));
  value(await move('ben', of('owned'), 'own-as-risk', { owner: people.ben, text: 'We build it' }));
  const feared: Record<string, string> = {};
  for (const key of ['owned', 'accepted', 'resolved', 'fresh']) {
    feared[key] = value(
      await registers.create(viewer('ana'), 'risk', {
        ...{ title: `Risk ${key}`, board, team: world.teams.red },
      }),
    ).id;
  }
  const handle = (key: string, act: string, input: object) =>
    registers.act(viewer('ana'), 'risk', feared[key] ?? '', act, { ...input });
  value(await handle('owned', 'own', { owner: people.ben, followUp: '2026-04-20' }));
  value(await handle('accepted', 'accept', { reason: 'It is cheap', reviewOn: '2026-05-01' }));
  value(await handle('resolved', 'resolve', { reason: 'A second supplier' }));
  const question = value(
    await registers.create(viewer('ana'), 'decision', {
      ...{ question: 'Which vendor?', decider: people.ana, board },
      options: ['The first', 'The second'].map((text) => ({ text, for: '', against: '', cost: '' })),
    }),
  ).id;
  world.clock.now = on('2026-04-13', '09:00');
  return { ids, asks: made, risks: feared, question };
}
