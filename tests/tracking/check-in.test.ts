import { describe, expect, test } from 'vitest';
import { lastCheckIn, lastValues, standingCheckIns } from '../../src/domain/commitment/check-in.ts';
import { decide } from '../../src/domain/commitment/decide.ts';
import { foldAll } from '../../src/domain/commitment/fold.ts';
import { displayState } from '../../src/domain/commitment/display.ts';
import { prefillCheckIn } from '../../src/domain/commitment/prefill.ts';
import type { CommitmentCommand } from '../../src/domain/commitment/command.ts';
import type { Commitment } from '../../src/domain/commitment/commitment.ts';
import type { Slot } from '../../src/domain/rhythm/slot.ts';
import {
  after,
  answer,
  ask,
  committed,
  contextFor,
  launch,
  on,
  report,
  signups,
  slotDue,
} from './situations.ts';

const first = slotDue('2026-04-10', '2026-04-14', '2026-04-07');
const second = slotDue('2026-04-17', '2026-04-21', '2026-04-14');
const checkIn = (id: string, more: object = {}): Extract<CommitmentCommand, { type: 'check-in' }> => ({
  type: 'check-in',
  id,
  ...report,
  ...more,
});
const shown = (it: Commitment, slots: readonly Slot[], at: number) =>
  displayState(it, slots, at, contextFor('ben'));

describe('a check-in', () => {
  test('[CM12] needs status, confidence and measures that exist', () => {
    const bad = checkIn('c1', {
      ...{ status: null, confidence: 70.5, values: { none: 1, m1: Number.NaN } },
      blocker: { kind: 'mood', text: '', owner: null, by: 'soon' },
    });
    const outcome = ask(committed(), 'ben', bad, on('2026-04-09'));
    expect(outcome.ok ? [] : outcome.refusal.faults?.map(({ path }) => path)).toEqual([
      'status',
      'confidence',
      'values.none',
      'values.m1',
      'blocker.kind',
      'blocker.by',
    ]);
    expect(answer(ask(committed(), 'ana', checkIn('c1'), on('2026-04-09')))).toBe('not-yours');
  });

  test('[CM13] fills the earliest slot that waits', () => {
    const outcome = ask(committed(), 'ben', checkIn('c1'), on('2026-04-09'), { slots: [first, second] });
    expect(outcome).toMatchObject({
      ok: true,
      value: [{ data: { slot: first.id, filled: 'on-time', kind: 'answer' } }],
    });
    const late = ask(committed(), 'ben', checkIn('c1'), on('2026-04-13'), { slots: [first, second] });
    expect(late).toMatchObject({ value: [{ data: { slot: first.id, filled: 'late' } }] });
  });

  test('[CM13] twice in one slot is a revision', () => {
    const once = after(committed(), 'ben', checkIn('c1', { values: { m1: 120 } }), on('2026-04-08'), {
      slots: [first],
    });
    const filled = { ...first, filled: 'on-time', filledAt: on('2026-04-08') } as const;
    const twice = after(once, 'ben', checkIn('c2', { values: { m1: 125 } }), on('2026-04-09'), {
      slots: [filled],
    });
    expect(twice.checkIns[1]).toMatchObject({ revises: 'c1', slot: first.id });
    expect(standingCheckIns(twice.checkIns).map(({ id }) => id)).toEqual(['c2']);
    expect(lastValues(twice.checkIns)).toEqual({ m1: 125 });
  });

  test('[CM14] outside every window it is a note', () => {
    const noted = after(committed(), 'ben', checkIn('c1', { values: { m1: 150 } }), on('2026-04-02'), {
      slots: [first],
    });
    expect(noted.checkIns[0]).toMatchObject({ kind: 'note', slot: null });
    expect([lastCheckIn(noted.checkIns), lastValues(noted.checkIns)]).toEqual([null, {}]);
    expect(shown(noted, [first], on('2026-04-02'))).toBe('pending');
  });

  test('[CM48] keeps the targets that held and the needs that were open when it was given', () => {
    const need = (key: string, status: string) => ({
      key,
      status,
      what: key,
      hard: true,
      needsChoice: false,
    });
    const needs = [need('api', 'accepted'), need('logo', 'confirmed'), need('hall', 'requested')];
    const snapshotAt = (it: Commitment) =>
      ask(it, 'ben', checkIn('c1'), on('2026-04-09'), { slots: [first], needs });
    const open = [
      { key: 'api', status: 'accepted' },
      { key: 'hall', status: 'requested' },
    ];
    expect(snapshotAt(committed())).toMatchObject({
      value: [{ data: { snapshot: { version: 1, targets: { m1: 200, m2: null }, needs: open } } }],
    });
    const eased = after(
      committed(),
      'ben',
      {
        ...{ type: 'rescope', reason: 'learning', text: 'slower', decisionId: null },
        change: { measures: [{ ...signups, target: 190 }, launch] },
      },
      on('2026-04-08'),
    );
    expect(snapshotAt(eased)).toMatchObject({
      value: [{ data: { snapshot: { version: 2, targets: { m1: 190, m2: null } } } }],
    });
  });

  test('[CM15] can be taken back for ten minutes', () => {
    const once = after(committed(), 'ben', checkIn('c1'), on('2026-04-09', '12:00'), { slots: [first] });
    const undo = { type: 'undo-check-in', id: 'c1' } as const;
    expect(answer(ask(once, 'ben', undo, on('2026-04-09', '12:11')))).toBe('too-late');
    const outcome = ask(once, 'ben', undo, on('2026-04-09', '12:10'));
    expect(outcome).toMatchObject({ value: [{ type: 'check-in-undone', data: { slot: first.id } }] });
    const undone = after(once, 'ben', undo, on('2026-04-09', '12:10'));
    expect([lastCheckIn(undone.checkIns), undone.checkIns.length]).toEqual([null, 1]);
    expect(answer(ask(undone, 'ben', undo, on('2026-04-09', '12:10')))).toBe('invalid');
  });

  test('[CM42] is prefilled, and asks confidence again after two repeats', () => {
    const said = after(
      committed(),
      'ben',
      checkIn('c1', { values: { m1: 120 }, status: 'risk' }),
      on('2026-04-09'),
    );
    expect(prefillCheckIn(said)).toEqual({ values: { m1: 120 }, status: 'risk', confidence: 80 });
    const same = checkIn('c2', { noMovement: true });
    const again = after(
      after(said, 'ben', same, on('2026-04-10')),
      'ben',
      { ...same, id: 'c3' },
      on('2026-04-11'),
    );
    expect(prefillCheckIn(again).confidence).toBeNull();
    expect(prefillCheckIn(committed())).toEqual({ values: {}, status: null, confidence: null });
  });
});

describe('what is shown', () => {
  const answered = { ...first, filled: 'on-time', filledAt: on('2026-04-09') } as const;
  const said = after(committed(), 'ben', checkIn('c1'), on('2026-04-09'), { slots: [first] });

  test('[CM33] pending, reported, stale, closed: the first that holds', () => {
    expect(shown(committed(), [first], on('2026-04-09'))).toBe('pending');
    expect(shown(said, [answered, second], on('2026-04-20'))).toBe('on');
    expect(shown(said, [answered, second], on('2026-04-21', '17:00'))).toBe('stale');
    expect(shown(committed(), [first], on('2026-04-14', '16:59'))).toBe('pending');
    expect(shown(committed(), [first], on('2026-04-14', '17:00'))).toBe('stale');
    const dropped = after(said, 'ben', { type: 'drop', reason: 'not needed', frees: '' }, on('2026-04-22'));
    expect(shown(dropped, [answered, second], on('2026-04-22'))).toBe('dropped');
  });

  test('[CM33] an excused silence is no silence', () => {
    expect(shown(said, [answered, { ...second, excused: 'freeze' }], on('2026-04-30'))).toBe('on');
  });

  test('[CM34] a report without status is unrated', () => {
    const context = contextFor(null, { importing: true });
    const imported = { ...checkIn('c1', { status: null, confidence: null }), slot: 'x', byName: 'someone' };
    const outcome = decide(committed(), imported, { person: null, via: 'import' }, on('2026-04-09'), context);
    if (!outcome.ok) throw new Error(outcome.refusal.message);
    expect(shown(foldAll(outcome.value, committed()) ?? committed(), [], on('2026-04-10'))).toBe('unrated');
    expect(answer(ask(committed(), 'ben', imported, on('2026-04-09')))).toBe('invalid');
  });

  test('[CM35] an unanswered no of another team keeps green away', () => {
    const facts = { ...contextFor('ben'), openChoices: 1 };
    expect(displayState(said, [answered], on('2026-04-10'), facts)).toBe('risk');
    const off = after(committed(), 'ben', checkIn('c1', { status: 'off' }), on('2026-04-09'));
    expect(displayState(off, [], on('2026-04-10'), facts)).toBe('off');
  });
});
