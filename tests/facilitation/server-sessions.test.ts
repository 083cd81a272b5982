import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { session } from '../../server/store/schema.ts';
import { readSessionEvents } from '../../server/facilitation/session-table.ts';
import { minutesFrom, minutesOf } from '../../src/domain/facilitation/minutes.ts';
import type { Session } from '../../src/domain/facilitation/session.ts';
import type { SessionMessage } from '../../src/protocol/views/facilitation.ts';
import { code, value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeSessionWorld, type SessionWorld } from './session-world.ts';

const due = '2026-04-10';
const minute = 60_000;

describe.each(stores)('sessions on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    let world: SessionWorld;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());
    const fresh = async () => (world = await makeSessionWorld(opened.store));
    const weekly = () => ({ kind: 'weekly', teamId: world.teams.red }) as const;
    const one = async (id: string) =>
      value(await world.facilitation.session(world.viewer('ana'), id)).session;

    test('[SN20] one command of two at the same state wins; the other is told what is there now', async () => {
      await fresh();
      const id = await world.running(weekly(), ['ana', 'ben']);
      await world.do('ana', id, { type: 'add-facilitator', person: world.people.ben });
      const { rev } = await one(id);
      const ask = (name: 'ana' | 'ben') =>
        world.facilitation.command(world.viewer(name), id, { command: { type: 'next' }, expectedRev: rev });
      const outcomes = await Promise.all([ask('ana'), ask('ben')]);
      expect(outcomes.map(code).sort()).toEqual(['allowed', 'changed-rev']);
      const late = outcomes.find((it) => !it.ok);
      expect(late?.ok === false && late.refusal.now).toMatchObject({ session: { current: 'last-promises' } });
      expect((await one(id)).current).toBe('last-promises');
    });

    test('[SN20] the same command sent twice at once is carried out once', async () => {
      await fresh();
      const id = await world.running(weekly(), ['ana']);
      const { rev } = await one(id);
      const commandId = randomUUID();
      const ask = () =>
        world.facilitation.command(world.viewer('ana'), id, {
          command: { type: 'next' },
          expectedRev: rev,
          commandId,
        });
      expect((await Promise.all([ask(), ask(), ask()])).map(code)).toEqual(['allowed', 'allowed', 'allowed']);
      expect((await one(id)).current).toBe('last-promises');
      const log = await readSessionEvents(opened.store.db, id);
      expect(log.filter(({ type }) => type === 'stage-entered')).toHaveLength(2);
    });

    test('[SN21] everybody who listens is sent the whole session first, then every change; a board’s windows too', async () => {
      await fresh();
      const id = await world.running({ kind: 'weekly', boardId: world.boardId }, ['ana']);
      await world.facilitation.settled();
      const heard: SessionMessage[] = [];
      const stop = value(
        await world.facilitation.listen(world.viewer('ben'), id, {
          send: (it) => heard.push(it),
          ended: () => undefined,
        }),
      );
      expect(heard[0]).toMatchObject({ type: 'session', session: { id, current: 'wins' } });
      await world.do('ana', id, { type: 'next' });
      await world.facilitation.settled();
      await world.do('ana', id, { type: 'pause-timer' });
      stop();
      await world.do('ana', id, { type: 'resume-timer' });
      const seen = heard.map((it) => (it.type === 'session' ? it.session.timer.state : it.type));
      // The second time for the frozen board's line.
      expect(seen).toEqual(['running', 'running', 'running', 'paused']);
      expect(world.pushed.at(-1)).toMatchObject({ board: world.boardId, message: { session: { id } } });
      expect(await world.facilitation.ofBoard(world.boardId)).toMatchObject({
        type: 'session',
        session: { id },
      });
    });

    test('[SN35] another node tells its own windows when it is rung; when a ring is lost, when it looks by itself', async () => {
      await fresh();
      const id = await world.running({ kind: 'weekly', boardId: world.boardId }, ['ana']);
      await world.facilitation.settled();
      const other = world.otherNode();
      const heard: SessionMessage[] = [];
      value(
        await other.facilitation.listen(world.viewer('ben'), id, {
          send: (it) => heard.push(it),
          ended: () => undefined,
        }),
      );
      await world.do('ana', id, { type: 'pause-timer' });
      await other.facilitation.settled();
      const states = () => heard.map((it) => (it.type === 'session' ? it.session.timer.state : it.type));
      expect(states().at(-1)).toBe('paused');
      expect(other.pushed.at(-1)).toMatchObject({ board: world.boardId, message: { session: { id } } });
      const rung = [heard.length, other.pushed.length];
      await other.facilitation.catchUp();
      expect([heard.length, other.pushed.length]).toEqual(rung);

      const deaf = world.otherNode();
      await deaf.facilitation.settled();
      const before = deaf.pushed.length;
      await deaf.facilitation.catchUp();
      expect(deaf.pushed.slice(before)).toMatchObject([
        { board: world.boardId, message: { session: { id } } },
      ]);
      await deaf.facilitation.catchUp();
      expect(deaf.pushed).toHaveLength(before + 1);
      await world.do('ana', id, { type: 'end', leaveOpen: true });
      await Promise.all([world.facilitation, other.facilitation].map((each) => each.settled()));
      expect(states().filter((state) => state === 'idle').length).toBeGreaterThan(0);
    });

    test('[SN21] whose rights changed has to ask again', async () => {
      await fresh();
      const id = await world.running(weekly(), ['ana']);
      let ended = 0;
      value(
        await world.facilitation.listen(world.viewer('ben'), id, {
          send: () => undefined,
          ended: () => (ended += 1),
        }),
      );
      world.facilitation.rightsChanged((viewer) => viewer.personId === world.people.ana);
      expect(ended).toBe(0);
      world.facilitation.rightsChanged((viewer) => viewer.personId === world.people.ben);
      expect(ended).toBe(1);
    });

    test('[SN22] who is not heard of for a minute has left; who is heard of again is there again', async () => {
      await fresh();
      const id = await world.running(weekly(), ['ana', 'ben']);
      const present = async () =>
        Object.entries((await one(id)).people)
          .filter(([, { visits }]) => visits.at(-1)?.to === null)
          .map(([person]) => person);
      world.clock.now += minute - 2;
      value(await world.facilitation.beat(world.viewer('ana'), id));
      await world.facilitation.advanceClock();
      expect(await present()).toHaveLength(2);
      world.clock.now += 1;
      await world.facilitation.advanceClock();
      expect(await present()).toEqual([world.people.ana]);
      expect(value(await world.facilitation.beat(world.viewer('ben'), id)).serverTime).toBe(world.clock.now);
      expect(await present()).toHaveLength(2);
    });

    test('[SN23] a promise made, kept or not kept within a session is the real one and stands in the minutes', async () => {
      await fresh();
      const { tracking, people, facilitation } = world;
      const old = value(
        await tracking.promiseForWeek(world.viewer('ben'), {
          statement: 'Call them',
          ownerId: people.ben,
          due,
        }),
      );
      world.clock.now += minute;
      const id = await world.running(weekly(), ['ana', 'ben']);
      const { groups } = value(await facilitation.rows(world.viewer('ben'), id, 'last-promises'));
      expect(groups[0]?.rows).toMatchObject([{ id: old.id, settled: false, title: 'Call them' }]);
      expect(groups[0]?.rows[0]?.moves).toEqual(expect.arrayContaining(['complete', 'miss']));
      const kept = {
        stage: 'last-promises',
        kind: 'commitment',
        id: old.id,
        act: 'complete',
        input: { evidence: 'said aloud' },
      };
      expect(code(await facilitation.act(world.viewer('ana'), id, kept))).toBe('not-yours');
      expect(code(await facilitation.act(world.viewer('bea'), id, kept))).toBe('not-here');
      expect(value(await tracking.commitment(world.viewer('ben'), old.id)).status).toBe('committed');
      value(await facilitation.act(world.viewer('ben'), id, kept));
      expect(value(await tracking.commitment(world.viewer('ben'), old.id)).status).toBe('done');
      const input = { statement: 'Write to them', ownerId: people.ben, due };
      const fresh2 = {
        stage: 'promises',
        kind: 'commitment',
        id: null,
        act: 'create',
        input,
        commandId: randomUUID(),
      };
      value(await facilitation.act(world.viewer('ben'), id, fresh2));
      value(await facilitation.act(world.viewer('ben'), id, fresh2));
      const mine = await tracking.commitments(world.viewer('ben'), {
        ownerId: people.ben,
        state: 'committed',
      });
      expect(mine.map(({ statement }) => statement)).toEqual(['Write to them']);
      const { minutes } = value(await facilitation.minutes(world.viewer('ana'), id));
      expect(minutes.acts.map(({ text }) => text)).toEqual(['Call them: kept']);
      expect(minutes.outputs).toMatchObject([
        { output: 'promises', lines: [{ text: 'Write to them', task: { owner: people.ben, due } }] },
      ]);
      const history = value(await tracking.commitment(world.viewer('ben'), old.id)).history;
      expect(history.at(0)?.via === 'session' || history.at(-1)?.via === 'session').toBe(true);
    });

    test('[SN24] the end names last week’s promise that nobody spoke of; minutes of the log equal those of the session', async () => {
      await fresh();
      const { facilitation, people } = world;
      value(
        await world.tracking.promiseForWeek(world.viewer('ben'), {
          statement: 'Call them',
          ownerId: people.ben,
          due,
        }),
      );
      world.clock.now += minute;
      const id = await world.running(weekly(), ['ana', 'ben']);
      await world.do('ben', id, { type: 'rate', value: 9 });
      const refusal = await facilitation.command(world.viewer('ana'), id, {
        command: { type: 'end', leaveOpen: false },
        expectedRev: (await one(id)).rev,
      });
      expect(refusal.ok ? [] : refusal.refusal.faults?.map(({ message }) => message)).toEqual([
        'Call them: kept or not kept?',
        'Triage: the top three: issues moved',
        'Triage: the top three: decisions',
        'This week’s promises: promises with owner and day',
        'Recap: the message to others',
      ]);
      world.clock.now += minute;
      await world.do('ana', id, { type: 'end', leaveOpen: true });
      await facilitation.settled();
      const [row] = await opened.store.db.select().from(session).where(eq(session.id, id));
      const log = await readSessionEvents(opened.store.db, id);
      const page = value(await facilitation.minutes(world.viewer('ana'), id));
      expect(page.minutes).toEqual(minutesFrom(log, world.clock.now));
      expect(page.minutes).toEqual(minutesOf(row?.state as Session, world.clock.now));
      expect(page.markdown).toContain('- Call them: kept or not kept?');
      expect(row).toMatchObject({ status: 'ended', rev: log.length });
    });

    test('[SN25] a session on a board freezes it at the start, at a change of section and at the end', async () => {
      await fresh();
      const id = await world.running({ kind: 'custom', boardId: world.boardId }, ['ana']);
      await world.do('ana', id, { type: 'next' });
      await world.do('ana', id, { type: 'end', leaveOpen: true });
      await world.facilitation.settled();
      expect(world.frozen.map(({ why }) => why).sort()).toEqual(['end', 'session-start', 'stage']);
      expect((await one(id)).snapshots.map(({ why }) => why).sort()).toEqual([
        'end',
        'session-start',
        'stage',
      ]);
    });
  });
});
