import { describe, expect, test } from 'vitest';
import { needsTalk, spreadOf } from '../../src/domain/facilitation/ballot.ts';
import { openBallot } from '../../src/domain/facilitation/session.ts';
import { code, running, stageOf, type Name } from './room.ts';

const items = [
  { id: 'k1', title: 'Ship it', owner: 'ben' },
  { id: 'k2', title: 'Sell it', owner: 'cleo' },
];
const open = { type: 'open-ballot', id: 'b1', items } as const;
const two = [stageOf('a', 10), stageOf('b', 10)];
const voting = (people: readonly Name[] = ['ana', 'ben', 'bea']) => running(people, two).do('ana', open);

describe('hidden scoring', () => {
  test('[SN9] counts, and shows nothing of what was said or by whom, until the reveal', () => {
    const room = voting();
    room.do('ben', { type: 'vote', item: 'k1', value: 3 }).do('bea', { type: 'vote', item: 'k1', value: 9 });
    const said = JSON.stringify({ state: openBallot(room.state), log: room.events.slice(-2) });
    expect(openBallot(room.state)?.items[0]).toMatchObject({ votes: 2, values: null, named: {} });
    expect(room.events.slice(-2).map(({ actor }) => actor.person)).toEqual([null, null]);
    expect(said).not.toMatch(/"value"|"values":\[/);
    room.do('ben', { type: 'vote', item: 'k1', value: 4 });
    expect(openBallot(room.state)?.items[0]?.votes).toBe(2);
    room.do('ana', { type: 'vote', item: 'k1', value: 7 });
    expect(code(room.ask('ben', { type: 'reveal', item: 'k1' }))).toBe('not-yours');
    room.do('ana', { type: 'reveal', item: 'k1' });
    expect(openBallot(room.state)?.items[0]?.values).toEqual([4, 7, 9]);
    expect(openBallot(room.state)?.items[1]?.values).toBeNull();
    expect(code(room.ask('bea', { type: 'vote', item: 'k1', value: 1 }))).toBe('wrong-state');
  });

  test('[SN9] a spread above three tenths says talk; exactly three does not', () => {
    expect([spreadOf([]), spreadOf([5]), spreadOf([4, 7])]).toEqual([0, 0, 3]);
    expect([needsTalk([4, 7]), needsTalk([4, 8])]).toEqual([false, true]);
  });

  test('[SN9] scores are whole tenths from 0 to 10, by those who have a vote', () => {
    const room = voting(['ana', 'ben', 'bea', 'finn']);
    const vote = (name: Name, value: number) => code(room.ask(name, { type: 'vote', item: 'k1', value }));
    expect([vote('ben', -1), vote('ben', 11), vote('ben', 5.5), vote('ben', 0), vote('bea', 10)]).toEqual([
      ...['invalid', 'invalid', 'invalid', 'allowed', 'allowed'],
    ]);
    expect(vote('finn', 5)).toBe('not-yours');
    expect(openBallot(room.state)?.voters).toEqual(['ana', 'ben', 'bea']);
    room.do('cleo', { type: 'arrive' });
    expect(vote('cleo', 5)).toBe('allowed');
  });

  test('[SN10] two cannot vote in secret: it is said before, and they may vote openly', () => {
    const room = running(['ana', 'ben', 'finn'], two);
    const refusal = room.ask('ana', open);
    expect(refusal.ok ? '' : refusal.refusal).toMatchObject({ code: 'too-few-voters', path: 'openVote' });
    room.do('ana', { ...open, openVote: true }).do('ben', { type: 'vote', item: 'k1', value: 8 });
    expect(openBallot(room.state)?.items[0]).toMatchObject({ values: [8], named: { ben: 8 }, votes: 1 });
  });

  test('[SN10] two votes of three are not revealed', () => {
    const room = voting().do('ben', { type: 'vote', item: 'k1', value: 8 });
    room.do('bea', { type: 'vote', item: 'k1', value: 8 });
    expect(code(room.ask('ana', { type: 'reveal', item: 'k1' }))).toBe('too-few-votes');
  });

  test('[SN11] the owner types the number after the reveal; who leads may when the owner is away', () => {
    const room = voting();
    for (const name of ['ana', 'ben', 'bea'] as const) {
      for (const { id } of items) room.do(name, { type: 'vote', item: id, value: 6 });
    }
    const agree = (name: Name, item: string) => code(room.ask(name, { type: 'agree-score', item, value: 7 }));
    expect(agree('ben', 'k1')).toBe('wrong-state');
    room.do('ana', { type: 'reveal', item: 'k1' }).do('ana', { type: 'reveal', item: 'k2' });
    expect([agree('ana', 'k1'), agree('bea', 'k1'), agree('ben', 'k1')]).toEqual([
      'not-yours',
      'not-yours',
      'allowed',
    ]);
    expect([agree('bea', 'k2'), agree('ana', 'k2')]).toEqual(['not-yours', 'allowed']);
    expect(openBallot(room.state)?.items.map(({ agreed, agreedBy }) => [agreed, agreedBy])).toEqual([
      [7, 'ben'],
      [7, 'ana'],
    ]);
  });

  test('[SN12] moving on with a vote open asks what becomes of it', () => {
    const room = voting();
    expect(code(room.ask('ana', { type: 'next' }))).toBe('vote-open');
    room.do('ana', { type: 'next', vote: 'keep' });
    expect(openBallot(room.state)).not.toBeNull();
    room.do('ana', { type: 'previous', vote: 'close' });
    expect(openBallot(room.state)).toBeNull();
    expect(code(room.ask('ben', { type: 'vote', item: 'k1', value: 5 }))).toBe('wrong-state');
  });
});
