import { describe, expect, test } from 'vitest';
import type { CommitmentDetail } from '#protocol/views/tracking.ts';
import { checkInInput } from '#lib/tracking/check-in-input.ts';
import { numberIn } from '#lib/tracking/posted.ts';
import { commitmentInput } from './commitment-input.server.ts';

const posted = (fields: Record<string, string | readonly string[]>): ReadonlyMap<string, readonly string[]> =>
  new Map(Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]));

const measure = {
  key: 'p95',
  title: 'Slowest refund',
  kind: 'number',
  unit: 'min',
  baseline: 240,
  target: 60,
};
const promise = {
  statement: 'Refunds under one hour',
  due: '2027-03-20',
  doneMeans: 'p95 holds',
  measures: [measure],
  criteria: null,
};
const inputOf = (command: string, fields: ReturnType<typeof posted>, it: CommitmentDetail) =>
  commitmentInput(command, fields, it, 'Europe/Berlin');

const detail = { status: 'committed', now: promise } as unknown as CommitmentDetail;

describe('what a move’s form says', () => {
  test('[PG15] a change carries only what differs', () => {
    const same = {
      statement: promise.statement,
      due: '2027-04-10',
      doneMeans: 'p95 holds',
      'targets.p95': '60',
    };
    expect(
      inputOf('rescope', posted({ ...same, code: 'learning', text: 'Two tasks are one.' }), detail),
    ).toEqual({
      change: { due: '2027-04-10' },
      reason: 'learning',
      text: 'Two tasks are one.',
    });
  });

  test('[PG15] a new target carries all measures, so that none is lost', () => {
    const input = inputOf('rescope', posted({ 'targets.p95': '90', code: 'learning', text: '' }), detail);
    expect(input['change']).toEqual({ measures: [{ ...measure, target: 90 }] });
  });

  test('[PG15] the day something was done goes on as its noon, and a day that is none is refused by name', () => {
    const noon = Date.parse('2027-03-19T11:00Z');
    const said = (fields: Record<string, string>, status = 'committed', command = 'complete') =>
      inputOf(command, posted(fields), { ...detail, status });
    expect(said({ evidence: 'x' })).not.toHaveProperty('doneAt');
    expect(said({ evidence: 'x', doneAt: '2027-03-19' })).toMatchObject({ doneAt: noon });
    const correct = (fields: Record<string, string>, status: string) =>
      said({ note: 'n', ...fields }, status, 'correct')['correction'];
    expect(correct({ outcome: 'done', doneAt: '2027-03-19' }, 'missed')).toEqual({
      ...{ field: 'outcome', outcome: 'done', doneAt: noon },
    });
    expect(correct({ outcome: 'done', doneAt: '2027-03-19' }, 'done')).toEqual({
      ...{ field: 'done-at', doneAt: noon },
    });
    expect(correct({ outcome: 'missed' }, 'done')).toEqual({ field: 'outcome', outcome: 'missed' });
    expect(correct({ outcome: 'done' }, 'missed')).toMatchObject({ doneAt: Number.NaN });
    const terms = { due: '2027-04-10', outcome: 'terms', 'baselines.p95': '300', 'targets.p95': '60' };
    for (const status of ['missed', 'done']) {
      expect(correct(terms, status)).toEqual({
        ...{ field: 'terms', change: { due: '2027-04-10', measures: [{ ...measure, baseline: 300 }] } },
      });
    }
    for (const status of ['proposed', 'parked', 'declined', 'committed', 'dropped', 'carried']) {
      expect(correct({ due: '2027-04-10' }, status)).toEqual({
        ...{ field: 'terms', change: { due: '2027-04-10' } },
      });
    }
  });

  test('[PG15] accepting fills only what was left open', () => {
    expect(inputOf('accept', posted({ confidence: '70', due: '2027-09-09' }), detail)).toEqual({
      confidence: 70,
      fill: {},
    });
    const open = { ...detail, now: { ...promise, due: null } } as unknown as CommitmentDetail;
    expect(inputOf('accept', posted({ due: '2027-09-09', 'baselines.p95': '240' }), open)).toEqual({
      confidence: null,
      fill: { due: '2027-09-09', baselines: { p95: 240 } },
    });
  });

  test.each([
    ['12', 12],
    ['1,5', 1.5],
    [' 80 % ', 80],
    ['-3', -3],
    ['1 200', 1200],
    ['', null],
  ])('[PG15] %j is the number %j', (typed, value) => {
    expect(numberIn(typed)).toBe(value);
  });

  test.each(['soon', '1.2.3', '1e9', '0x10'])('[PG15] %j is no number, and says so', (typed) => {
    expect(numberIn(typed)).toBeNaN();
  });
});

describe('what each status means', () => {
  const said = {
    'criteria.on': ' a week ahead ',
    'criteria.risk': '',
    'criteria.off': '',
    'criteria.stretch': '',
  };
  const criteria = { on: 'a week ahead', risk: '', off: '', stretch: '' };

  test('[CM61][PG15] goes on with a yes or a change where it was said or differs, and only there', () => {
    expect(inputOf('accept', posted(said), detail)).toMatchObject({ fill: { criteria } });
    expect(inputOf('rescope', posted(said), detail)).toMatchObject({ change: { criteria } });
    const used = { ...detail, now: { ...promise, criteria } } as unknown as CommitmentDetail;
    expect(inputOf('rescope', posted(said), used)['change']).toEqual({});
    expect(inputOf('rescope', posted({ ...said, 'criteria.on': '' }), used)['change']).toEqual({
      criteria: { ...criteria, on: '' },
    });
    expect(inputOf('rescope', posted({}), used)['change']).toEqual({});
  });
});

describe('a check-in’s form', () => {
  const fields = {
    version: 3,
    whatChanged: '',
    nextStep: '',
    link: '',
    exact: '',
    helpWanted: 'A tester',
  } as const;

  test('[PG16] the exact confidence wins over the step', () => {
    const input = checkInInput({ ...fields, status: 'on', confidence: '70', exact: '65' }, posted({}));
    expect(input.confidence).toBe(65);
  });

  test('[PG16] a box that was asked and is not ticked is not done', () => {
    const given = posted({ asked: ['rfc', 'docs'], 'values.docs': '1', 'values.p95': '75,5' });
    const input = checkInInput({ ...fields, status: 'on', confidence: '70' }, given);
    expect(input.values).toEqual({ rfc: 0, docs: 1, p95: 75.5 });
  });

  test('[PG16] what would help counts only when it is not on track', () => {
    const given = posted({ 'blocker.kind': 'dependency', 'blocker.text': 'Payout queue', 'blocker.by': '' });
    expect(checkInInput({ ...fields, status: 'on', confidence: '70' }, given)).toMatchObject({
      blocker: null,
      helpWanted: '',
    });
    expect(checkInInput({ ...fields, status: 'risk', confidence: '70' }, given)).toMatchObject({
      blocker: { kind: 'dependency', text: 'Payout queue', owner: null, by: null },
      helpWanted: 'A tester',
    });
  });
});
