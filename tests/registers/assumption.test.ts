import { describe, expect, test } from 'vitest';
import { priorityOf } from '../../src/domain/assumption/assumption.ts';
import { assumptionFlags, tintOf } from '../../src/domain/assumption/flags.ts';
import { ana, anAssumption, cleo, contextAs } from './register-acts.ts';

const statement = 'Demand stays above 100 a week';
const opened = (more: object = {}) => {
  const it = anAssumption();
  it.ask({ type: 'assume', statement, team: 'red', ...more });
  return it;
};

describe('checks', () => {
  test('[AS1] untested until somebody says that it holds', () => {
    const it = opened();
    expect(it.it.status).toBe('untested');
    it.ask({ type: 'check', answer: 'holds' });
    expect(it.it.status).toBe('valid');
  });

  test('[AS2] two doubtful answers in a row, not one, and not with one that holds between', () => {
    const it = opened();
    const doubt = () => it.ask({ type: 'check', answer: 'doubtful', text: 'orders fell' });
    expect(it.ask({ type: 'check', answer: 'doubtful' })).toBe('invalid');
    expect(doubt()).toBe('checked');
    it.ask({ type: 'check', answer: 'holds' });
    expect(doubt()).toBe('checked');
    expect(doubt()).toBe('checked doubted');
    expect(it.it.status).toBe('doubtful');
    it.ask({ type: 'check', answer: 'holds' });
    expect(it.it.status).toBe('valid');
  });

  test('[AS3] a measure that breaks the rule; at the limit it holds', () => {
    const signpost = { kind: 'metric', commitment: 'c1', measure: 'm1', holdsWhile: 'at-least', value: 100 };
    const it = opened({ affects: ['c1'], signpost });
    const reading = (value: number) => it.ask({ type: 'breach', value }, { via: 'clock' });
    expect(reading(100)).toBe('');
    expect(reading(99)).toBe('breached doubted');
    expect(it.it.evidence.at(-1)).toMatchObject({ answer: 'breached', by: null });
    expect(anAssumption().ask({ type: 'assume', statement, signpost: signpost as never, affects: [] })).toBe(
      'invalid',
    );
  });

  test('[AS4] only a person says that it failed, with a reason', () => {
    const it = opened();
    expect(it.ask({ type: 'invalidate', reason: 'gone' }, { via: 'clock' })).toBe('not-yours');
    expect(it.ask({ type: 'invalidate', reason: '' })).toBe('invalid');
    expect(it.ask({ type: 'invalidate', reason: 'gone' }, { who: cleo })).toBe('not-yours');
    expect(it.ask({ type: 'invalidate', reason: 'the market is gone' })).toBe('invalidated');
    expect(it.ask({ type: 'check', answer: 'holds' })).toBe('wrong-state');
  });

  test.each(['untested', 'valid', 'doubtful', 'invalid'])('[AS5] %s, it can be retired', (status) => {
    const it = opened();
    if (status === 'valid') it.ask({ type: 'check', answer: 'holds' });
    for (const text of status === 'doubtful' ? ['one', 'two'] : []) {
      it.ask({ type: 'check', answer: 'doubtful', text });
    }
    if (status === 'invalid') it.ask({ type: 'invalidate', reason: 'gone' });
    expect(it.it.status).toBe(status);
    expect(it.ask({ type: 'retire', reason: '' })).toBe('invalid');
    expect(it.ask({ type: 'retire', reason: 'the plan changed' })).toBe('retired');
  });
});

test('[AS6] unknown from the 15th day after its check, when much rests on it', () => {
  const flags = (loadBearing: number, at: string) =>
    assumptionFlags(
      opened({ loadBearing, nextCheck: '2026-04-10' }).it,
      Date.parse(`${at}T10:00Z`),
      contextAs(ana),
    );
  expect(flags(3, '2026-04-09')).toEqual([]);
  expect(flags(3, '2026-04-10')).toEqual(['check-due']);
  expect(flags(3, '2026-04-24')).toEqual(['check-due']);
  expect(flags(3, '2026-04-25')).toEqual(['check-due', 'unknown']);
  expect(flags(2, '2026-06-25')).toEqual(['check-due']);
  expect([tintOf('invalid', []), tintOf('doubtful', []), tintOf('valid', ['unknown'])]).toEqual([
    ...['broken', 'doubtful', 'unknown'],
  ]);
});

test('[AS10] load times vulnerability; a check books the next by its cadence', () => {
  const it = opened({ loadBearing: 3, vulnerability: 2, cadence: 'monthly' });
  expect(priorityOf(it.it)).toBe(6);
  expect(it.it.nextCheck).toBe('2026-05-01');
  it.ask({ type: 'check', answer: 'holds' }, { at: Date.parse('2026-05-03T10:00Z') });
  expect(it.it.nextCheck).toBe('2026-06-03');
  expect(anAssumption().ask({ type: 'assume', statement, loadBearing: 4 })).toBe('invalid');
});

describe('how it is watched', () => {
  const signpost = { kind: 'event', on: '2026-04-20', what: 'the court decides' } as const;
  const checked = (it: ReturnType<typeof opened>, at: string) =>
    it.ask({ type: 'check', answer: 'holds' }, { at: Date.parse(`${at}T10:00Z`) });

  test('[AS11] by a day: checked then at the latest, and not again for that day', () => {
    const it = opened({ signpost });
    expect(it.it.nextCheck).toBe('2026-04-20');
    checked(it, '2026-04-10');
    expect(it.it.nextCheck).toBe('2026-04-20');
    checked(it, '2026-04-20');
    expect(it.it.nextCheck).toBeNull();
    expect(opened({ signpost, cadence: 'weekly' }).it.nextCheck).toBe('2026-04-08');
    expect(opened({ signpost, nextCheck: '2026-05-30' }).it.nextCheck).toBe('2026-04-20');
    expect(opened({ signpost, nextCheck: '2026-04-12' }).it.nextCheck).toBe('2026-04-12');
  });

  test('[AS11] watched in another way it is booked anew', () => {
    const it = opened({ cadence: 'monthly' });
    expect(it.ask({ type: 'amend', shaping: 'talk to them' })).toBe('amended');
    expect(it.it.nextCheck).toBe('2026-05-01');
    it.ask({ type: 'amend', cadence: 'weekly' });
    expect(it.it.nextCheck).toBe('2026-04-08');
    it.ask({ type: 'amend', cadence: 'quarterly', signpost });
    expect(it.it.nextCheck).toBe('2026-04-20');
    it.ask({ type: 'amend', nextCheck: '2026-04-03' });
    expect(it.it.nextCheck).toBe('2026-04-03');
  });

  test('[AS12] who is asked answers, of whatever team; others of that team do not', () => {
    const question = { kind: 'question', person: 'cleo', text: 'Will you still ship in June?' } as const;
    const it = opened({ signpost: question });
    const other = { ...cleo, person: 'dora' };
    expect(it.ask({ type: 'check', answer: 'holds' }, { who: other })).toBe('not-yours');
    expect(it.ask({ type: 'check', answer: 'holds' }, { who: cleo })).toBe('checked');
    it.ask({ type: 'amend', signpost: { kind: 'none' } });
    expect(it.ask({ type: 'check', answer: 'holds' }, { who: cleo })).toBe('not-yours');
  });
});
