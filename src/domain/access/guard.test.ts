import { describe, expect, test } from 'vitest';
import { allowed } from '../outcome.ts';
import { changeGuard, noteRemoval, type GuardCommand } from './change-guard.ts';
import {
  guardedBy,
  mayChange,
  openGuard,
  type Around,
  type BoardGuard,
  type Guarded,
  type GuardedChange,
} from './guard.ts';

const ana: Guarded = { person: 'ana', teams: [], manages: true };
const ben: Guarded = { person: 'ben', teams: ['red'], manages: false };
const cy: Guarded = { person: 'cy', teams: ['blue'], manages: false };
const noon = 1_790_000_000_000;
const red: Around = { id: 'red-area', team: 'red' };
const blue: Around = { id: 'blue-area', team: 'blue' };
const page: Around = { id: 'page', team: null };

const change = (over: Partial<GuardedChange> = {}): GuardedChange => ({
  id: 'card',
  isArea: false,
  team: null,
  own: false,
  onlyPlace: false,
  before: [red, page],
  after: [red, page],
  ...over,
});
const level = (of: string, is: 'team' | 'own' | 'read'): BoardGuard => ({
  ...openGuard,
  areas: { [of]: { level: is, by: 'ana', at: noon } },
});
const lock = (record: string, by: string, kind: 'item' | 'facilitator' = 'item'): BoardGuard => ({
  ...openGuard,
  locks: { [record]: { kind, by, at: noon } },
});
const answer = (guard: BoardGuard, who: Guarded, it: GuardedChange): string => {
  const said = mayChange(guard, who, it);
  return said.ok ? 'yes' : said.refusal.code;
};

describe('who may change what of a board', () => {
  test('[GU1] an open area is open to everybody, whatever other areas are', () => {
    expect(answer(openGuard, cy, change())).toBe('yes');
    expect(answer(level('blue-area', 'read'), cy, change())).toBe('yes');
  });

  test('[SN57] what a section holds back is held back wherever it lies; managers and who leads are not held', () => {
    const held = (area: string | null): BoardGuard => ({ ...openGuard, section: { area } });
    expect(answer(held('red-area'), ben, change())).toBe('yes');
    expect(answer(held('blue-area'), ben, change())).toBe('elsewhere');
    expect(answer(held('red-area'), ben, change({ after: [blue, page] }))).toBe('elsewhere');
    expect(answer(held('red-area'), ben, change({ before: null }))).toBe('yes');
    expect(answer(held(null), ben, change())).toBe('elsewhere');
    expect(answer(held(null), ana, change())).toBe('yes');
    // A neighbour makes room for the area that grows.
    const neighbour = { id: 'blue-area', isArea: true, before: [page], after: [page] };
    expect(answer(held('red-area'), ben, change({ ...neighbour, onlyPlace: true }))).toBe('yes');
    expect(answer(held('red-area'), ben, change(neighbour))).toBe('elsewhere');
  });

  test('[GU2] a team’s area belongs to its team, in both directions', () => {
    const guard = level('red-area', 'team');
    expect(answer(guard, ben, change())).toBe('yes');
    expect(answer(guard, cy, change())).toBe('not-your-team');
    expect(answer(guard, cy, change({ before: null }))).toBe('not-your-team');
    expect(answer(guard, cy, change({ after: null }))).toBe('not-your-team');
    expect(answer(guard, cy, change({ before: [blue, page] }))).toBe('not-your-team');
    expect(answer(guard, cy, change({ after: [blue, page] }))).toBe('not-your-team');
    const nobodys = { ...red, team: null };
    expect(answer(guard, ben, change({ before: [nobodys], after: [nobodys] }))).toBe('not-your-team');
  });

  test('[GU3] in an area for the own only everybody adds, and changes the own', () => {
    const guard = level('red-area', 'own');
    expect(answer(guard, cy, change({ before: null, own: true }))).toBe('yes');
    expect(answer(guard, cy, change({ own: true }))).toBe('yes');
    expect(answer(guard, cy, change())).toBe('not-yours');
    expect(answer(guard, ben, change({ after: null }))).toBe('not-yours');
  });

  test('[GU4] in an area to read nobody changes anything', () => {
    const guard = level('red-area', 'read');
    for (const it of [change({ own: true }), change({ before: null, own: true }), change({ after: [page] })])
      expect(answer(guard, ben, it)).toBe('area-closed');
  });

  test('[GU5] what is locked is changed by whoever locked it and by managers, with all that lies in it', () => {
    expect(answer(lock('card', 'ben'), ben, change())).toBe('yes');
    expect(answer(lock('card', 'ben'), cy, change())).toBe('locked');
    expect(answer(lock('card', 'ben', 'facilitator'), ben, change())).toBe('locked');
    expect(answer(lock('red-area', 'ben'), cy, change({ after: [page] }))).toBe('locked');
    expect(
      answer(
        lock('red-area', 'ben'),
        cy,
        change({ id: 'red-area', isArea: true, onlyPlace: true, before: [page], after: [page] }),
      ),
    ).toBe('locked');
  });

  test('[GU6] managers may always', () => {
    for (const guard of [level('red-area', 'read'), lock('card', 'ben'), lock('card', 'ben', 'facilitator')])
      expect(answer(guard, ana, change())).toBe('yes');
  });

  test('[GU23] whoever leads the session that runs here is to areas and locks what a manager is', () => {
    const led = (guard: BoardGuard): BoardGuard => ({ ...guard, facilitators: ['ben'] });
    const as = (guard: BoardGuard, right: 'read' | 'write' | 'manage'): Guarded =>
      guardedBy(guard, { person: 'ben', teams: [], right });
    for (const guard of [level('red-area', 'read'), lock('card', 'cy', 'facilitator')]) {
      expect(answer(guard, as(guard, 'write'), change())).not.toBe('yes');
      expect(answer(led(guard), as(led(guard), 'write'), change())).toBe('yes');
      expect(answer(led(guard), cy, change())).not.toBe('yes');
    }
    expect(as(led(openGuard), 'read').manages).toBe(false);
    expect(as(openGuard, 'manage').manages).toBe(true);
  });

  test('[GU7] an area makes room for its neighbours, and stays what it is', () => {
    const itself = change({ id: 'red-area', isArea: true, team: 'red', before: [page], after: [page] });
    for (const is of ['team', 'own', 'read'] as const) {
      expect(answer(level('red-area', is), cy, { ...itself, onlyPlace: true })).toBe('yes');
      expect(answer(level('red-area', is), cy, itself)).not.toBe('yes');
      expect(answer(level('red-area', is), cy, { ...itself, onlyPlace: true, after: null })).not.toBe('yes');
    }
    expect(answer(level('red-area', 'team'), ben, itself)).toBe('yes');
  });
});

describe('changing who may', () => {
  const decide = (guard: BoardGuard, command: GuardCommand, who: Guarded, isOwn = false) =>
    changeGuard(guard, command, who, noon, isOwn);

  test('[GU10] only managers set levels, pause and resume; everybody locks the own', () => {
    const acts: readonly GuardCommand[] = [
      { act: 'set-area', area: 'red-area', level: 'read' },
      { act: 'pause' },
      { act: 'resume' },
      { act: 'lock', record: 'card', kind: 'item' },
      { act: 'lock', record: 'card', kind: 'facilitator' },
    ];
    for (const act of acts) {
      expect(decide(openGuard, act, ben).ok).toBe(false);
      expect(decide(openGuard, act, ana).ok).toBe(true);
    }
    expect(decide(openGuard, { act: 'lock', record: 'card', kind: 'item' }, ben, true)).toEqual(
      allowed(lock('card', 'ben')),
    );
    expect(decide(openGuard, { act: 'lock', record: 'card', kind: 'facilitator' }, ben, true).ok).toBe(false);
    expect(decide(lock('card', 'cy'), { act: 'unlock', record: 'card' }, ben).ok).toBe(false);
    expect(decide(lock('card', 'ben'), { act: 'unlock', record: 'card' }, ben)).toEqual(allowed(openGuard));
    expect(decide(lock('card', 'ben'), { act: 'unlock', record: 'card' }, ana)).toEqual(allowed(openGuard));
    expect(
      decide(level('red-area', 'own'), { act: 'set-area', area: 'red-area', level: 'everyone' }, ana),
    ).toEqual(allowed(openGuard));
  });

  test('[GU11] what is so already stays as it was', () => {
    const paused: BoardGuard = { ...openGuard, paused: { by: 'ben', at: 1 } };
    expect(decide(paused, { act: 'pause' }, ana)).toEqual(allowed(paused));
    const held = lock('card', 'ben');
    expect(decide(held, { act: 'lock', record: 'card', kind: 'item' }, ana, true)).toEqual(allowed(held));
    const read = level('red-area', 'read');
    expect(decide(read, { act: 'set-area', area: 'red-area', level: 'read' }, ana)).toEqual(allowed(read));
    expect(decide(openGuard, { act: 'unlock', record: 'card' }, ben)).toEqual(allowed(openGuard));
  });

  test('[GU18] what one person removes in a row is put back together, by them and by managers', () => {
    const first = noteRemoval(openGuard, { by: 'ben', at: noon, records: 240, from: 7, to: 9 });
    const more = noteRemoval(first, { by: 'ben', at: noon + 60_000, records: 30, from: 12, to: 14 });
    expect(more.wayBack).toEqual({ by: 'ben', at: noon + 60_000, records: 270, from: 7, to: 14 });
    const other = noteRemoval(more, { by: 'cy', at: noon + 90_000, records: 20, from: 20, to: 21 });
    expect(other.wayBack).toEqual({ by: 'cy', at: noon + 90_000, records: 20, from: 20, to: 21 });
    const late = noteRemoval(first, { by: 'ben', at: noon + 3_600_000, records: 30, from: 50, to: 51 });
    expect(late.wayBack?.from).toBe(50);
    expect(decide(more, { act: 'let-be' }, cy).ok).toBe(false);
    for (const who of [ana, ben]) expect(decide(more, { act: 'let-be' }, who)).toEqual(allowed(openGuard));
  });
});
