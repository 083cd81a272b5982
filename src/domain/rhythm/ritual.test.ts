import { describe, expect, test } from 'vitest';
import { ground, ritual, starts, terms } from '../../../tests/support/rituals.ts';
import { bookRitual, decideRitual, splitRitual, type RitualContext } from './decide-ritual.ts';
import { expandRitual } from './expand-ritual.ts';
import { foldRituals } from './fold-ritual.ts';
import type { Ritual, RitualTerms } from './ritual.ts';
import type { RitualCommand } from './ritual-command.ts';
import type { RitualEvent } from './ritual-event.ts';
import { agendaCarriedInto, skipsInARow } from './skips-in-a-row.ts';

const now = Date.parse('2026-03-04T12:00Z');
const actor = { person: 'ana', via: 'web' } as const;
const context: RitualContext = {
  ground,
  managesBoard: false,
  standing: { person: 'ana', role: 'member', leadOf: [], memberOf: ['red'], leaderless: [] },
};
const decided = (state: Ritual, command: RitualCommand, by: RitualContext = context, at = now) =>
  decideRitual(state, command, actor, at, by);
/** The state after a command that must be allowed. */
const after = (state: Ritual, command: RitualCommand): Ritual => {
  const outcome = decided(state, command);
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  return foldRituals(outcome.value, state) as Ritual;
};
const code = (outcome: { ok: boolean; refusal?: { code: string } }) =>
  outcome.ok ? 'allowed' : outcome.refusal?.code;
const meeting = (state: Ritual, date: string) =>
  expandRitual(state, '2026-06-30', ground).find(({ originalDate }) => originalDate === date);

describe('one meeting', () => {
  const date = '2026-03-16';

  test('[RT5] is skipped with a reason, and put back', () => {
    expect(code(decided(ritual(), { type: 'skip', date, reason: ' ' }))).toBe('reason-missing');
    const skipped = after(ritual(), { type: 'skip', date, reason: 'offsite' });
    expect(meeting(skipped, date)).toMatchObject({ status: 'skipped', reason: 'offsite' });
    expect(code(decided(skipped, { type: 'skip', date, reason: 'again' }))).toBe('already-skipped');
    const back = after(skipped, { type: 'restore', date });
    expect(meeting(back, date)).toEqual(meeting(ritual(), date));
    expect(code(decided(back, { type: 'restore', date }))).toBe('nothing-changed');
  });

  test('[RT5] is moved and keeps its identity', () => {
    const to = { date: '2026-03-18', time: '15:00' };
    const moved = after(ritual(), { type: 'move', date, to, reason: 'travel' });
    expect(meeting(moved, date)).toMatchObject({
      moved: true,
      reason: 'travel',
      startsAt: Date.parse('2026-03-18T19:00Z'),
    });
    expect(code(decided(moved, { type: 'move', date, to, reason: '' }))).toBe('nothing-changed');
    const past = { date: '2026-03-03', time: '09:00' };
    expect(code(decided(ritual(), { type: 'move', date, to: past, reason: '' }))).toBe('in-the-past');
  });

  test('[RT5] is added, moved, skipped and put back to how it was added', () => {
    const extra = { type: 'add', date: '2026-03-19', time: '11:00', reason: 'incident' } as const;
    const added = after(ritual(), extra);
    const at = Date.parse('2026-03-19T15:00Z');
    expect(meeting(added, extra.date)).toMatchObject({ moved: true, startsAt: at });
    expect(code(decided(added, extra))).toBe('already-there');
    const moved = after(added, {
      type: 'move',
      date: extra.date,
      to: { date: '2026-03-20', time: '11:00' },
      reason: '',
    });
    expect(meeting(moved, extra.date)?.startsAt).toBe(Date.parse('2026-03-20T15:00Z'));
    const skipped = after(moved, { type: 'skip', date: extra.date, reason: 'solved' });
    expect(meeting(skipped, extra.date)?.status).toBe('skipped');
    const back = after(skipped, { type: 'restore', date: extra.date });
    expect(meeting(back, extra.date)).toMatchObject({ status: 'scheduled', startsAt: at });
    expect(meeting(after(back, { type: 'restore', date: extra.date }), extra.date)).toBeUndefined();
  });

  test('[RT5] past ones are never rewritten', () => {
    for (const command of [
      { type: 'skip', date: '2026-03-02', reason: 'x' },
      { type: 'move', date: '2026-03-02', to: { date: '2026-04-01', time: '09:00' }, reason: '' },
      { type: 'restore', date: '2026-03-02' },
    ] as const) {
      expect(code(decided(ritual(), command))).toBe('past');
    }
    expect(code(decided(ritual(), { type: 'skip', date: '2026-03-17', reason: 'x' }))).toBe('not-found');
  });
});

describe('the series', () => {
  const wednesdays: RitualTerms = {
    ...terms,
    rule: { type: 'weekly', every: 1, weekdays: [3] },
    time: '10:00',
  };

  test('[RT6] all still ahead: exceptions without a meeting go, those with one stay', () => {
    const one = after(ritual(), { type: 'skip', date: '2026-03-16', reason: 'offsite' });
    const earlier = after(one, { type: 'change', terms: { ...terms, time: '08:00' } });
    expect(meeting(earlier, '2026-03-16')?.status).toBe('skipped');
    expect(meeting(earlier, '2026-03-23')?.startsAt).toBe(Date.parse('2026-03-23T12:00Z'));
    expect(after(one, { type: 'change', terms: wednesdays }).exceptions).toEqual([]);
  });

  test('[RT6] this and following: two parts of one series, exceptions go with their meetings', () => {
    const state = after(after(ritual(), { type: 'skip', date: '2026-03-09', reason: 'before' }), {
      type: 'skip',
      date: '2026-03-30',
      reason: 'after',
    });
    const changed = { ...terms, time: '16:00' };
    const split = splitRitual(
      state,
      { from: '2026-03-16', terms: changed, next: 'n', reason: 'later' },
      actor,
      now,
      context,
    );
    if (!split.ok) throw new Error(split.refusal.message);
    const [before, next] = [
      foldRituals(split.value.before, state),
      foldRituals(split.value.after),
    ] as Ritual[];
    if (!before || !next) throw new Error('two parts');
    expect(next.series).toBe(before.series);
    expect(starts(before, '2026-06-30')).toEqual(['2026-03-02T14:00', '2026-03-09T13:00']);
    expect(starts(next, '2026-03-30')).toEqual(['2026-03-16T20:00', '2026-03-23T20:00', '2026-03-30T20:00']);
    expect(next.exceptions.map(({ date }) => date)).toEqual(['2026-03-30']);
    const past = splitRitual(
      state,
      { from: '2026-03-02', terms: changed, next: 'n', reason: '' },
      actor,
      now,
      context,
    );
    expect(code(past)).toBe('past');
  });

  test('[RT6] an ended one has no meetings ahead and takes no commands', () => {
    const ended = after(ritual(), { type: 'end', reason: 'merged' });
    expect(starts(ended, '2026-06-30')).toEqual(['2026-03-02T14:00']);
    const moved = after(ritual(), {
      ...{ type: 'move', date: '2026-03-09', to: { date: '2026-03-13', time: '09:00' }, reason: '' },
    });
    // Its day has been, but it was moved to one that is still ahead.
    const later = decided(moved, { type: 'end', reason: 'merged' }, context, Date.parse('2026-03-11T12:00Z'));
    const gone = foldRituals(later.ok ? later.value : [], moved) as Ritual;
    expect(starts(gone, '2026-06-30')).toEqual(['2026-03-02T14:00']);
    expect(code(decided(ended, { type: 'add', date: '2026-03-19', time: '11:00', reason: '' }))).toBe(
      'ended',
    );
  });

  test('[RT7] nothing is booked into the past, and nothing that is never held', () => {
    const book = (more: Partial<RitualTerms>) => bookRitual({ ...terms, ...more }, 's', actor, now, context);
    expect(code(book({ starts: '2026-03-04' }))).toBe('allowed');
    expect(code(book({ starts: '2026-03-03' }))).toBe('in-the-past');
    expect(code(book({ starts: '2026-03-05', ends: '2026-03-06' }))).toBe('never-held');
    expect(code(book({ starts: '2026-03-05', title: ' ', time: '25:00' }))).toBe('invalid');
    const hung = {
      type: 'period',
      period: 'custom',
      anchor: 'end',
      weeks: 0,
      businessDays: 0,
      weekday: null,
    } as const;
    expect(code(book({ starts: '2026-03-05', rule: hung }))).toBe('never-held');
  });

  test('[RT8] who arranges what', () => {
    const as = (standing: Partial<RitualContext['standing']>, managesBoard = false): RitualContext => ({
      ...context,
      managesBoard,
      standing: { ...context.standing, person: 'zoe', memberOf: [], ...standing },
    });
    const skip = { type: 'skip', date: '2026-03-16', reason: 'x' } as const;
    const ofAll = ritual({ teams: [] });
    expect(code(decided(ritual(), skip, as({})))).toBe('forbidden');
    expect(code(decided(ritual(), skip, as({ memberOf: ['red'] })))).toBe('allowed');
    expect(code(decided(ritual(), skip, as({ memberOf: ['red'], role: 'observer' })))).toBe('forbidden');
    expect(code(decided(ritual(), skip, as({}, true)))).toBe('allowed');
    expect(code(decided(ofAll, skip, as({ memberOf: ['red'] })))).toBe('forbidden');
    expect(code(decided(ofAll, skip, as({ leadOf: ['red'] })))).toBe('allowed');
    expect(code(decided(ofAll, skip, as({ role: 'administrator' })))).toBe('allowed');
    expect(
      code(
        decided(
          ritual(),
          { type: 'change', terms: { ...terms, teams: ['blue'] } },
          as({ memberOf: ['red'] }),
        ),
      ),
    ).toBe('forbidden');
  });

  test('[RT9] skips are counted round now, and the next meeting carries their agenda', () => {
    const row = (startsAt: number, status: 'scheduled' | 'skipped' | 'held') => ({ startsAt, status });
    const list = [
      row(1, 'skipped'),
      row(2, 'held'),
      row(3, 'skipped'),
      row(5, 'skipped'),
      row(6, 'scheduled'),
      row(7, 'skipped'),
    ];
    expect(skipsInARow(list, 4).map(({ startsAt }) => startsAt)).toEqual([3, 5]);
    expect(skipsInARow(list, 6)).toEqual([row(7, 'skipped')]);
    expect(skipsInARow(list, 2)).toHaveLength(2);
    const into = (index: number) =>
      agendaCarriedInto(list, list[index] ?? row(0, 'held')).map(({ startsAt }) => startsAt);
    expect([into(4), into(1), into(5)]).toEqual([[3, 5], [1], []]);
  });

  test('[RT13] the state is the fold of its events', () => {
    const booked = bookRitual({ ...terms, starts: '2026-03-09' }, 's', actor, now, context);
    if (!booked.ok) throw new Error(booked.refusal.message);
    const skip = decided(foldRituals(booked.value) as Ritual, {
      type: 'skip',
      date: '2026-03-16',
      reason: 'x',
    });
    const events: RitualEvent[] = [...booked.value, ...(skip.ok ? skip.value : [])];
    expect(foldRituals(events)).toMatchObject({
      ...{ title: 'Weekly', series: 's', bookedBy: 'ana', endedAt: null },
      exceptions: [{ action: 'skip', date: '2026-03-16', reason: 'x', added: null }],
    });
  });
});
