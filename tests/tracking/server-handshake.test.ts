import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SaveDependencyInput } from '../../server/app-tracking.ts';
import { code, makeTrackingWorld, on, value, type Name, type TrackingWorld } from './server-world.ts';
import { arrow, asksOf, plan } from './asks-of.ts';
import { stores, type OpenedStore } from './stores.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('tracking', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;
    let asks: ReturnType<typeof asksOf>;

    beforeAll(async () => {
      opened = await store.open();
      world = await makeTrackingWorld(opened.store);
      asks = asksOf(world);
    });
    afterAll(() => opened.dispose());

    const save: ReturnType<typeof asksOf>['save'] = (...given) => asks.save(...given);
    const move: ReturnType<typeof asksOf>['move'] = (...given) => asks.move(...given);
    const asked = async (key: string, more: Partial<SaveDependencyInput> = {}): Promise<string> => {
      const { id } = value(await save('cleo', key, more));
      value(await move('ben', id, 'send'));
      return id;
    };

    describe('an ask on the server', () => {
      test('[DP1][DP2] two people play it through, each with his own moves', async () => {
        const drawn = value(await save('cleo', 'through'));
        expect(drawn).toMatchObject({
          status: 'draft',
          word: 'not sent',
          moves: [],
          requesterTitle: 'About sign-ups',
        });
        expect(code(await move('cleo', drawn.id, 'send'))).toBe('not-yours');
        expect(value(await move('ben', drawn.id, 'send'))).toMatchObject({
          status: 'requested',
          word: 'asked',
        });
        const toAnswer = (await world.tracking.inbox(world.viewer('cleo'))).toAnswer.find(
          ({ id }) => id === drawn.id,
        );
        expect(toAnswer?.moves).toEqual(['accept', 'counter', 'decline', 'say-yes-aloud']);
        expect(code(await move('ben', drawn.id, 'accept', { person: world.people.dan }))).toBe('not-yours');
        const agreed = value(
          await move('cleo', drawn.id, 'accept', { person: world.people.dan, date: '2026-05-20' }),
        );
        expect(agreed).toMatchObject({
          word: 'agreed',
          promisedFor: '2026-05-20',
          providerPersonId: world.people.dan,
        });
        expect((await world.tracking.inbox(world.viewer('dan'))).waitingOnMe.map(({ id }) => id)).toContain(
          drawn.id,
        );
        expect((await world.tracking.inbox(world.viewer('ben'))).iWaitOn.map(({ id }) => id)).toContain(
          drawn.id,
        );
        value(await move('dan', drawn.id, 'deliver', { evidence: 'merged' }));
        expect(code(await move('dan', drawn.id, 'confirm'))).toBe('not-yours');
        const done = value(await move('ben', drawn.id, 'confirm', { version: 4 }));
        expect([done.word, done.history.map(({ type }) => type)]).toEqual([
          'done',
          ['drafted', 'requested', 'accepted', 'delivered', 'confirmed'],
        ]);
        expect(done.history[2]).toMatchObject({ sentence: 'Agreed: Dan by 20 May 2026.', byName: 'Cleo' });
      });

      test('[TR2] a move decided on an older version is refused', async () => {
        const id = await asked('older');
        expect(code(await move('cleo', id, 'decline', { reason: 'no room', version: 1 }))).toBe(
          'changed-meanwhile',
        );
        expect(code(await move('cleo', id, 'decline', { reason: 'no room', version: 2 }))).toBe('allowed');
      });

      test('[TR13] a draft is seen by its own side only', async () => {
        const { id } = value(await save('cleo', 'secret'));
        const sees = async (name: Name) => code(await world.tracking.dependency(world.viewer(name), id));
        expect([await sees('ben'), await sees('ana'), await sees('dan'), await sees('finn')]).toEqual([
          ...['allowed', 'allowed', 'not-found', 'not-found'],
        ]);
        const listed = await world.tracking.dependencies(world.viewer('dan'), { boardId: world.boardId });
        expect(listed.map((it) => it.id)).not.toContain(id);
        const truth = await world.tracking.truth(world.organisationId, world.boardId);
        expect(Object.keys(truth.dependencies)).not.toContain('secret');
      });

      test('[TR19] who owns the objective is read from the promise, before there is one from the board', async () => {
        const id = await asked('owned');
        expect(value(await world.tracking.dependency(world.viewer('ben'), id)).requesterOwnerId).toBe(
          world.people.ben,
        );
        expect(code(await move('bea', id, 'withdraw'))).toBe('not-yours');
        await world.commit([{ key: 'sign-ups', owner: 'bea' }]);
        expect(code(await move('ben', id, 'withdraw'))).toBe('not-yours');
        expect(code(await move('bea', id, 'withdraw'))).toBe('allowed');
        await world.commit([{ key: 'sign-ups', owner: 'ben' }]);
      });

      test('[DP8] a ring is refused by the names of its objectives', async () => {
        const first = await asked('ring-1');
        value(await move('cleo', first, 'accept', { person: world.people.dan, date: '2026-05-20' }));
        const back = {
          requesterKey: 'interface',
          requesterTeam: 'blue',
          providerTeam: 'red',
          servedBy: 'sign-ups',
        };
        const second = value(await save('dan', 'ring-2', back));
        value(await move('dan', second.id, 'send'));
        const refused = await move('ana', second.id, 'accept', {
          person: world.people.ben,
          date: '2026-05-20',
        });
        expect(refused).toMatchObject({ ok: false, refusal: { code: 'ring' } });
        expect(refused.ok ? '' : refused.refusal.message).toContain('waits for');
        const without = { person: world.people.ben, date: '2026-05-20', servedBy: null };
        expect(value(await move('ana', second.id, 'accept', without)).servedBy).toBeNull();
      });

      test('[TR18] a person of elsewhere, a text for a date', async () => {
        const id = await asked('faulty');
        const other = await makeTrackingWorld(opened.store);
        const stranger = { person: other.people.dan, date: '2026-05-20' };
        expect(code(await move('cleo', id, 'accept', stranger))).toBe('unknown-person');
        expect(code(await move('cleo', id, 'accept', { person: world.people.dan, date: 'May' }))).toBe(
          'date-missing',
        );
        expect(code(await move('cleo', id, 'vanish'))).toBe('unknown-command');
        expect(code(await other.tracking.actOnDependency(other.viewer('cleo'), id, 'confirm', {}))).toBe(
          'not-found',
        );
        expect(code(await save('finn', 'faulty'))).toBe('read-only');
        expect(
          code(await other.tracking.saveDependency(other.viewer('ana'), world.boardId, arrow('x'))),
        ).toBe('not-found');
      });

      test('[DP13] saving other facts of an agreed ask opens it again', async () => {
        const id = await asked('opened');
        value(await move('cleo', id, 'accept', { person: world.people.dan, date: '2026-05-20' }));
        expect(code(await save('dan', 'opened', { neededBy: '2026-05-15' }))).toBe('not-yours');
        expect(value(await save('ben', 'opened'))).toMatchObject({ word: 'agreed', flags: [] });
        expect(value(await save('ben', 'opened', { neededBy: '2026-05-15' }))).toMatchObject({
          ...{ word: 'changed, reconfirm', flags: ['reopened'] },
        });
      });

      test('[CM35] an unanswered no keeps the objective from being shown on track', async () => {
        const own = await makeTrackingWorld(opened.store);
        own.setPlan(plan);
        const id = (await own.commit([{ key: 'sign-ups' }])).get('sign-ups') ?? '';
        value(await own.tracking.act(own.viewer('ben'), id, 'accept', {}));
        const ask = value(await own.tracking.saveDependency(own.viewer('ben'), own.boardId, arrow('no')));
        value(await own.tracking.actOnDependency(own.viewer('ben'), ask.id, 'send', {}));
        own.clock.now = on('2026-04-02');
        value(await own.tracking.checkIn(own.viewer('ben'), id, { status: 'on', confidence: 80 }));
        value(
          await own.tracking.actOnDependency(own.viewer('cleo'), ask.id, 'decline', { reason: 'no room' }),
        );
        expect(value(await own.tracking.commitment(own.viewer('ben'), id))).toMatchObject({
          ...{ display: 'risk', reportedStatus: 'on', needs: [{ flags: ['needs-choice'] }] },
        });
        const truth = await own.tracking.truth(own.organisationId, own.boardId);
        expect(truth.commitments['sign-ups']?.display).toBe('risk');
        const choose = { choice: 're-plan', text: 'we build it ourselves' };
        value(await own.tracking.actOnDependency(own.viewer('ben'), ask.id, 'choose', choose));
        expect(value(await own.tracking.commitment(own.viewer('ben'), id)).display).toBe('on');
      });

      test('[TR14] what is not being done withdraws its open asks', async () => {
        const open = await asked('left-open');
        const agreed = await asked('left-agreed');
        value(
          await move('cleo', agreed, 'accept', {
            person: world.people.dan,
            date: '2026-05-20',
            servedBy: null,
          }),
        );
        await world.commit([], ['sign-ups']);
        const status = async (id: string) =>
          value(await world.tracking.dependency(world.viewer('ben'), id)).status;
        expect([await status(open), await status(agreed)]).toEqual(['withdrawn', 'accepted']);
      });

      test('[TR12] truth is told by plan key and names who has not accepted', async () => {
        const own = await makeTrackingWorld(opened.store);
        const ids = await own.commit([
          { key: 'a', owner: 'ben' },
          { key: 'b', owner: 'bea' },
          { key: 'c', owner: null },
          { key: 'd', owner: 'ana' },
        ]);
        value(await own.tracking.act(own.viewer('ben'), ids.get('a') ?? '', 'accept', {}));
        value(
          await own.tracking.act(own.viewer('ana'), ids.get('d') ?? '', 'decline', { reason: 'no room' }),
        );
        const truth = await own.tracking.truth(own.organisationId, own.boardId);
        expect(truth.accepted).toEqual({ yes: 1, of: 3, waitingFor: ['Bea', 'nobody yet'] });
        expect(Object.keys(truth.commitments).sort()).toEqual(['a', 'b', 'c', 'd']);
        expect(truth.commitments['a']).toMatchObject({ display: 'pending', ownerId: own.people.ben });
      });

      test('[TR15] the inbox holds what waits for this person', async () => {
        const own = await makeTrackingWorld(opened.store);
        own.setPlan(plan);
        const ids = await own.commit([{ key: 'a' }, { key: 'b' }]);
        const ask = value(await own.tracking.saveDependency(own.viewer('ben'), own.boardId, arrow('x')));
        value(await own.tracking.actOnDependency(own.viewer('ben'), ask.id, 'send', {}));
        value(await own.tracking.act(own.viewer('ben'), ids.get('a') ?? '', 'accept', {}));
        own.clock.now = on('2026-04-02');
        const ben = await own.tracking.inbox(own.viewer('ben'));
        expect(ben.toAccept.map(({ objectKey }) => objectKey)).toEqual(['b']);
        expect(ben.toCheckIn.map(({ objectKey }) => objectKey)).toEqual(['a']);
        expect([ben.iWaitOn.length, ben.toAnswer.length]).toEqual([1, 0]);
        const cleo = await own.tracking.inbox(own.viewer('cleo'));
        expect([cleo.toAnswer.length, cleo.toAccept.length]).toEqual([1, 0]);
        expect((await own.tracking.inbox(own.viewer('finn'))).toAnswer).toEqual([]);
      });
    });
  });
});
