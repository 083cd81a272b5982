import { describe, expect, test } from 'vitest';
import { defaultSettings } from '#domain/commitment/settings.ts';
import { commandRules } from '#domain/commitment/rules.ts';
import { moveRules } from '#domain/dependency/rules.ts';
import type { CommitmentDetail, DependencyRow } from '#protocol/views/tracking.ts';
import { commitmentMoves } from './commitment-moves.ts';
import { dependencyMoves } from './dependency-moves.ts';

const promise = {
  version: 1,
  at: 0,
  statement: 'Refunds under one hour',
  due: null,
  doneMeans: '',
  weight: 3,
  confidence: null,
  measures: [
    {
      key: 'p95',
      title: 'Slowest refund',
      kind: 'number',
      unit: 'min',
      baseline: null,
      target: 60,
      direction: 'down',
      due: null,
      owner: null,
      done: false,
      helpWanted: false,
    },
  ],
  criteria: null,
  reason: null,
} as const;

function offering(...moves: string[]): CommitmentDetail {
  return {
    id: 'c1',
    boardId: 'board',
    boardTitle: 'Plan',
    objectKey: 'o1',
    statement: promise.statement,
    ownerId: 'ana',
    teamId: null,
    status: 'proposed',
    display: 'proposed',
    due: null,
    weight: 3,
    promise: 'firm',
    progress: null,
    reportedStatus: null,
    confidence: null,
    lastCheckInAt: null,
    slot: null,
    version: 1,
    offered: promise,
    baseline: null,
    versions: [],
    now: promise,
    values: {},
    slots: [],
    adherence: { onTime: 0, late: 0, expected: 0, rate: null },
    checkIns: [],
    history: [],
    moves,
    needs: [],
    serves: [],
    snapshotId: null,
    ...{ reviewerId: null, sponsorId: null, delegateId: null, acknowledgedById: null },
    chain: { predecessorId: null, carryCount: 0, successorId: null },
    explanation: null,
    earlier: 0,
    waitingOn: [],
    basis: null,
    bases: [],
    period: null,
    periods: null,
    frozenFrom: null,
  };
}

/** Given by servers, clocks and imports, on pages of their own, or in a close session only. */
const elsewhere = ['offer', 'rebase', 'break-basis', 'tick', 'check-in', 'undo-check-in', 'carry'];

describe('the moves on a commitment’s page', () => {
  test('[PG9] every command a person may be offered has its form', () => {
    const all = Object.keys(commandRules).filter((command) => !elsewhere.includes(command));
    const some = [{ value: 'year', label: 'Twice the sales' }];
    const links = { choices: some, chosen: some };
    const moves = commitmentMoves(offering(...all), 'standard', [], defaultSettings, links);
    const shown = moves.map((it) => it.command);
    expect([...shown].sort()).toEqual([...all].sort());
  });

  test('[PG9] nothing is shown that the server does not offer', () => {
    expect(commitmentMoves(offering(), 'light')).toEqual([]);
    expect(commitmentMoves(offering('park'), 'light').map((it) => it.command)).toEqual(['park']);
    expect(commitmentMoves(offering('contribute', 'stop-contributing'), 'light')).toEqual([]);
  });

  test('[PG9] accepting asks for what the offer left open, never fills in the confidence', () => {
    const [light] = commitmentMoves(offering('accept'), 'light');
    const [standard] = commitmentMoves(offering('accept'), 'standard');
    expect(light?.fields.map((it) => it.name)).toEqual(['due', 'doneMeans']);
    expect(standard?.fields.map((it) => it.name)).toEqual([
      'due',
      'doneMeans',
      'weight',
      'baselines.p95',
      'confidence',
      'criteria',
    ]);
    expect(standard?.fields.find((it) => it.name === 'confidence')?.value).toBeUndefined();
  });

  test('[CM61] the light depth does not ask what each status means until it was said', () => {
    const asks = (it: CommitmentDetail, depth: 'light' | 'standard') =>
      commitmentMoves(it, depth).map(({ command, fields }) => [
        command,
        fields.some(({ kind }) => kind === 'criteria'),
      ]);
    const open = offering('accept', 'propose-change', 'rescope');
    const criteria = { on: 'a week ahead', risk: '', off: '', stretch: '' };
    const used = { ...open, now: { ...open.now, criteria } };
    const all = (accept: boolean, change: boolean) => [
      ['accept', accept],
      ['propose-change', change],
      ['rescope', change],
    ];
    expect(asks(open, 'light')).toEqual(all(false, false));
    expect(asks(open, 'standard')).toEqual(all(true, true));
    // What was offered with words is changed by a proposal, not by the yes.
    expect(asks(used, 'light')).toEqual(all(false, true));
  });
});

function asking(...moves: string[]): DependencyRow {
  return {
    id: 'd1',
    boardId: 'board',
    boardTitle: 'Plan',
    objectKey: 'a1',
    what: 'Payout queue',
    status: 'requested',
    word: 'asked',
    flags: [],
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
    neededBy: '2027-03-20',
    promisedFor: null,
    respondBy: null,
    slipDays: 0,
    rounds: 0,
    version: 1,
    moves,
  };
}

describe('the moves on a dependency’s page', () => {
  const me = { personId: 'ana', objectives: [] };

  test('[PG9] every move of the handshake has its form', () => {
    const all = Object.keys(moveRules);
    const shown = dependencyMoves(asking(...all), me).map((it) => it.command);
    expect([...shown].sort()).toEqual([...all].sort());
    expect(dependencyMoves(asking(), me)).toEqual([]);
  });

  test('[PG9] agreeing is prefilled with oneself and the day it is needed', () => {
    const [agree] = dependencyMoves(asking('accept'), me);
    expect(agree?.fields.map((it) => [it.name, it.value])).toEqual([
      ['person', 'ana'],
      ['date', '2027-03-20'],
      ['servedBy', ''],
      ['confidence', undefined],
    ]);
  });
});
