import { describe, expect, test } from 'vitest';
import { scoreOf } from '../../src/domain/commitment/scoring.ts';
import { after, answer, ask, committed, on, zone } from './situations.ts';

const inTime = on('2026-06-20');

describe('carrying', () => {
  const carry = { type: 'carry', to: 'next', cause: 'capacity', text: '' } as const;
  const closing = { inCloseSession: true };
  test('[CM26] carrying is for the session that closes the period', () => {
    expect(answer(ask(committed(), 'ben', carry, inTime))).toBe('not-in-close-session');
    const it = after(committed(), 'ana', carry, inTime, closing);
    expect(it).toMatchObject({ status: 'carried', carried: { to: 'next', cause: { code: 'capacity' } } });
    expect(scoreOf(it, zone)?.kept).toBe(false);
  });

  test('[CM26] what the clock called missed by then can be asked anew as well, once; it stays missed', () => {
    const late = on('2026-07-08');
    expect(answer(ask(committed(), 'ben', carry, late))).toBe('not-in-close-session');
    const it = after(committed(), 'ben', carry, late, closing);
    expect(it).toMatchObject({
      status: 'missed',
      missed: { at: on('2026-07-01', '00:00'), carriedTo: 'next', cause: { code: 'capacity' } },
    });
    expect(answer(ask(it, 'ben', { ...carry, to: 'other' }, late, closing))).toBe('wrong-state');
    expect(answer(ask(it, 'olga', { type: 'reopen', reason: 'a mistake' }, late, closing))).toBe(
      'wrong-state',
    );
    const explained = after(
      committed(),
      'ben',
      { type: 'miss', cause: 'unclear-done', text: 'vague' },
      inTime,
    );
    const on2 = after(explained, 'ben', { ...carry, cause: null }, late, closing);
    expect(on2).toMatchObject({
      status: 'missed',
      missed: { carriedTo: 'next', cause: { code: 'unclear-done' } },
    });
    expect(after(explained, 'ben', carry, late, closing)).toMatchObject({
      missed: { cause: { code: 'unclear-done' } },
    });
  });

  test('[CM27] carried twice, the next one must split or change hands', () => {
    const often = committed({ carryCount: 2, predecessor: 'before' });
    expect(answer(ask(often, 'ben', carry, inTime, closing))).toBe('carried-too-often');
    expect(answer(ask(often, 'ben', { ...carry, choice: 'split' }, inTime, closing))).toBe('allowed');
    expect(answer(ask(committed({ carryCount: 1 }), 'ben', carry, inTime, closing))).toBe('allowed');
  });
});
