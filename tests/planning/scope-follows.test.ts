import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import { createInsight } from '../../server/insight/insight.ts';
import { board, boardTeam, decision, member, triageItem } from '../../server/store/schema.ts';
import { makeSessionWorld, type SessionWorld } from '../facilitation/session-world.ts';
import { code, on, value, type Name } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';

/** Ana's private board: Ben has promised on it, Ana leads his team. Dan and Bea have nothing to do with it. */
describe.each(stores)('what follows from a narrow board on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    let world: SessionWorld;
    let promise: string;
    const outside = (name: Name): Viewer => world.viewer(name, { hiddenBoards: [world.boardId] });

    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      world = await makeSessionWorld(opened.store);
      await opened.store.db.update(board).set({ scope: 'private' }).where(eq(board.id, world.boardId));
      const ids = await world.commit([{ key: 'a', owner: 'ben', terms: { statement: 'Secret one' } }]);
      promise = ids.get('a') ?? '';
      value(await world.tracking.act(world.viewer('ben'), promise, 'accept', { confidence: 60 }));
    });

    const insight = () =>
      createInsight({ store: opened.store, now: () => world.clock.now, newId: randomUUID });

    /** Everything of it that somebody can find, in words. */
    async function foundBy(viewer: Viewer): Promise<string> {
      const { tracking, registers } = world;
      const at = viewer.organisation.now - 1;
      const found = await Promise.all([
        tracking.commitments(viewer, {}),
        tracking.commitments(viewer, { at }),
        tracking.inbox(viewer),
        insight().teamPage(viewer, world.teams.red),
        insight().audit(viewer, {}),
        insight().warnings(viewer, {}),
        ...(['decision', 'triage-item', 'interrupt', 'learning', 'risk'] as const).map((kind) =>
          registers.list(viewer, kind, {}),
        ),
        registers.due(world.organisationId, world.clock.now, { seer: viewer }),
        // The same as it was a moment ago.
        tracking.dependencies(viewer, { at }),
        insight().teamPage(viewer, world.teams.red, at),
        ...(['decision', 'triage-item', 'interrupt', 'learning', 'risk'] as const).map((kind) =>
          registers.list(viewer, kind, { at }),
        ),
      ]);
      return JSON.stringify(found);
    }

    /** Carries it in a close on the board; returns the promise asked anew. */
    async function carry(): Promise<string> {
      world.clock.now = on('2026-06-24');
      const session = await world.running({ kind: 'quarterly-close', boardId: world.boardId }, [
        'ana',
        'ben',
      ]);
      const carried = { stage: 'stories', kind: 'commitment', id: promise, act: 'carry' } as const;
      const input = { cause: 'capacity', text: '' };
      value(await world.facilitation.act(world.viewer('ben'), session, { ...carried, input }));
      const asked = await world.tracking.commitments(world.viewer('ben'), { state: 'proposed' });
      world.clock.now += 60_000;
      return asked[0]?.id ?? '';
    }

    test('[AC6] a promise that is carried is asked anew of its owner and seen by nobody else, nor is its issue', async () => {
      const next = await carry();
      for (const name of ['dan', 'bea', 'olga'] as const) {
        expect(code(await world.tracking.commitment(outside(name), next)), name).toBe('not-found');
        expect(code(await world.tracking.act(outside(name), next, 'accept', {})), name).toBe('not-found');
        expect(code(await insight().history(outside(name), 'commitment', next)), name).toBe('not-found');
        expect(await foundBy(outside(name)), name).not.toMatch(/secret/i);
      }
      // Who owns it, and who leads his team, as before; it lies on no board.
      expect(value(await world.tracking.commitment(outside('ben'), next))).toMatchObject({
        ...{ statement: 'Secret one', boardId: null },
      });
      // The board itself does not exist for him: not by its name either.
      expect(value(await world.tracking.commitment(outside('ben'), promise)).boardTitle).toBeNull();
      expect(value(await world.tracking.commitment(world.viewer('ben'), promise)).boardTitle).toBe('Spring');
      expect(await foundBy(outside('ana'))).toMatch(/Secret one/);
    });

    test('[AC6] and so is what follows from it in turn: an answer, a decision written down, another carrying', async () => {
      const next = await carry();
      const { tracking } = world;
      value(await tracking.act(world.viewer('ben'), next, 'accept', { fill: { due: '2026-09-25' } }));
      value(
        await tracking.act(world.viewer('ben'), next, 'drop', { reason: 'Secret reason', frees: 'time' }),
      );
      world.clock.now += 60_000;
      const written = await opened.store.db
        .select()
        .from(decision)
        .where(eq(decision.boardId, world.boardId));
      expect(written).toHaveLength(1);
      const issues = await opened.store.db
        .select()
        .from(triageItem)
        .where(eq(triageItem.boardId, world.boardId));
      expect(issues).toHaveLength(1);
      for (const name of ['dan', 'bea'] as const)
        expect(await foundBy(outside(name)), name).not.toMatch(/secret/i);
    });

    test('[AC6] urgent work, an issue, a risk or a learning about nothing but it stands where it stands', async () => {
      const { registers } = world;
      const ben = world.viewer('ben');
      const made = await Promise.all([
        registers.create(ben, 'interrupt', { what: 'Secret outage', displaced: promise, costDays: 2 }),
        registers.create(ben, 'triage-item', { title: 'Secret trouble', affects: [promise] }),
        registers.create(ben, 'risk', { title: 'Secret rain', affects: [promise] }),
        registers.create(ben, 'learning', { sentence: 'Secret lesson', affects: [promise] }),
      ]);
      expect(made.map((it) => value<{ boardId: string | null }>(it).boardId)).toEqual(
        made.map(() => world.boardId),
      );
      world.clock.now += 60_000;
      expect(await foundBy(outside('dan'))).not.toMatch(/secret/i);
      expect(await foundBy(outside('ben'))).toMatch(/Secret lesson/);
      // What is about something of everybody's as well is everybody's to read: whoever writes it says so.
      const plain = value(await registers.create(ben, 'risk', { title: 'In the open' }));
      expect(plain.boardId).toBeNull();
    });

    test('[AC6] what is promised or written down in a meeting on it stays with those who may look there', async () => {
      const { facilitation, boardId } = world;
      const session = await world.running({ kind: 'weekly', boardId }, ['ana', 'ben']);
      const stage = value(await facilitation.session(world.viewer('ana'), session)).session.current;
      const act = (kind: string, input: Record<string, unknown>) =>
        facilitation.act(world.viewer('ana'), session, { stage, kind, id: null, act: 'create', input });
      value(
        await act('commitment', {
          ...{ statement: 'Secret week', ownerId: world.people.ana, due: '2026-04-03' },
        }),
      );
      value(await act('decision', { question: 'Secret, whether?' }));
      world.clock.now += 60_000;
      expect(await foundBy(outside('dan'))).not.toMatch(/secret/i);
      expect(await foundBy(outside('ana'))).toMatch(/Secret week/);
      const all = await Promise.all(
        value(await facilitation.session(world.viewer('ana'), session)).session.stages.map(({ id }) =>
          facilitation.rows(world.viewer('ana'), session, id),
        ),
      );
      // In its own meeting it is listed as before.
      expect(JSON.stringify(all)).toContain('Secret week');
    });

    test('[AC7] an assumption whose board is narrowed after it failed loses its name on the promise of another', async () => {
      const { registers, store, organisationId } = world;
      const other = randomUUID();
      const createdAt = new Date(world.clock.now);
      await store.db.insert(board).values({ id: other, organisationId, title: 'Other', createdAt });
      const ana = world.viewer('ana');
      const basis = { statement: 'Secret weather', affects: [promise], board: other };
      const { id } = value(await registers.create(ana, 'assumption', basis));
      value(await registers.act(ana, 'assumption', id, 'invalidate', { reason: 'storm' }));
      world.clock.now += 60_000;
      const read = async (viewer: Viewer): Promise<string> => {
        const { clock, facilitation } = world;
        const { session } = value(await facilitation.plan(ana, { kind: 'weekly', boardId: world.boardId }));
        const sections = session.stages.map((stage) => facilitation.rows(viewer, session.id, stage.id));
        return JSON.stringify([
          value(await world.tracking.commitment(viewer, promise)),
          await registers.due(organisationId, clock.now, { seer: viewer }),
          await Promise.all(sections),
        ]);
      };
      expect((await read(world.viewer('ben'))).match(/Secret weather/g)?.length).toBeGreaterThan(3);
      const blind = world.viewer('ben', { hiddenBoards: [other] });
      expect(await read(blind)).not.toContain('Secret weather');
      expect(await read(blind)).toContain('Something on a board you do not see');
    });

    /** A meeting of red with the board red's: Bea was put on it, Dan of blue was not. */
    async function redsMeeting(): Promise<string> {
      const { db } = opened.store;
      await db.update(board).set({ scope: 'team' }).where(eq(board.id, world.boardId));
      await db.insert(boardTeam).values({ boardId: world.boardId, teamId: world.teams.red });
      return world.running({ kind: 'weekly', teamId: world.teams.red }, ['ana', 'ben']);
    }

    test('[AC9] a team’s minutes name what its own boards hold to those who may look there, and to nobody else', async () => {
      const { facilitation } = world;
      const session = await redsMeeting();
      const heard: string[] = [];
      const ears = {
        send: (message: unknown) => void heard.push(JSON.stringify(message)),
        ended: () => undefined,
      };
      value(await facilitation.listen(outside('dan'), session, ears));
      const done = { stage: null, kind: 'commitment', id: promise, act: 'check-in' };
      const input = { status: 'on', confidence: 70 };
      value(await facilitation.act(world.viewer('ben'), session, { ...done, input }));
      const read = async (viewer: Viewer): Promise<string> =>
        JSON.stringify([
          value(await facilitation.minutes(viewer, session)),
          value(await facilitation.session(viewer, session)),
        ]);
      expect(await read(world.viewer('bea'))).toContain('Secret one');
      expect(await read(outside('dan'))).toContain('Something on a board you do not see');
      expect(await read(outside('dan'))).not.toContain('Secret one');
      await expect.poll(() => heard.length).toBeGreaterThan(1);
      expect(heard.join('')).not.toContain('Secret one');
    });

    test('[AC9] nor does the history of the organisation, of what was parked or voted on in it', async () => {
      const session = await redsMeeting();
      const park = { type: 'park', id: randomUUID(), title: 'Secret one, again' } as const;
      await world.do('ben', session, { ...park, origin: { kind: 'commitment', id: promise } });
      await world.do('ben', session, { type: 'park', id: randomUUID(), title: 'Cake' });
      world.clock.now += 60_000;
      const lines = JSON.stringify(await insight().audit(outside('dan'), { kind: 'session' }));
      expect(lines).toContain('Cake');
      expect(lines).not.toMatch(/secret/i);
    });

    test('[AC9] what one person in the room may look at and others may not has no name in the minutes', async () => {
      // Still Ana's own board: Bea sits in the room and reads the minutes.
      const session = await world.running({ kind: 'weekly', teamId: world.teams.red }, ['ana', 'ben', 'bea']);
      const done = { stage: null, kind: 'commitment', id: promise, act: 'check-in' };
      const input = { status: 'on', confidence: 70 };
      value(await world.facilitation.act(world.viewer('ben'), session, { ...done, input }));
      const minutes = JSON.stringify(value(await world.facilitation.minutes(world.viewer('ana'), session)));
      expect(minutes).not.toContain('Secret one');
      expect(minutes).toContain('not everybody here may look at');
    });

    test('[AC9] nor has what it leaves open, and what changed before it', async () => {
      const { registers, facilitation, teams } = world;
      const held = await world.running({ kind: 'weekly', teamId: teams.red }, ['ana', 'ben']);
      await world.do('ana', held, { type: 'end', leaveOpen: true });
      world.clock.now += 60_000;
      const place = { board: world.boardId, team: teams.red };
      value(
        await registers.create(world.viewer('ana'), 'decision', {
          ...{ question: 'Secret, whether?', neededBy: '2026-03-01', ...place },
        }),
      );
      world.clock.now += 60_000;
      const session = await world.running({ kind: 'weekly', teamId: teams.red }, ['ana', 'ben']);
      await world.do('ana', session, { type: 'end', leaveOpen: true });
      const minutes = value(await facilitation.minutes(world.viewer('ana'), session));
      expect(minutes.minutes.changed).not.toBeNull();
      expect(JSON.stringify(minutes)).not.toMatch(/secret/i);
    });

    test('[AC10] whoever listens to a meeting on it from any node is shut out, and who may look there listens on', async () => {
      const { db } = opened.store;
      await db.update(board).set({ scope: 'organisation' }).where(eq(board.id, world.boardId));
      const session = await world.running({ kind: 'weekly', boardId: world.boardId }, ['ana', 'ben']);
      const members = await db.select().from(member).where(eq(member.organisationId, world.organisationId));
      const memberOf = (name: Name): string =>
        members.find(({ personId }) => personId === world.people[name])?.id ?? '';
      const other = world.otherNode().facilitation;
      const ended: Name[] = [];
      for (const name of ['ana', 'dan'] as const) {
        const ears = { send: () => undefined, ended: () => void ended.push(name) };
        value(await other.listen(world.viewer(name, { memberId: memberOf(name) }), session, ears));
      }
      await db.update(board).set({ scope: 'private' }).where(eq(board.id, world.boardId));
      other.scopeChanged();
      await other.settled();
      expect(ended).toEqual(['dan']);
    });
  });
});
