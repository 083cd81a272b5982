import { expect, test } from 'vitest';
import { missedBy } from '../../src/domain/facilitation/missed.ts';
import { minute, running, stageOf } from './room.ts';

const stages = [stageOf('a', 10, { title: 'Wins' }), stageOf('b', 5, { title: 'Triage' }), stageOf('c', 5)];

test('[SN47] who comes late is told in three lines what they missed, until the room moves on', () => {
  const room = running(['ana', 'ben'], stages);
  expect(missedBy(room.state, 'ana')).toEqual([]);
  room.later(minute).do('ben', { type: 'produce', stage: 'a', output: null, text: 'We ship on Friday' });
  room.do('ben', { type: 'park', id: 'p', title: 'The budget' });
  room.later(minute).do('ana', { type: 'next' });
  const items = [{ id: 'k', title: 'Ship it', owner: null }];
  room.do('ana', { type: 'open-ballot', id: 'v', items, openVote: true });
  room.later(minute).do('bea', { type: 'arrive' });
  expect(missedBy(room.state, 'bea')).toEqual([
    'Gone through: Wins.',
    'Came out of it: 1, the last “We ship on Friday”.',
    '1 parked, a vote is open.',
  ]);
  expect(missedBy(room.state, 'ana')).toEqual([]);
  room.later(minute).do('ana', { type: 'next', vote: 'close' });
  expect(missedBy(room.state, 'bea')).toEqual([]);
});

test('[SN47] who comes back is told what happened meanwhile, and nothing when nothing did', () => {
  const room = running(['ana', 'ben'], stages);
  room.do('ben', { type: 'produce', stage: 'a', output: null, text: 'Said while Ben was there' });
  const heard = room.now;
  room.later(minute).do(null, { type: 'tick' }, { lastSeen: { ana: room.now, ben: heard } });
  room.later(minute).do('ben', { type: 'arrive' });
  expect(missedBy(room.state, 'ben')).toEqual([]);
  const left = room.now;
  room.later(minute).do(null, { type: 'tick' }, { lastSeen: { ana: room.now, ben: left } });
  room.do('ana', { type: 'next' }).later(1).do('ben', { type: 'arrive' });
  expect(missedBy(room.state, 'ben')).toEqual(['Gone through: Wins.']);
});
