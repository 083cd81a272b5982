import { describe, expect, test } from 'vitest';
import type { CommitmentRow, DependencyRow, DisplayState } from '#protocol/views/tracking.ts';
import { commitmentsSentence, dependenciesSentence, listed, weekSentence } from './sentences.ts';

function rows(...displays: DisplayState[]): CommitmentRow[] {
  return displays.map((display, at) => ({
    id: String(at),
    boardId: 'board',
    boardTitle: 'Plan',
    objectKey: `o${at}`,
    statement: 'Refunds under one hour',
    ownerId: null,
    teamId: null,
    status: 'committed',
    display,
    due: null,
    weight: 3,
    promise: 'firm',
    progress: null,
    reportedStatus: null,
    confidence: null,
    lastCheckInAt: null,
    slot: null,
    version: 1,
    waitingOn: [],
    basis: null,
  }));
}

function need(status: string, flags: DependencyRow['flags'] = []): DependencyRow {
  return {
    id: status,
    boardId: 'board',
    boardTitle: 'Plan',
    objectKey: 'd',
    what: 'Ledger API',
    status,
    word: status,
    flags,
    timing: 'none',
    hard: true,
    size: null,
    requesterKey: null,
    requesterTitle: '',
    requesterTeamId: null,
    requesterOwnerId: null,
    providerTeamId: null,
    providerPersonId: null,
    servedBy: null,
    neededBy: null,
    promisedFor: null,
    respondBy: null,
    slipDays: 0,
    rounds: 0,
    version: 1,
    moves: [],
  };
}

const nothing = { toAccept: [], toAgree: [], toCheckIn: [], toAnswer: [], mine: [] };

describe('the first sentence of a page', () => {
  test('[PG8] counts what runs by how it stands, silence by its name', () => {
    expect(commitmentsSentence(rows('on', 'on', 'risk', 'stale', 'unrated', 'pending'))).toBe(
      'Six commitments run: two on track, one at risk, two without word and one without a status.',
    );
  });

  test('[PG8] says what has ended and what waits for a yes', () => {
    expect(commitmentsSentence(rows('done', 'done-late', 'missed', 'proposed'))).toBe(
      'Two done and one missed. One waits for its owner’s yes.',
    );
    expect(commitmentsSentence([])).toBe('Nothing is promised here yet.');
  });

  test('[PG8] puts the answers one owes first', () => {
    expect(dependenciesSentence([need('requested'), need('accepted', ['late'])], 1)).toBe(
      'One ask waits for your answer; of 2 in all one is still open, one is agreed and one is late.',
    );
    expect(dependenciesSentence([need('confirmed')], 0)).toBe(
      'Nothing waits for your answer; of 1 in all none is open.',
    );
    expect(dependenciesSentence([], 0)).toBe('No team has asked another for anything yet.');
  });

  test('[PG8] of a week says what it asks, or that it asks nothing', () => {
    expect(weekSentence({ ...nothing, toAccept: rows('proposed'), toCheckIn: rows('on', 'on') })).toBe(
      'One promise to accept and two check-ins due.',
    );
    expect(weekSentence({ ...nothing, mine: rows('on', 'done') })).toBe(
      'Nothing waits for you; one commitment of yours runs.',
    );
    expect(weekSentence(nothing)).toBe('Nothing waits for you.');
    expect(weekSentence({ ...nothing, toCheckIn: rows('on') }, 3)).toBe(
      'Three things need you and one check-in due.',
    );
  });

  test('[PG8] joins parts as people do', () => {
    expect(listed(['a'])).toBe('a');
    expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
  });
});
