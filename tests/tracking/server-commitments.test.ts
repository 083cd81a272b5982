import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Commitment } from '../../src/domain/commitment/commitment.ts';
import { commitment, notDoing } from '../../server/store/schema.ts';
import { code, makeTrackingWorld, value, type TrackingWorld } from './server-world.ts';
import { promisesIn } from './promises.ts';
import { stores, type OpenedStore } from './stores.ts';
import { terms } from './situations.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('tracking', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;
    let promises: ReturnType<typeof promisesIn>;

    beforeAll(async () => {
      opened = await store.open();
      world = await makeTrackingWorld(opened.store);
      promises = promisesIn(world, opened.store);
    });
    afterAll(() => opened.dispose());

    describe('a commit', () => {
      test('[TR1] proposes all its objectives, once', async () => {
        const offers = ['one', 'two', 'three'].map((key) => ({ key }));
        const ids = await world.commit(offers);
        expect(await world.commit(offers)).toEqual(ids);
        const rows = await world.tracking.commitments(world.viewer('finn'), { boardId: world.boardId });
        const mine = rows.filter(({ objectKey }) => ids.has(objectKey));
        expect(mine.map(({ status, display, version }) => [status, display, version])).toEqual(
          mine.map(() => ['proposed', 'proposed', 1]),
        );
        expect(mine).toHaveLength(3);
      });

      test('[TR1] other terms are offered anew, a promise gets a pending change', async () => {
        const open = await promises.propose({ key: 'open' });
        const promised = await promises.accepted({ key: 'promised' });
        const later = { terms: { due: '2026-06-30' } };
        await world.commit([
          { key: 'open', ...later },
          { key: 'promised', ...later },
        ]);
        expect(value(await world.tracking.commitment(world.viewer('ben'), open)).due).toBe('2026-06-30');
        const detail = value(await world.tracking.commitment(world.viewer('ben'), promised));
        expect([detail.due, detail.moves.includes('agree-rescope'), detail.baseline?.due]).toEqual([
          terms.due,
          true,
          terms.due,
        ]);
        const agreed = await world.tracking.act(world.viewer('ben'), promised, 'agree-rescope', {
          reason: 'learning',
          text: 'it takes longer',
        });
        expect(value(agreed)).toMatchObject({
          due: '2026-06-30',
          baseline: { due: terms.due },
          versions: [{}, {}],
        });
      });

      test('[TR17] a card in no area belongs to its owner’s team', async () => {
        const id = await promises.propose({ team: null, owner: 'dan' });
        expect(value(await world.tracking.commitment(world.viewer('dan'), id)).teamId).toBe(world.teams.blue);
      });

      test('[TR14] what is not being done takes its open offer back', async () => {
        const id = await promises.propose({ key: 'given-up' });
        await world.commit([], ['given-up']);
        expect(value(await world.tracking.commitment(world.viewer('ben'), id)).status).toBe('parked');
      });
    });

    describe('commands', () => {
      test('[TR2] decided on an older version, nothing changes', async () => {
        const id = await promises.propose();
        const refused = await world.tracking.act(world.viewer('ben'), id, 'accept', { version: 7 });
        expect(code(refused)).toBe('changed-meanwhile');
        expect(await promises.eventsOf(id)).toHaveLength(1);
        value(await world.tracking.act(world.viewer('ben'), id, 'accept', { version: 1 }));
      });

      test('[TR3] at once: one counts, nothing is lost or doubled', async () => {
        const id = await promises.propose();
        const both = await Promise.all([
          world.tracking.act(world.viewer('ben'), id, 'accept', { version: 1 }),
          world.tracking.act(world.viewer('ben'), id, 'decline', { version: 1, reason: 'no room' }),
        ]);
        expect(both.map(code).sort()).toEqual(['allowed', 'changed-meanwhile']);
        expect((await promises.eventsOf(id)).map(({ version }) => version)).toEqual([1, 2]);
      });

      test('[CM3] only the owner accepts, on the server too', async () => {
        const id = await promises.propose();
        for (const name of ['ana', 'bea', 'cleo', 'olga', 'finn'] as const) {
          expect(code(await world.tracking.act(world.viewer(name), id, 'accept', {}))).toBe('not-yours');
        }
        expect(
          value(await world.tracking.act(world.viewer('ben'), id, 'accept', { confidence: 70 })),
        ).toMatchObject({
          ...{ status: 'committed', display: 'pending', confidence: 70 },
          baseline: { version: 1, due: terms.due, doneMeans: 'Sign-ups a week: 200; Launched' },
        });
      });

      test('[CM61] what each status means goes with the yes, changes with a reason, and is put right with both', async () => {
        const criteria = { on: 'a week ahead', risk: 'no buffer', off: 'late', stretch: '' };
        const silent = await promises.accepted();
        expect(value(await world.tracking.commitment(world.viewer('finn'), silent)).now.criteria).toBeNull();
        const id = await promises.propose();
        const yes = await world.tracking.act(world.viewer('ben'), id, 'accept', { fill: { criteria } });
        expect(value(yes)).toMatchObject({ now: { criteria }, baseline: { criteria } });
        const other = { criteria: { ...criteria, off: 'two weeks late' } };
        const said = { reason: 'learning', text: 'one week is no news' };
        const changed = await world.tracking.act(world.viewer('ben'), id, 'rescope', {
          change: other,
          ...said,
        });
        expect(value(changed)).toMatchObject({ now: other, baseline: { criteria }, versions: [{}, {}] });
        const right = { criteria: { ...criteria, off: 'gone' } };
        const corrected = await world.tracking.act(world.viewer('olga'), id, 'correct', {
          ...{ correction: { field: 'terms', change: right }, note: 'a slip of the pen' },
        });
        expect(value(corrected).history.at(-1)?.sentence).toMatch(
          /on track “a week ahead” and at risk “no buffer” and off track “gone”, not .* off track “two weeks late”\./,
        );
      });

      test('[TR9] a token that may only read moves nothing', async () => {
        const id = await promises.propose();
        const reader = world.viewer('ben', { scope: 'read' });
        expect(code(await world.tracking.act(reader, id, 'accept', {}))).toBe('not-yours');
        expect(value(await world.tracking.commitment(reader, id)).moves).toEqual([]);
      });

      test('[CM29] the history tells a correction with both values, for whoever looks', async () => {
        const id = await promises.accepted();
        const correction = { field: 'terms', change: { due: '2026-06-29' } };
        const correct = { correction, note: 'a typing error' };
        value(await world.tracking.act(world.viewer('olga'), id, 'correct', correct));
        const seen = value(await world.tracking.commitment(world.viewer('finn'), id));
        expect(seen.history.at(-1)).toMatchObject({
          ...{ type: 'corrected', byName: 'Olga', reason: 'a typing error' },
          sentence: 'Corrected the record: due 29 Jun 2026, not 26 Jun 2026.',
        });
        expect(seen).toMatchObject({ due: '2026-06-29', baseline: { due: terms.due } });
      });

      test('[CM16] a change leaves alone what it does not name', async () => {
        const id = await promises.accepted();
        const change = { due: '2026-06-29' };
        const asked = { change, reason: 'learning', text: 'more work than thought' };
        const seen = value(await world.tracking.act(world.viewer('ben'), id, 'rescope', asked));
        expect(seen.now).toMatchObject({ ...change, doneMeans: seen.baseline?.doneMeans });
        expect(seen.now.doneMeans).not.toBe('');
        const [row] = await opened.store.db.select().from(commitment).where(eq(commitment.id, id));
        const { versions } = row?.state as Commitment;
        expect(versions[1]?.terms).toEqual({ ...versions[0]?.terms, ...change });
      });

      test('[CM3] who speaks for the owner is named on the page, and on every line he wrote, for ever', async () => {
        const id = await promises.propose();
        const { bea, ben } = world.people;
        value(await world.tracking.act(world.viewer('ben'), id, 'name-delegate', { person: bea }));
        value(await world.tracking.act(world.viewer('bea'), id, 'accept', {}));
        value(await world.tracking.act(world.viewer('ben'), id, 'name-delegate', { person: null }));
        const seen = value(await world.tracking.commitment(world.viewer('finn'), id));
        const accepted = seen.history.find(({ type }) => type === 'accepted');
        expect(accepted).toMatchObject({ byId: bea, byName: 'Bea', onBehalfOf: 'Ben' });
        expect([seen.delegateId, seen.ownerId]).toEqual([null, ben]);
      });

      test('[TR8] nothing of another organisation can be seen or moved', async () => {
        const other = await makeTrackingWorld(opened.store);
        const id = await promises.propose();
        const stranger = other.viewer('ben');
        expect(code(await world.tracking.commitment(stranger, id))).toBe('not-found');
        expect(code(await world.tracking.act(stranger, id, 'accept', {}))).toBe('not-found');
        expect(await world.tracking.commitments(stranger, { boardId: world.boardId })).toEqual([]);
        expect((await world.tracking.truth(other.organisationId, world.boardId)).commitments).toEqual({});
        const mine = await promises.accepted();
        const handOver = { to: other.people.bea };
        expect(code(await world.tracking.act(world.viewer('ben'), mine, 'hand-over', handOver))).toBe(
          'unknown-person',
        );
        expect(code(await world.tracking.commitment(world.viewer('ben'), 'no-uuid'))).toBe('not-found');
      });

      test('[TR18] what cannot be read is refused by its field', async () => {
        const id = await promises.accepted();
        const act = (command: string, input: object) =>
          world.tracking.act(world.viewer('ben'), id, command, input as Record<string, unknown>);
        const refused = await act('complete', { evidence: 'x', values: { m1: Number.NaN } });
        expect(refused).toMatchObject({ ok: false, refusal: { code: 'invalid', path: 'values.m1' } });
        expect(code(await act('drop', { reason: 'x', frees: '', cause: 'mood' }))).toBe('invalid');
        expect(code(await act('become-king', {}))).toBe('unknown-command');
        expect(code(await act('constructor', {}))).toBe('unknown-command');
        expect(await promises.eventsOf(id)).toHaveLength(2);
      });

      test('[TR10] every act tells its board, a refused one nobody', async () => {
        const id = await promises.propose();
        world.told();
        await world.tracking.act(world.viewer('ana'), id, 'accept', {});
        expect(world.told()).toEqual([]);
        await world.tracking.act(world.viewer('ben'), id, 'accept', {});
        expect(world.told()).toEqual([world.boardId]);
      });

      test('[TR16] what was declined is kept with its reason', async () => {
        const id = await promises.propose({ key: 'declined' });
        value(
          await world.tracking.act(world.viewer('ben'), id, 'decline', { reason: 'no room this quarter' }),
        );
        const [row] = await opened.store.db
          .select()
          .from(notDoing)
          .where(and(eq(notDoing.boardId, world.boardId), eq(notDoing.objectKey, 'declined')));
        expect(row).toMatchObject({
          reason: 'no room this quarter',
          by: world.people.ben,
          title: terms.statement,
        });
      });
    });
  });
});
