import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commitment, session } from '../../server/store/schema.ts';
import { code, makeTrackingWorld, on, value, type TrackingWorld } from './server-world.ts';
import { stores, type OpenedStore } from './stores.ts';

describe.each(stores)('promises without a card on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());
    const fresh = async (): Promise<TrackingWorld> => (world = await makeTrackingWorld(opened.store));
    const due = '2026-04-10';
    const light = (name: Parameters<TrackingWorld['viewer']>[0]) => world.viewer(name);
    const standard = (name: Parameters<TrackingWorld['viewer']>[0]) => {
      const viewer = world.viewer(name);
      return { ...viewer, organisation: { ...viewer.organisation, depth: 'standard' as const } };
    };

    test('[TR30][CM44] one’s own is accepted with the same tap, in any depth, and is on no board', async () => {
      const { tracking, people, teams } = await fresh();
      for (const viewer of [light('ben'), standard('ben')]) {
        const made = value(
          await tracking.promiseForWeek(viewer, {
            statement: ' Call three customers ',
            ownerId: people.ben,
            due,
          }),
        );
        expect(made).toMatchObject({ status: 'committed', boardId: null, teamId: teams.red, due });
        expect(made.statement).toBe('Call three customers');
        expect(made.baseline?.doneMeans).toBe('Call three customers');
      }
      const [row] = await opened.store.db.select().from(commitment).where(eq(commitment.ownerId, people.ben));
      expect(row).toMatchObject({ horizon: 'week', boardId: null, periodId: null });
    });

    test('[TR30] somebody else is asked, and says yes or no in person', async () => {
      const { tracking, people } = await fresh();
      const asked = value(
        await tracking.promiseForWeek(light('ana'), { statement: 'Write it down', ownerId: people.ben, due }),
      );
      expect(asked.status).toBe('proposed');
      expect((await tracking.inbox(light('ben'))).toAccept.map(({ id }) => id)).toEqual([asked.id]);
      expect(code(await tracking.act(light('ana'), asked.id, 'accept', {}))).toBe('not-yours');
      expect(value(await tracking.act(standard('ben'), asked.id, 'accept', {})).status).toBe('committed');
    });

    test('[TR30] a sentence, a person of here and a day are needed', async () => {
      const { tracking, people } = await fresh();
      const ask = async (more: object) =>
        code(
          await tracking.promiseForWeek(light('ben'), { statement: 'x', ownerId: people.ben, due, ...more }),
        );
      expect(await ask({ statement: '  ' })).toBe('invalid');
      expect(await ask({ due: 'Friday' })).toBe('invalid');
      expect(await ask({ due: '2026-03-31' })).toBe('invalid');
      expect(await ask({ due: '2026-04-01' })).toBe('allowed');
      expect(await ask({ ownerId: randomUUID() })).toBe('unknown-person');
      expect(await ask({ teamId: randomUUID() })).toBe('unknown-team');
    });

    test('[TR30] the clock misses it after its day and two business days', async () => {
      const { tracking, people, clock } = await fresh();
      const made = value(
        await tracking.promiseForWeek(light('ben'), { statement: 'x', ownerId: people.ben, due }),
      );
      clock.now = on('2026-04-14', '23:59');
      await tracking.advanceClock();
      expect(value(await tracking.commitment(light('ben'), made.id)).status).toBe('committed');
      clock.now = on('2026-04-15', '00:00');
      await tracking.advanceClock();
      expect(value(await tracking.commitment(light('ben'), made.id)).status).toBe('missed');
    });

    const close = async (
      place: { boardId?: string; teamId?: string },
      status: 'running' | 'ended' = 'running',
    ) => {
      const id = randomUUID();
      await opened.store.db.insert(session).values({
        ...{ id, organisationId: world.organisationId, kind: 'quarterly-close', title: 'Close', status },
        ...{ rev: 1, state: {}, createdAt: new Date(world.clock.now), ...place },
      });
      return id;
    };
    const promised = async (): Promise<string> => {
      const ids = await world.commit([{ key: 'card' }]);
      const id = ids.get('card') ?? '';
      value(await world.tracking.act(light('ben'), id, 'accept', { confidence: 70 }));
      return id;
    };
    const carry = (id: string, more: object = {}) =>
      world.tracking.act(light('ben'), id, 'carry', { cause: 'capacity', text: 'too much', ...more });

    test('[TR31][TG12] carried only while its board’s close runs: a fresh offer without a day follows, and an item', async () => {
      const { boardId, teams, tracking, people, registers } = await fresh();
      const id = await promised();
      expect(code(await carry(id))).toBe('not-in-close-session');
      await close({ boardId }, 'ended');
      await close({ teamId: teams.blue });
      expect(code(await carry(id))).toBe('not-in-close-session');
      await close({ boardId });
      expect(value(await tracking.commitment(light('ben'), id)).moves).toContain('carry');
      expect(value(await carry(id)).status).toBe('carried');
      const [next] = await tracking.commitments(light('ben'), { ownerId: people.ben, state: 'proposed' });
      expect(next).toMatchObject({ boardId: null, due: null, statement: 'Double the sign-ups' });
      const [row] = await opened.store.db
        .select()
        .from(commitment)
        .where(eq(commitment.id, next?.id ?? ''));
      expect(row?.predecessorId).toBe(id);
      const items = await registers.list(light('ben'), 'triage-item', { teamId: teams.red });
      expect(items[0]).toMatchObject({ origin: 'carried', commitments: [next?.id], rank: 0 });
      expect(code(await tracking.act(light('ben'), next?.id ?? '', 'accept', { confidence: 50 }))).toBe(
        'due-missing',
      );
      const fill = { due: '2026-09-30' };
      expect(
        value(await tracking.act(light('ben'), next?.id ?? '', 'accept', { confidence: 50, fill })).due,
      ).toBe('2026-09-30');
    });

    test('[TR31] a promise without a board is carried by the close of its team', async () => {
      const { tracking, people, teams } = await fresh();
      const made = value(
        await tracking.promiseForWeek(light('ben'), { statement: 'x', ownerId: people.ben, due }),
      );
      await close({ teamId: teams.blue });
      expect(code(await carry(made.id))).toBe('not-in-close-session');
      await close({ teamId: teams.red });
      expect(code(await carry(made.id))).toBe('allowed');
    });

    test('[TR31] what the clock called missed before its close is asked anew there, and stays missed', async () => {
      const { boardId, tracking, people, teams, registers, clock } = await fresh();
      const id = await promised();
      clock.now = on('2026-07-03');
      await tracking.advanceClock();
      expect(value(await tracking.commitment(light('ben'), id))).toMatchObject({ status: 'missed' });
      expect(value(await tracking.commitment(light('ben'), id)).moves).not.toContain('carry');
      await close({ boardId });
      expect(value(await tracking.commitment(light('ben'), id)).moves).toContain('carry');
      expect(value(await carry(id)).status).toBe('missed');
      const [next] = await tracking.commitments(light('ben'), { ownerId: people.ben, state: 'proposed' });
      const [row] = await opened.store.db
        .select()
        .from(commitment)
        .where(eq(commitment.id, next?.id ?? ''));
      expect(row).toMatchObject({ predecessorId: id, due: null });
      const items = await registers.list(light('ben'), 'triage-item', { teamId: teams.red });
      expect(items).toMatchObject([{ origin: 'carried', commitments: [next?.id] }]);
      const then = value(await tracking.commitment(light('ben'), id));
      expect(then.moves).not.toContain('carry');
      expect(then.explanation).toMatchObject({ state: 'explained', cause: 'capacity' });
      expect(code(await carry(id))).toBe('wrong-state');
    });

    test('[TR32] the third carry must split it or name another owner', async () => {
      const { tracking, people, teams } = await fresh();
      await close({ teamId: teams.red });
      let id = value(
        await tracking.promiseForWeek(light('ben'), { statement: 'x', ownerId: people.ben, due }),
      ).id;
      for (let round = 0; round < 2; round += 1) {
        value(await carry(id));
        const [next] = await tracking.commitments(light('ben'), { ownerId: people.ben, state: 'proposed' });
        id = next?.id ?? '';
        value(await tracking.act(light('ben'), id, 'accept', { fill: { due } }));
      }
      expect(code(await carry(id))).toBe('carried-too-often');
      expect(code(await carry(id, { choice: 'split', parts: ['only one'] }))).toBe('parts-missing');
      expect(code(await carry(id, { choice: 're-own', owner: people.ben }))).toBe('owner-missing');
      value(await carry(id, { choice: 'split', parts: ['First half', 'Second half'] }));
      const parts = await tracking.commitments(light('ben'), { ownerId: people.ben, state: 'proposed' });
      expect(parts.map(({ statement }) => statement).sort()).toEqual(['First half', 'Second half']);
    });
  });
});
