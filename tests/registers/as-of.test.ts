import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RegisterDetail, RegisterKind, RegisterRow } from '../../src/protocol/views/registers.ts';
import { code, makeTrackingWorld, on, value, type TrackingWorld } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';

type Input = Readonly<Record<string, unknown>>;
const kinds = [
  ...(['decision', 'assumption', 'risk', 'triage-item', 'interrupt', 'learning'] as const),
  ...(['outside-signal', 'strategy-frame'] as const),
];

/** What everybody saw at one instant. */
interface Seen {
  readonly at: number;
  readonly rows: readonly (readonly RegisterRow[])[];
  readonly open: readonly string[];
  readonly details: readonly RegisterDetail[];
}

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('the registers looked back to', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;
    const made: { kind: RegisterKind; id: string }[] = [];
    const seen: Seen[] = [];
    let promise = '';

    beforeAll(async () => {
      opened = await store.open();
      world = await makeTrackingWorld(opened.store);
      await playTheWeeks();
    });
    afterAll(() => opened.dispose());

    const ana = () => world.viewer('ana');
    async function open(kind: RegisterKind, input: Input): Promise<string> {
      const { id } = value(await world.registers.create(ana(), kind, input));
      made.push({ kind, id });
      return id;
    }
    const act = async (kind: RegisterKind, id: string, command: string, input: Input = {}) =>
      value(await world.registers.act(ana(), kind, id, command, input));

    async function look(): Promise<void> {
      world.clock.now += 60_000;
      const viewer = ana();
      const details: RegisterDetail[] = [];
      for (const { kind, id } of made) details.push(value(await world.registers.read(viewer, kind, id)));
      const rows: (readonly RegisterRow[])[] = [];
      for (const kind of kinds) rows.push(await world.registers.list(viewer, kind, {}));
      const filter = { open: true, teamId: world.teams.red };
      const current = await world.registers.list(viewer, 'triage-item', filter);
      seen.push({ at: world.clock.now, rows, open: current.map(({ title }) => title), details });
      world.clock.now += 60_000;
    }
    const goTo = (date: string) => {
      world.clock.now = on(date);
    };

    async function playTheWeeks(): Promise<void> {
      const { red, blue } = world.teams;
      promise = (await world.commit([{ key: 'heavy', terms: { weight: 8 } }])).get('heavy') ?? '';
      value(await world.tracking.act(world.viewer('ben'), promise, 'accept', {}));
      const touching = { affects: [promise], team: red };
      const question = await open('decision', {
        question: 'Which bank?',
        neededBy: '2026-04-03',
        ...touching,
      });
      const basis = await open('assumption', {
        statement: 'Dry',
        nextCheck: '2026-04-02',
        loadBearing: 3,
        ...touching,
      });
      const risk = await open('risk', { title: 'Wet', probability: 3, ...touching });
      const first = await open('triage-item', { title: 'First', team: red });
      await look();
      goTo('2026-04-06');
      const second = await open('triage-item', { title: 'Second', team: red });
      await act('triage-item', second, 'rank', { before: first });
      const sets = [{ objectId: promise, field: 'bank', value: 'north' }];
      const taken = await open('decision', { question: 'The bank?', chosen: 'North', sets, ...touching });
      await look();
      goTo('2026-04-20');
      await act('assumption', basis, 'invalidate', { reason: 'It rains.' });
      await act('risk', risk, 'happen', { what: 'It is wet.' });
      await act('decision', question, 'decide', { chosen: 'South' });
      const against = [{ objectId: promise, field: 'bank', value: 'south' }];
      await open('decision', { question: 'Which one then?', chosen: 'South', sets: against });
      await open('interrupt', { what: 'Outage', displaced: promise, costDays: 3, team: red });
      await open('learning', { sentence: 'Ask first.', ...touching });
      await open('outside-signal', { text: 'Rain elsewhere', assumption: basis, ...touching });
      await open('strategy-frame', { title: '2026', whereTo: 'North' });
      await look();
      goTo('2026-05-04');
      await act('triage-item', second, 'hand-over', { team: blue });
      await open('strategy-frame', { title: '2027', whereTo: 'South' });
      await act('triage-item', first, 'close', { reason: 'Done with.' });
      await act('decision', taken, 'reverse', { reason: 'North is gone.' });
      value(await world.tracking.act(world.viewer('ben'), promise, 'drop', { reason: 'Gone', frees: '' }));
      await look();
      goTo('2026-06-01');
    }

    test('[IN9][IN2] every list of every register is what it was', async () => {
      expect(seen).toHaveLength(4);
      for (const { at, rows, open: current } of seen) {
        for (const [index, kind] of kinds.entries()) {
          const then = await world.registers.list(ana(), kind, { at });
          expect(then, `${kind} at ${new Date(at).toISOString()}`).toEqual(rows[index]);
        }
        const filter = { at, open: true, teamId: world.teams.red };
        const list = await world.registers.list(ana(), 'triage-item', filter);
        expect(list.map(({ title }) => title)).toEqual(current);
      }
    });

    test('[IN9][IN4] every page is what it was, and nothing can be done to it', async () => {
      for (const { at, details } of seen) {
        for (const detail of details) {
          const then = value(await world.registers.read(ana(), detail.kind, detail.id, { at }));
          expect(
            { ...then, links: inOrder(then) },
            `${detail.title} at ${new Date(at).toISOString()}`,
          ).toEqual({
            ...detail,
            links: inOrder(detail),
            moves: [],
          });
        }
      }
    });

    test('[IN9][IN3] what was not written down yet is said not to be there yet', async () => {
      const [first] = seen;
      const learning = made.find(({ kind }) => kind === 'learning')?.id ?? '';
      const read = await world.registers.read(ana(), 'learning', learning, { at: first?.at });
      expect(code(read)).toBe('not-found-then');
      expect(await world.registers.list(ana(), 'learning', { at: first?.at ?? 0 })).toEqual([]);
    });

    test('[IN9] what is about a promise is what was about it', async () => {
      const about = async (at: number) => {
        const filter = { commitmentId: promise, at };
        const found = await Promise.all(kinds.map((kind) => world.registers.list(ana(), kind, filter)));
        return found.flat().map(({ title }) => title);
      };
      expect(await about(seen[0]?.at ?? 0)).toEqual(['Which bank?', 'Dry', 'Wet']);
      const later = await about(seen[2]?.at ?? 0);
      expect(later).toEqual(expect.arrayContaining(['Which bank?', 'The bank?', 'Outage', 'Ask first.']));
    });
  });
});

/** Links come in no order of their own. */
const inOrder = ({ links }: RegisterDetail) =>
  [...links].sort((a, b) => `${a.relation} ${a.id}`.localeCompare(`${b.relation} ${b.id}`));
