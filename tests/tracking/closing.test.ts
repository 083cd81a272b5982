import { describe, expect, test } from 'vitest';
import { displayState } from '../../src/domain/commitment/display.ts';
import { after, answer, asIn, ask, committed, contextFor, done, due, on, report } from './situations.ts';

const inTime = on('2026-06-20');
const finished = (more = {}) => asIn(after(committed(more), 'ben', done, inTime), 'done');
const missedAt = on('2026-07-01', '00:00');
const missed = (more = {}) =>
  asIn(after(committed(more), 'ben', { type: 'complete', evidence: 'x' }, on('2026-07-02')), 'missed');

describe('done', () => {
  test('[CM20] needs evidence and the last value of every number, never in the future', () => {
    expect(answer(ask(committed(), 'ben', { ...done, evidence: '' }, inTime))).toBe('evidence-missing');
    expect(answer(ask(committed(), 'ben', { ...done, values: {} }, inTime))).toBe('values-missing');
    expect(answer(ask(committed(), 'ben', { ...done, values: { m1: 1, none: 2 } }, inTime))).toBe(
      'values-missing',
    );
    expect(answer(ask(committed(), 'ben', { ...done, doneAt: inTime + 1 }, inTime))).toBe('future');
    expect(answer(ask(committed(), 'ana', done, inTime))).toBe('not-yours');
    expect(finished().done).toMatchObject({
      values: { m1: 200, m2: 1 },
      late: false,
      evidence: 'see the dashboard',
    });
  });

  test('[CM20] a number said in a check-in need not be said again', () => {
    const said = after(
      committed(),
      'ben',
      { type: 'check-in', id: 'c1', ...report, values: { m1: 190 } },
      on('2026-06-01'),
    );
    expect(asIn(after(said, 'ben', { ...done, values: {} }, inTime), 'done').done.values).toEqual({
      m1: 190,
      m2: 1,
    });
  });

  test.each([
    ['2026-06-26', '23:59', 'done'],
    ['2026-06-27', '00:00', 'done-late'],
    ['2026-06-30', '23:59', 'done-late'],
  ])('[CM21] due on Friday, done on %s at %s: %s', (date, time, shown) => {
    const at = on(date, time);
    expect(displayState(after(committed(), 'ben', done, at), [], at, contextFor('ben'))).toBe(shown);
  });

  test('[CM21] the owner may say when it was done', () => {
    const it = after(committed(), 'ben', { ...done, doneAt: on(due) }, on('2026-06-30'));
    expect(asIn(it, 'done').done).toMatchObject({ late: false, doneAt: on(due), at: on('2026-06-30') });
  });
});

describe('missed', () => {
  test('[CM22] by the clock at the end of the grace, whenever the job runs', () => {
    expect(missed().missed).toMatchObject({
      at: missedAt,
      deliveredLate: { evidence: 'x', at: on('2026-07-02') },
    });
    expect(answer(ask(missed(), 'ben', done, on('2026-07-03')))).toBe('wrong-state');
    expect(displayState(missed(), [], on('2026-07-03'), contextFor('ben'))).toBe('missed');
    const checkIn = { type: 'check-in', id: 'c1', ...report } as const;
    expect(answer(ask(committed(), 'ben', checkIn, missedAt))).toBe('wrong-state');
    expect(answer(ask(committed(), 'ben', checkIn, missedAt - 1))).toBe('allowed');
  });

  test('[CM23] records the last confidence and the first warning', () => {
    const said = [
      ['c1', 'on', 90, '2026-05-01'],
      ['c2', 'risk', 60, '2026-05-08'],
      ['c3', 'off', 20, '2026-05-15'],
    ] as const;
    const it = said.reduce(
      (state, [id, status, confidence, date]) =>
        asIn(
          after(state, 'ben', { type: 'check-in', id, ...report, status, confidence }, on(date)),
          'committed',
        ),
      committed(),
    );
    const early = after(
      it,
      'ben',
      { type: 'miss', cause: 'capacity', text: 'two people left' },
      on('2026-06-01'),
    );
    expect(asIn(early, 'missed').missed).toMatchObject({
      ...{ at: on('2026-06-01'), lastConfidence: 20, firstWarningAt: on('2026-05-08') },
      cause: { code: 'capacity', by: 'ben', text: 'two people left' },
    });
    expect(missed().missed).toMatchObject({ lastConfidence: 70, firstWarningAt: null, cause: null });
    const later = after(
      missed(),
      'ben',
      { type: 'give-cause', cause: 'decision-late', text: '' },
      on('2026-07-03'),
    );
    expect(later).toMatchObject({ missed: { cause: { code: 'decision-late' } } });
  });
});

describe('after done', () => {
  const reviewed = () => finished({ reviewer: 'ana' });
  test('[CM24] the reviewer acknowledges, or rejects within 7 days', () => {
    expect(answer(ask(reviewed(), 'ben', { type: 'acknowledge' }, inTime))).toBe('not-yours');
    const acknowledged = after(reviewed(), 'ana', { type: 'acknowledge' }, inTime);
    expect(acknowledged).toMatchObject({ done: { acknowledgedBy: 'ana' } });
    expect(answer(ask(acknowledged, 'ana', { type: 'acknowledge' }, inTime))).toBe('wrong-state');
    const reject = { type: 'reject', reason: 'no numbers for May' } as const;
    expect(answer(ask(reviewed(), 'ana', { ...reject, reason: '' }, inTime))).toBe('reason-missing');
    expect(answer(ask(reviewed(), 'ana', reject, on('2026-06-27', '12:01')))).toBe('too-late');
    expect(after(reviewed(), 'ana', reject, on('2026-06-22')).status).toBe('committed');
    expect(answer(ask(finished(), 'ana', reject, inTime))).toBe('not-yours');
  });

  test('[CM28] reviewer or administrator reopen within 14 days, with grace anew', () => {
    const reopen = { type: 'reopen', reason: 'it was done in time' } as const;
    expect(answer(ask(missed(), 'ben', reopen, on('2026-07-03')))).toBe('not-yours');
    expect(answer(ask(missed(), 'olga', reopen, on('2026-07-16')))).toBe('too-late');
    const reopened = after(missed(), 'olga', reopen, on('2026-07-08'));
    const kept = after(reopened, 'ben', { ...done, doneAt: on(due) }, on('2026-07-10', '23:00'));
    expect(asIn(kept, 'done').done.late).toBe(false);
    expect(answer(ask(reopened, 'ben', { ...done, doneAt: on(due) }, on('2026-07-11', '00:00')))).toBe(
      'allowed',
    );
    expect(after(reopened, 'ben', done, on('2026-07-11', '00:00')).status).toBe('missed');
  });

  test('[CM29] a correction needs a note, keeps both values and leaves version 1 alone', () => {
    const correct = {
      type: 'correct',
      note: 'typing error',
      correction: { field: 'terms', change: { due: '2026-06-29' } },
    } as const;
    expect(answer(ask(committed(), 'olga', { ...correct, note: '' }, inTime))).toBe('reason-missing');
    expect(answer(ask(committed(), 'ben', correct, inTime))).toBe('not-yours');
    const same = { ...correct, correction: { field: 'terms', change: { due } } } as const;
    expect(answer(ask(committed(), 'olga', same, inTime))).toBe('nothing-changed');
    const it = after(committed(), 'olga', correct, inTime);
    expect(it.corrections).toMatchObject([
      { note: 'typing error', before: { due }, after: { change: { due: '2026-06-29' } } },
    ]);
    expect(it.versions.map(({ terms: { due: day }, reason }) => [day, reason])).toEqual([
      [due, null],
      ['2026-06-29', 'correction'],
    ]);
    const outcome = { field: 'outcome', outcome: 'done', doneAt: on(due) } as const;
    const put = after(missed(), 'olga', { ...correct, correction: outcome }, on('2026-07-20'));
    expect(put).toMatchObject({ status: 'done', done: { late: false }, corrections: [{ before: 'missed' }] });
    expect(answer(ask(committed(), 'olga', { ...correct, correction: outcome }, inTime))).toBe('wrong-state');
    const moved = after(
      finished(),
      'olga',
      { ...correct, correction: { field: 'done-at', doneAt: on('2026-06-19') } },
      on('2026-07-20'),
    );
    expect(asIn(moved, 'done').done.doneAt).toBe(on('2026-06-19'));
    expect(
      after(
        finished(),
        'olga',
        { ...correct, correction: { field: 'outcome', outcome: 'missed' } },
        on('2026-07-20'),
      ).status,
    ).toBe('missed');
  });
});

describe('letting go', () => {
  const drop = { type: 'drop', reason: 'the market closed', frees: 'two people' } as const;
  test('[CM25] dropping needs a reason, in standard a decision, and records the notice', () => {
    expect(answer(ask(committed(), 'ben', { ...drop, reason: '' }, inTime))).toBe('reason-missing');
    expect(answer(ask(committed(), 'ben', drop, inTime, { depth: 'standard' }))).toBe('decision-missing');
    const decided = { ...drop, decisionId: 'd1' };
    expect(answer(ask(committed(), 'ben', decided, inTime, { depth: 'standard' }))).toBe('allowed');
    const silent = { ...decided, frees: ' ' };
    expect(ask(committed(), 'ben', silent, inTime, { depth: 'standard' })).toMatchObject({
      ok: false,
      refusal: { code: 'invalid', path: 'frees' },
    });
    expect(answer(ask(committed(), 'ben', silent, inTime))).toBe('allowed');
    expect(after(committed(), 'ben', drop, inTime)).toMatchObject({
      status: 'dropped',
      dropped: { reason: 'the market closed', frees: 'two people', noticeDays: 6 },
    });
  });

  test('[CM30] the old owner answers until the new one takes it', () => {
    const asked = after(committed(), 'ana', { type: 'hand-over', to: 'bea' }, inTime);
    expect(asked.owner).toBe('ben');
    expect(answer(ask(asked, 'ben', done, inTime))).toBe('allowed');
    expect(answer(ask(asked, 'ana', { type: 'take-over' }, inTime))).toBe('not-yours');
    expect(answer(ask(committed(), 'ben', { type: 'hand-over', to: 'ben' }, inTime))).toBe('nothing-changed');
    const taken = after(asked, 'bea', { type: 'take-over' }, inTime);
    expect(taken).toMatchObject({ owner: 'bea', handover: null });
    expect(answer(ask(taken, 'ben', done, inTime))).toBe('not-yours');
  });
});

describe('others', () => {
  test.each(['olga', 'cleo', 'dan'])('[CM31] %s of elsewhere has no voice in a promise of red', (person) => {
    const own = [
      done,
      { type: 'check-in', id: 'c', ...report },
      { type: 'drop', reason: 'x', frees: '' },
      { type: 'hand-over', to: 'dan' },
    ] as const;
    for (const command of own) expect(answer(ask(committed(), person, command, inTime))).toBe('not-yours');
  });

  test('[CM32] an observer can do nothing, not even as owner', () => {
    expect(answer(ask(committed(), 'finn', { type: 'complete', evidence: 'x' }, inTime))).toBe('not-yours');
    expect(answer(ask({ ...committed(), owner: 'finn' }, 'finn', done, inTime))).toBe('not-yours');
  });
});
