import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import type { Insight } from '../../server/app-insight.ts';
import { createInsight } from '../../server/insight/insight.ts';
import type { TeamPage } from '../../src/protocol/views/insight.ts';
import type { CommitmentDetail, CommitmentRow, DependencyRow } from '../../src/protocol/views/tracking.ts';
import { checkIn, promisesIn } from '../tracking/promises.ts';
import {
  code,
  makeTrackingWorld,
  on,
  value,
  type Name,
  type TrackingWorld,
} from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';

/** What everybody saw at one instant. */
interface Seen {
  readonly at: number;
  readonly promises: readonly CommitmentRow[];
  readonly details: readonly CommitmentDetail[];
  readonly asks: readonly DependencyRow[];
  readonly team: TeamPage;
}

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('looking back', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;
    let insight: Insight;
    const ids: string[] = [];
    const seen: Seen[] = [];

    beforeAll(async () => {
      opened = await store.open();
      world = await makeTrackingWorld(opened.store);
      insight = createInsight({ store: opened.store, now: () => world.clock.now, newId: randomUUID });
      await playTheQuarter();
    });
    afterAll(() => opened.dispose());

    const act = async (name: Name, id: string, command: string, input: Record<string, unknown> = {}) =>
      value(await world.tracking.act(world.viewer(name), id, command, input));
    const move = async (name: Name, id: string, command: string, input: Record<string, unknown> = {}) =>
      value(await world.tracking.actOnDependency(world.viewer(name), id, command, input));
    const says = async (name: Name, id: string, more: Record<string, unknown> = {}) =>
      value(await world.tracking.checkIn(world.viewer(name), id, { ...checkIn, ...more }));

    /** As the server does every minute, and what is shown a minute later. */
    async function look(): Promise<void> {
      await world.tracking.advanceClock();
      world.clock.now += 60_000;
      const ana = world.viewer('ana');
      const details = await Promise.all(ids.map((id) => world.tracking.commitment(ana, id)));
      seen.push({
        at: world.clock.now,
        promises: await world.tracking.commitments(ana, {}),
        details: details.map(value),
        asks: await world.tracking.dependencies(ana, {}),
        team: value(await insight.teamPage(ana, world.teams.red)),
      });
      world.clock.now += 60_000;
    }
    const goTo = (date: string, time?: string) => {
      world.clock.now = on(date, time);
    };

    async function playTheQuarter(): Promise<void> {
      const promises = promisesIn(world, opened.store);
      ids.push(
        await promises.propose({ key: 'sign-ups' }),
        await promises.propose({ key: 'interface', owner: 'dan', team: 'blue' }),
        await promises.propose({ key: 'unanswered', owner: 'bea' }),
      );
      const [signUps = '', served = ''] = ids;
      await look();
      await act('ben', signUps, 'accept', { confidence: 70 });
      await act('dan', served, 'accept');
      const ask = value(
        await world.tracking.saveDependency(world.viewer('ben'), world.boardId, {
          ...{ objectKey: 'arrow', requesterKey: 'sign-ups', requesterTeam: 'red', providerTeam: 'blue' },
          ...{ servedBy: 'interface', what: 'an interface', neededBy: '2026-05-29', hardness: 'hard' },
        }),
      );
      await look();
      // What the registers say about a promise is part of what was seen of it.
      const { registers } = world;
      const touching = { affects: [signUps], team: world.teams.red };
      const question = value(
        await registers.create(world.viewer('ana'), 'decision', {
          ...{ question: 'Which bank?', neededBy: '2026-04-07', ...touching },
        }),
      );
      const basis = value(
        await registers.create(world.viewer('ana'), 'assumption', {
          ...{ statement: 'It holds', loadBearing: 3, nextCheck: '2026-04-02', ...touching },
        }),
      );
      await move('ben', ask.id, 'send');
      goTo('2026-04-02');
      await says('ben', signUps);
      await look();
      await says('ben', signUps, { status: 'risk', values: { m2: 1 }, whatChanged: 'one more thing' });
      await move('cleo', ask.id, 'decline', { reason: 'no room' });
      await look();
      goTo('2026-04-09');
      const taken = await says('ben', signUps, { values: { m1: 150 } });
      await look();
      goTo('2026-04-09', '12:08');
      await act('ben', signUps, 'undo-check-in', { id: taken.checkIns.at(-1)?.id });
      await look();
      await says('ben', signUps, { status: 'on', values: { m1: 140 } });
      await look();
      await move('ben', ask.id, 'choose', { choice: 're-plan', text: 'we build it ourselves' });
      await look();
      // Nobody speaks for two weeks: silence, and nobody looked at what it rests on.
      goTo('2026-04-27');
      await look();
      value(await registers.act(world.viewer('ana'), 'decision', question.id, 'decide', { chosen: 'North' }));
      for (const text of ['hm', 'no']) {
        const doubtful = { answer: 'doubtful', text };
        value(await registers.act(world.viewer('ana'), 'assumption', basis.id, 'check', doubtful));
      }
      await look();
      await act('ben', signUps, 'rescope', {
        ...{ change: { due: '2026-05-29', weight: 5 }, reason: 'learning', text: 'it goes faster' },
      });
      await look();
      await says('ben', signUps, { values: { m1: 170 } });
      await act('ben', signUps, 'hand-over', { to: world.people.bea });
      await look();
      await act('bea', signUps, 'take-over');
      await look();
      await act('dan', served, 'drop', { reason: 'not wanted any more', frees: 'two weeks' });
      await look();
      goTo('2026-06-05');
      await look();
      goTo('2026-07-06');
      await look();
    }

    const then = (at: number) => ({ viewer: world.viewer('ana'), at });
    /** A list counts changes beside check-ins only, and slots booked anew since have other ids and numbers. */
    const bare = ({ version: _, slot, ...row }: CommitmentRow) => ({ ...row, dueAt: slot?.dueAt ?? null });
    const page = ({ slots: _, moves: __, needs, serves, ...it }: CommitmentDetail) => ({
      ...it,
      ...{ slot: it.slot?.dueAt ?? null, needs: needs.map(still), serves: serves.map(still) },
    });
    const still = ({ moves: _, ...ask }: DependencyRow) => ask;

    test('[IN2][IN21] lists show what they showed then', async () => {
      expect(seen).toHaveLength(16);
      for (const { at, promises } of seen.slice(0, -1)) {
        const rows = await world.tracking.commitments(then(at).viewer, { at });
        expect(rows.map(bare), new Date(at).toISOString()).toEqual(promises.map(bare));
      }
      const marks = seen.flatMap(({ promises }) => promises.map(({ basis }) => basis));
      expect(new Set(marks)).toEqual(new Set([null, 'unknown', 'doubtful']));
      const waits = seen.flatMap(({ promises }) => promises.flatMap(({ waitingOn }) => waitingOn));
      expect(new Set(waits.map(({ overdue }) => overdue))).toEqual(new Set([false, true]));
      const told = seen.flatMap(({ promises }) => promises.map(({ display }) => display));
      expect(new Set(told)).toEqual(
        new Set([
          ...['proposed', 'pending', 'on', 'risk', 'stale', 'not-accepted', 'missed', 'dropped'],
          'declined',
        ]),
      );
    });

    test('[IN2][IN4] pages show what they showed then, and offer nothing', async () => {
      for (const { at, details } of seen.slice(0, -1)) {
        const { viewer } = then(at);
        for (const [index, id] of ids.entries()) {
          const back = value(await world.tracking.commitment(viewer, id, { at }));
          const was = details[index];
          expect(was && page(back), new Date(at).toISOString()).toEqual(was && page(was));
          expect(back.moves).toEqual([]);
        }
      }
    });

    test('[IN22] the page of a team shows its promises, their shares and what became of them as they were then', async () => {
      for (const { at, team } of seen.slice(0, -1)) {
        const then = value(await insight.teamPage(world.viewer('ana'), world.teams.red, at));
        expect(then.promises.map(bare), new Date(at).toISOString()).toEqual(team.promises.map(bare));
        const { kept, shares, worstId, adherence } = then;
        expect({ kept, shares, worstId, adherence }, new Date(at).toISOString()).toEqual({
          ...{ kept: team.kept, shares: team.shares, worstId: team.worstId, adherence: team.adherence },
        });
        expect(then).toMatchObject({ members: team.members, warnings: [], mayEnterCapacity: false });
      }
      const ends = seen.flatMap(({ team: { kept } }) => kept);
      expect(ends.some(({ missed }) => missed > 0)).toBe(true);
      const late = await insight.teamPage(world.viewer('ana'), world.teams.red, on('2020-01-01'));
      expect(code(late)).toBe('not-found-then');
    });

    test('[IN2] asks show what they showed then', async () => {
      for (const { at, asks } of seen.slice(0, -1)) {
        const { viewer } = then(at);
        const back = await world.tracking.dependencies(viewer, { at });
        expect(back.map(still), new Date(at).toISOString()).toEqual(asks.map(still));
        expect(back.flatMap(({ moves }) => moves)).toEqual([]);
        for (const ask of asks) {
          const one = value(await world.tracking.dependency(viewer, ask.id, { at }));
          expect(one).toMatchObject(still(ask));
        }
      }
    });

    test('[IN2] owner, team and state are asked for as they were then', async () => {
      const handed = seen.findIndex(({ promises }) =>
        promises.some((it) => it.ownerId === world.people.bea && it.objectKey === 'sign-ups'),
      );
      const [before, after] = [seen[handed - 1]?.at ?? 0, seen[handed]?.at ?? 0];
      const of = async (at: number, filter: object) =>
        (await world.tracking.commitments(world.viewer('ana'), { at, ...filter })).map((it) => it.objectKey);
      expect(await of(before, { ownerId: world.people.ben })).toEqual(['sign-ups']);
      expect(await of(after, { ownerId: world.people.ben })).toEqual([]);
      expect(await of(after, { teamId: world.teams.blue, state: 'committed' })).toEqual(['interface']);
      expect(await of(seen.at(-2)?.at ?? 0, { teamId: world.teams.blue, state: 'committed' })).toEqual([]);
    });

    test('[IN3] what was not there yet is not there; what lies ahead is now', async () => {
      const [id = ''] = ids;
      const at = on('2026-03-01');
      expect(await world.tracking.commitments(world.viewer('ana'), { at })).toEqual([]);
      expect(code(await world.tracking.commitment(world.viewer('ana'), id, { at }))).toBe('not-found-then');
      const ahead = value(await world.tracking.commitment(world.viewer('ana'), id, { at: on('2030-01-01') }));
      expect(ahead).toEqual(value(await world.tracking.commitment(world.viewer('ana'), id)));
    });

    test('[IN5] history names actor, door, reason, when it happened and when it was written down', async () => {
      const [id = ''] = ids;
      const { history } = value(await world.tracking.commitment(world.viewer('ana'), id));
      expect(history.find(({ type }) => type === 'rescoped')).toMatchObject({
        ...{ byId: world.people.ben, byName: 'Ben', via: 'web', onBehalfOf: null, reason: 'it goes faster' },
        at: on('2026-04-27') + 240_000,
      });
      const missed = history.find(({ type }) => type === 'missed');
      expect(missed).toMatchObject({ byId: null, byName: 'the clock', via: 'clock' });
      expect((missed?.recordedAt ?? 0) > (missed?.at ?? 0)).toBe(true);
    });
  });
});
