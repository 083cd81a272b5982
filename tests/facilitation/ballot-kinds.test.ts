import { describe, expect, test } from 'vitest';
import {
  needsTalk,
  revealOf,
  scaleOf,
  spreadWords,
  valuesOf,
  voteWords,
} from '../../src/domain/facilitation/ballot.ts';
import type { SessionCommand } from '../../src/domain/facilitation/command.ts';
import { agreedWords, minutesToMarkdown } from '../../src/domain/facilitation/minutes-markdown.ts';
import { minutesFrom } from '../../src/domain/facilitation/minutes.ts';
import { hasOutput } from '../../src/domain/facilitation/missing.ts';
import { agreedScores } from '../../src/domain/facilitation/session.ts';
import { code, running, stageOf, whole, type Name, type Room } from './room.ts';

const items = [{ id: 'k', title: 'Shall we ship?', owner: null }];
const open = (more: object = {}): SessionCommand => ({ type: 'open-ballot', id: 'b', items, ...more });

function room(people: readonly Name[], more: Parameters<typeof stageOf>[2]): Room {
  return running(people, [stageOf('a', 10, { ...more, outputs: ['scores'] }), stageOf('b', 10)]);
}

describe('the vote a section is prepared with', () => {
  test('[SN58] it opens as the section says; what was opened stays as it was opened', () => {
    const it = room(['ana', 'ben'], { scale: 'yes-no', reveal: 'private' });
    it.do('ana', open());
    const [ballot] = it.state.ballots;
    expect(ballot && [scaleOf(ballot), revealOf(ballot)]).toEqual(['yes-no', 'private']);
    const plain = { presenter: null, link: null, note: '' };
    it.do('ana', { type: 'brief-stage', stage: 'a', ...plain, reveal: 'open', scale: 'five' });
    expect(it.state.ballots[0]).toEqual(ballot);
    expect(code(it.ask('ben', { type: 'vote', item: 'k', value: 2 }))).toBe('invalid');
    expect(code(it.ask('ben', { type: 'vote', item: 'k', value: 1 }))).toBe('allowed');
    expect(JSON.stringify(it.events)).not.toContain('"value":1');
  });

  test('[SN58] [SN10] two are enough where names are promised, and too few where they are not', () => {
    expect(code(room(['ana', 'ben'], { reveal: 'anonymous' }).ask('ana', open()))).toBe('too-few-voters');
    expect(code(room(['ana', 'ben'], {}).ask('ana', open()))).toBe('too-few-voters');
    expect(code(room(['ana', 'ben'], { reveal: 'private' }).ask('ana', open()))).toBe('allowed');
    // The way out that is offered.
    expect(code(room(['ana', 'ben'], { reveal: 'anonymous' }).ask('ana', open({ openVote: true })))).toBe(
      'allowed',
    );
  });

  test('[SN58] a private vote comes to light with names, all at once', () => {
    const it = room(['ana', 'ben'], { scale: 'five', reveal: 'private' });
    it.do('ana', open()).do('ana', { type: 'vote', item: 'k', value: 2 });
    it.do('ben', { type: 'vote', item: 'k', value: 5 });
    expect(it.state.ballots[0]?.items[0]).toMatchObject({ votes: 2, values: null, named: {} });
    it.do('ana', { type: 'reveal', item: 'k' }, { hiddenNamed: { k: { ana: 2, ben: 5 } } });
    expect(it.state.ballots[0]?.items[0]).toMatchObject({ values: [2, 5], named: { ana: 2, ben: 5 } });
    expect(code(it.ask('ben', { type: 'vote', item: 'k', value: 3 }))).toBe('wrong-state');
    const empty = room(['ana', 'ben'], { reveal: 'private' }).do('ana', open());
    expect(code(empty.ask('ana', { type: 'reveal', item: 'k' }))).toBe('too-few-votes');
  });

  test('[SN58] each scale has its values, its words and its own idea of far apart', () => {
    expect([valuesOf('five'), valuesOf('yes-no'), valuesOf('tenths').length]).toEqual([
      [1, 2, 3, 4, 5],
      [0, 1],
      11,
    ]);
    expect([voteWords('tenths', 7), voteWords('five', 4), voteWords('yes-no', 1)]).toEqual([
      '0.7',
      '4',
      'yes',
    ]);
    expect([needsTalk([3, 4], 'five'), needsTalk([3, 5], 'five'), needsTalk([0, 1], 'yes-no')]).toEqual([
      ...[false, true, true],
    ]);
    expect([spreadWords('five', [2, 5]), spreadWords('yes-no', [0, 1])]).toEqual([
      '3 apart',
      'not of one mind',
    ]);
  });

  test('[SN58] only tenths are scores; the minutes say what else was voted on in its own words', () => {
    const it = room(['ana', 'ben', 'bea'], { scale: 'yes-no', reveal: 'open' }).do('ana', open());
    for (const [name, value] of [
      ['ana', 1],
      ['ben', 1],
      ['bea', 0],
    ] as const) {
      it.do(name, { type: 'vote', item: 'k', value });
    }
    it.do('ana', { type: 'close-ballot' });
    const minutes = minutesFrom(it.events, it.now);
    expect(minutes?.scores.map(agreedWords)).toEqual(['2 × yes, 1 × no']);
    const reader = { name: () => 'A', time: () => '', day: () => '', link: () => null, place: () => null };
    expect(minutes && minutesToMarkdown(whole(minutes), reader)).toContain(
      '## Votes\n\n- Shall we ship?: 2 × yes, 1 × no (3 of 3 voted)',
    );
    it.do('ana', { type: 'agree-score', item: 'k', value: 1 });
    expect(hasOutput(it.state, 'a', 'scores')).toBe(false);
    expect(agreedScores(it.state)).toEqual([]);
  });
});

describe('a vote that is taken back', () => {
  const voted = (): Room => {
    const it = room(['ana', 'ben', 'bea'], {}).do('ana', open());
    for (const name of ['ana', 'ben', 'bea'] as const) it.do(name, { type: 'vote', item: 'k', value: 7 });
    return it.do('ana', { type: 'reveal', item: 'k' });
  };

  test('[SN12] [SN59] moving on asks, and discarding is one of the answers', () => {
    const it = voted();
    expect(code(it.ask('ana', { type: 'next' }))).toBe('vote-open');
    it.do('ana', { type: 'next', vote: 'discard' });
    expect(it.state.current).toBe('b');
    expect(it.state.ballots[0]).toMatchObject({ discarded: true, closedAt: it.now });
    expect(it.state.ballots[0]?.items[0]).toMatchObject({ votes: 0, values: null, named: {} });
  });

  test('[SN59] it counts in no output and in no minutes, and no number is agreed on it', () => {
    const it = voted().do('ana', { type: 'agree-score', item: 'k', value: 7 });
    expect(hasOutput(it.state, 'a', 'scores')).toBe(true);
    it.do('ana', { type: 'close-ballot', discard: true });
    expect(hasOutput(it.state, 'a', 'scores')).toBe(false);
    expect(minutesFrom(it.events, it.now)?.scores).toEqual([]);
    expect(code(it.ask('ana', { type: 'agree-score', item: 'k', value: 7 }))).toBe('invalid');
    expect(it.state.acts?.at(-1)?.what).toBe('discarded the vote');
  });
});
