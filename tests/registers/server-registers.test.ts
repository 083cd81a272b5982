import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import { code, makeTrackingWorld, on, value, type TrackingWorld } from '../tracking/server-world.ts';
import { checkIn, promisesIn } from '../tracking/promises.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';

const standard = (viewer: Viewer): Viewer => ({
  ...viewer,
  organisation: { ...viewer.organisation, depth: 'standard' },
});

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('registers', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;

    beforeAll(async () => {
      opened = await store.open();
      world = await makeTrackingWorld(opened.store);
    });
    afterAll(() => opened.dispose());

    /** A promise of Ben in the red team, accepted. */
    const promise = () => promisesIn(world, opened.store).accepted();
    const rowOf = async (id: string) =>
      (await world.tracking.commitments(world.viewer('ben'), {})).find((it) => it.id === id);

    describe('decisions', () => {
      test('[DC7] superseding ends the old one when the new one is taken', async () => {
        const { registers } = world;
        const viewer = world.viewer('ana');
        const old = value(await registers.create(viewer, 'decision', { question: 'Old?', chosen: 'yes' }));
        const open = { question: 'New?', supersedes: old.id };
        const next = value(await registers.create(viewer, 'decision', open));
        expect(value(await registers.read(viewer, 'decision', old.id)).status).toBe('in-force');
        value(await registers.act(viewer, 'decision', next.id, 'decide', { chosen: 'no' }));
        const ended = value(await registers.read(viewer, 'decision', old.id));
        expect(ended.status).toBe('superseded');
        expect(ended.links).toEqual([
          expect.objectContaining({ relation: 'supersedes', incoming: true, id: next.id, title: 'New?' }),
        ]);
      });

      test('[DC17] somebody else’s is not ended by naming it, and one that is open cannot be', async () => {
        const { registers } = world;
        const [ana, cleo] = [world.viewer('ana'), world.viewer('cleo')];
        const old = value(await registers.create(ana, 'decision', { question: 'Hers?', chosen: 'yes' }));
        const taken = { question: 'Mine now?', chosen: 'no', supersedes: old.id };
        expect(code(await registers.create(cleo, 'decision', taken))).toBe('not-yours');
        const open = value(
          await registers.create(cleo, 'decision', { question: 'Mine?', supersedes: old.id }),
        );
        expect(code(await registers.act(cleo, 'decision', open.id, 'decide', { chosen: 'no' }))).toBe(
          'not-yours',
        );
        expect(value(await registers.read(ana, 'decision', old.id)).status).toBe('in-force');
        const over = { question: 'Before?', supersedes: open.id };
        expect(code(await registers.create(cleo, 'decision', over))).toBe('not-taken');
        const free = value(await registers.create(cleo, 'decision', { question: 'Alone?' }));
        const name = { supersedes: open.id };
        expect(code(await registers.act(cleo, 'decision', free.id, 'amend', name))).toBe('not-taken');
      });

      test('[DC9] an overdue one is shown by what it affects: page, list, board; taken, no more', async () => {
        const id = await promise();
        const { registers, tracking } = world;
        const viewer = world.viewer('ana');
        const input = {
          question: 'Which vendor?',
          neededBy: '2026-03-31',
          affects: [id],
          board: world.boardId,
        };
        world.told();
        const decision = value(await registers.create(viewer, 'decision', input));
        expect(world.told()).toContain(world.boardId);
        const waiting = [expect.objectContaining({ question: 'Which vendor?', overdue: true })];
        expect((await rowOf(id))?.waitingOn).toEqual(waiting);
        expect(value(await tracking.commitment(world.viewer('ben'), id)).waitingOn).toEqual(waiting);
        const truth = await tracking.truth(world.organisationId, world.boardId);
        expect(Object.values(truth.commitments).find((it) => it.id === id)?.waitingOn).toEqual([
          'Which vendor?',
        ]);
        expect(decision).toMatchObject({ flags: ['overdue'], weight: expect.any(Number) });
        value(await registers.act(viewer, 'decision', decision.id, 'decide', { chosen: 'Acme' }));
        expect((await rowOf(id))?.waitingOn).toEqual([]);
      });

      test('[DC11] both in conflict say so', async () => {
        const { registers } = world;
        const viewer = world.viewer('ana');
        const objectId = randomUUID();
        const one = (amount: string) => ({
          ...{ question: `Budget ${amount}?`, chosen: amount },
          sets: [{ objectId, field: 'budget', value: amount }],
        });
        const first = value(await registers.create(viewer, 'decision', one('10')));
        const second = value(await registers.create(viewer, 'decision', one('20')));
        expect(second).toMatchObject({ flags: ['conflict'], conflictsWith: [first.id] });
        value(await registers.act(viewer, 'decision', first.id, 'reverse', { reason: 'too little' }));
        expect(value(await registers.read(viewer, 'decision', second.id)).flags).toEqual([]);
        expect(value(await registers.read(viewer, 'decision', first.id)).flags).toEqual(['thrash']);
      });

      test('[DC12] a decision that is unknown, of elsewhere or open carries no change', async () => {
        const id = await promise();
        const ben = standard(world.viewer('ben'));
        const drop = (decisionId: string) =>
          world.tracking.act(ben, id, 'drop', { reason: 'x', frees: 'y', decisionId });
        expect(code(await drop(randomUUID()))).toBe('unknown-decision');
        const other = await makeTrackingWorld(opened.store);
        const strange = value(
          await other.registers.create(other.viewer('ana'), 'decision', { question: 'A?', chosen: 'b' }),
        );
        expect(code(await drop(strange.id))).toBe('unknown-decision');
        const open = value(await world.registers.create(world.viewer('ana'), 'decision', { question: 'A?' }));
        expect(code(await drop(open.id))).toBe('decision-open');
        value(await world.registers.act(world.viewer('ana'), 'decision', open.id, 'decide', { chosen: 'b' }));
        expect(value(await drop(open.id)).status).toBe('dropped');
      });

      test('[DC13] what is written behind a change is a record, named by the history', async () => {
        const id = await promise();
        const ben = standard(world.viewer('ben'));
        const change = { change: { due: '2026-07-20' }, reason: 'learning', text: 'slower than thought' };
        expect(code(await world.tracking.act(ben, id, 'rescope', change))).toBe('decision-missing');
        const detail = value(
          await world.tracking.act(ben, id, 'rescope', { ...change, decision: 'Ana: take the time' }),
        );
        const [written] = await world.registers.list(ben, 'decision', { commitmentId: id });
        expect(written).toMatchObject({
          ...{ status: 'in-force', chosen: 'Ana: take the time', ownerId: world.people.ben },
        });
        expect(detail.history.at(-1)?.decisionId).toBe(written?.id);
      });

      test('[DC14] in the light depth the reason is written down as one', async () => {
        const id = await promise();
        const ben = world.viewer('ben');
        const small = { change: { due: '2026-06-28' }, reason: 'learning', text: 'two days' };
        value(await world.tracking.act(ben, id, 'rescope', small));
        expect(await world.registers.list(ben, 'decision', { commitmentId: id })).toEqual([]);
        value(await world.tracking.act(ben, id, 'drop', { reason: 'nobody wants it', frees: 'two weeks' }));
        const [written] = await world.registers.list(ben, 'decision', { commitmentId: id });
        const read = value(await world.registers.read(ben, 'decision', written?.id ?? ''));
        expect(read.facts).toContainEqual({ name: 'rationale', label: 'Because', text: 'nobody wants it' });
      });

      test('[DC5] the clock writes down once what came into force', async () => {
        const viewer = world.viewer('ana');
        const input = { question: 'When?', chosen: 'then', inForceFrom: '2026-04-02' };
        const { id } = value(await world.registers.create(viewer, 'decision', input));
        world.clock.now = on('2026-04-03');
        await world.registers.advanceClock();
        await world.registers.advanceClock();
        const read = value(await world.registers.read(world.viewer('ana'), 'decision', id));
        world.clock.now = on('2026-04-01');
        expect(read.history.map(({ type }) => type)).toEqual(['opened', 'decided', 'took-force']);
      });
    });

    describe('assumptions', () => {
      test('[AS7][DC15] doubtful: an item of its team, the promise shows it, the decision is looked at', async () => {
        const id = await promise();
        const ben = world.viewer('ben');
        const { registers } = world;
        const input = { statement: 'Demand holds', affects: [id], team: world.teams.red };
        const it = value(await registers.create(ben, 'assumption', input));
        const resting = { question: 'Build it?', chosen: 'yes', triggerAssumption: it.id };
        const decision = value(await registers.create(ben, 'decision', resting));
        for (const text of ['fewer orders', 'still fewer']) {
          value(await registers.act(ben, 'assumption', it.id, 'check', { answer: 'doubtful', text }));
        }
        expect((await rowOf(id))?.basis).toBe('doubtful');
        const items = await registers.list(ben, 'triage-item', { teamId: world.teams.red });
        expect(items).toContainEqual(
          expect.objectContaining({ title: 'Doubtful: Demand holds', origin: 'assumption', status: 'new' }),
        );
        expect(value(await registers.read(ben, 'decision', decision.id)).status).toBe('revisit-due');
      });

      test('[AS3] a check-in that breaks the rule makes it doubtful in the same act', async () => {
        const id = await promise();
        const ben = world.viewer('ben');
        const measure = value(await world.tracking.commitment(ben, id)).now.measures[0]?.key ?? '';
        const signpost = { kind: 'metric', commitment: id, measure, holdsWhile: 'at-least', value: 100 };
        const input = { statement: 'Sign-ups stay', affects: [id], signpost };
        const it = value(await world.registers.create(ben, 'assumption', input));
        const said = { ...checkIn, values: { [measure]: 90 } };
        value(await world.tracking.checkIn(ben, id, said));
        const read = value(await world.registers.read(ben, 'assumption', it.id));
        expect(read.status).toBe('doubtful');
        expect(read.history.map(({ type, byName }) => [type, byName]).slice(-2)).toEqual([
          ['breached', 'the clock'],
          ['doubted', 'the clock'],
        ]);
      });

      test('[AS8][AS9] failed: no promise on it is on track until its owner has answered', async () => {
        const id = await promise();
        const ben = world.viewer('ben');
        value(await world.tracking.checkIn(ben, id, checkIn));
        expect((await rowOf(id))?.display).toBe('on');
        const input = { statement: 'The law stays', affects: [id] };
        const it = value(await world.registers.create(ben, 'assumption', input));
        value(await world.registers.act(ben, 'assumption', it.id, 'invalidate', { reason: 'it changed' }));
        expect(await rowOf(id)).toMatchObject({ display: 'risk', basis: 'broken' });
        expect(code(await world.tracking.checkIn(ben, id, checkIn))).toBe('basis-broken');
        const broken = value(await world.tracking.commitment(ben, id));
        expect(broken.moves).toContain('continue');
        expect(broken.bases[0]?.answerBy).toBe(on('2026-04-15'));
        const due = await world.registers.due(world.organisationId, world.clock.now);
        expect(due).toContainEqual(expect.objectContaining({ rule: 'basis-broken', id }));
        expect(code(await world.tracking.act(world.viewer('ana'), id, 'continue', { reason: 'x' }))).toBe(
          'not-yours',
        );
        expect(code(await world.tracking.act(ben, id, 'continue', { reason: '' }))).toBe('reason-missing');
        value(await world.tracking.act(ben, id, 'continue', { reason: 'we comply already' }));
        value(await world.tracking.checkIn(ben, id, checkIn));
        expect(await rowOf(id)).toMatchObject({ display: 'on', basis: null });
      });

      test('[AS13] a promise that was only proposed then answers once it is accepted', async () => {
        const id = (await world.commit([{ key: 'still-proposed' }])).get('still-proposed') ?? '';
        const ben = world.viewer('ben');
        const basis = { statement: 'The bridge holds', affects: [id] };
        const it = value(await world.registers.create(ben, 'assumption', basis));
        value(await world.registers.act(ben, 'assumption', it.id, 'invalidate', { reason: 'it fell' }));
        const accepted = value(await world.tracking.act(ben, id, 'accept', {}));
        expect(accepted).toMatchObject({ basis: 'broken', bases: [{ assumptionId: it.id, answer: null }] });
        expect(code(await world.tracking.checkIn(ben, id, checkIn))).toBe('basis-broken');
        value(await world.tracking.act(ben, id, 'continue', { reason: 'we swim' }));
        expect((await rowOf(id))?.basis).toBeNull();
      });

      test('[AS8] changing the promise answers it too', async () => {
        const id = await promise();
        const ben = world.viewer('ben');
        const it = value(
          await world.registers.create(ben, 'assumption', { statement: 'Free hands', affects: [id] }),
        );
        value(await world.registers.act(ben, 'assumption', it.id, 'invalidate', { reason: 'two left' }));
        const change = { change: { weight: 2 }, reason: 'external-fact', text: 'smaller now' };
        const detail = value(await world.tracking.act(ben, id, 'rescope', change));
        expect(detail.basis).toBeNull();
        expect(detail.bases[0]?.answer).toMatchObject({ choice: 're-scope', why: 'smaller now' });
      });
    });
  });
});
