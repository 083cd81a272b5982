import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outsideSignalRules } from '../../src/domain/strategy/outside-signal.ts';
import { strategyFrameRules } from '../../src/domain/strategy/strategy-frame.ts';
import { readPartsInUse } from '../../server/organisations/parts-in-use.ts';
import { code, makeTrackingWorld, value, type TrackingWorld } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { ana, ben, cleo, finn, play } from './register-acts.ts';

const bare = { ...ben, person: 'dora', memberOf: [] };

describe('an outside signal', () => {
  test('[TG20] is noted by anybody, changed by its own, and ends with what came of it', () => {
    const it = play(outsideSignalRules);
    expect(it.ask({ type: 'notice', text: ' ' }, { who: bare })).toBe('invalid');
    expect(it.ask({ type: 'notice', text: 'x' }, { who: finn })).toBe('not-yours');
    const said = { type: 'notice', text: 'A rival halves its price', area: 'competitors' } as const;
    expect(it.ask({ ...said, team: 'red' }, { who: bare })).toBe('noticed');
    expect(it.it).toMatchObject({ status: 'seen', area: 'competitors', assumption: null });
    expect(it.ask({ type: 'amend', assumption: 'a1' }, { who: cleo })).toBe('not-yours');
    expect(it.ask({ type: 'amend', assumption: 'a1' }, { who: ben })).toBe('amended');
    expect(it.ask({ type: 'close', reason: '' })).toBe('invalid');
    expect(it.ask({ type: 'close', reason: 'We hold ours.' })).toBe('closed');
    expect(it.ask({ type: 'amend', text: 'y' })).toBe('wrong-state');
    expect(it.it).toMatchObject({ assumption: 'a1', endedBecause: 'We hold ours.' });
    expect(it.ask({ type: 'reopen', reason: 'Again.' })).toBe('reopened');
  });
});

describe('a strategy frame', () => {
  test('[TG21] five answers, written by administrators, team leads and sessions', () => {
    const frame = { type: 'frame', title: '2027', whereTo: 'North' } as const;
    const by = (act: object) => play(strategyFrameRules).ask(frame, act);
    expect(by({ who: bare })).toBe('not-yours');
    expect(by({ who: ana })).toBe('framed');
    expect(by({ who: { ...bare, role: 'administrator' } })).toBe('framed');
    expect(by({ who: bare, via: 'session' })).toBe('framed');
    const it = play(strategyFrameRules);
    expect(it.ask({ type: 'frame', title: '2027' })).toBe('invalid');
    expect(it.ask({ type: 'frame', title: '', markets: 'Two' })).toBe('invalid');
    it.ask(frame);
    const priorities = [{ zone: 'markets', board: 'b1', key: 'p1', title: 'Grow' }] as const;
    expect(it.ask({ type: 'amend', priorities }, { who: bare })).toBe('not-yours');
    expect(it.ask({ type: 'amend', markets: 'Two', priorities }, { who: cleo })).toBe('amended');
    expect(it.it).toMatchObject({ status: 'current', whereTo: 'North', markets: 'Two', priorities });
    expect(it.ask({ type: 'amend', whereTo: '', markets: '' })).toBe('invalid');
  });
});

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('signals and strategy', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;
    const parts = async () => await readPartsInUse(opened.store.db, world.viewer('ana'));

    beforeAll(async () => {
      opened = await store.open();
      world = await makeTrackingWorld(opened.store);
    });
    afterAll(() => opened.dispose());

    test('[TG22][TG23] one is current; the one before is kept; written down they are in sight', async () => {
      const { registers } = world;
      const viewer = world.viewer('ana');
      expect(await parts()).not.toContain('assumptions');
      const make = (title: string, more: object = {}) =>
        registers.create(viewer, 'strategy-frame', { title, whereTo: 'North', ...more });
      const first = value(await make('2026'));
      expect(await parts()).toContain('assumptions');
      const under = { zone: 'whereTo', board: world.boardId, key: 'p1', title: 'Grow' };
      const second = value(await make('2027', { priorities: [under] }));
      const other = await makeTrackingWorld(opened.store);
      const strange = { priorities: [{ ...under, board: other.boardId }] };
      expect(code(await make('2028', strange))).toBe('unknown-board');
      const rows = await registers.list(viewer, 'strategy-frame', {});
      expect(rows.map(({ id, status }) => [id, status])).toEqual(
        expect.arrayContaining([
          [first.id, 'superseded'],
          [second.id, 'current'],
        ]),
      );
      expect(second.facts).toContainEqual(
        expect.objectContaining({ name: 'whereTo-priorities', text: 'Grow' }),
      );
      const before = value(await registers.read(viewer, 'strategy-frame', first.id));
      expect(before.links).toMatchObject([{ relation: 'superseded-by', id: second.id, title: '2027' }]);
      expect(before.moves).toEqual([]);
      expect(code(await registers.act(viewer, 'strategy-frame', first.id, 'amend', { markets: 'x' }))).toBe(
        'wrong-state',
      );
    });

    test('[TG20] the assumption it speaks to shows it', async () => {
      const { registers } = world;
      const ben2 = world.viewer('ben');
      const basis = value(await registers.create(ben2, 'assumption', { statement: 'Prices hold' }));
      const input = { text: 'A rival halves its price', area: 'competitors', assumption: basis.id };
      const it = value(await registers.create(ben2, 'outside-signal', input));
      const read = value(await registers.read(ben2, 'assumption', basis.id));
      expect(read.links).toMatchObject([{ relation: 'speaks-to', incoming: true, id: it.id }]);
    });
  });
});
