import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import type { RegisterKind } from '../../src/protocol/views/registers.ts';
import { code, makeTrackingWorld, on, value, type TrackingWorld } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('registers', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;

    beforeAll(async () => {
      opened = await store.open();
      world = await makeTrackingWorld(opened.store);
    });
    afterAll(() => opened.dispose());

    const create = async (kind: RegisterKind, input: Readonly<Record<string, unknown>>) =>
      value(await world.registers.create(world.viewer('ben'), kind, input)).id;

    test('[RK4][RK5] a risk that happens is an issue, linked; exposure weighs what it touches', async () => {
      const { registers } = world;
      const ben = world.viewer('ben');
      const id = (await world.commit([{ key: 'heavy', terms: { weight: 8 } }])).get('heavy') ?? '';
      const risk = value(
        await registers.create(ben, 'risk', {
          ...{ title: 'The supplier fails', probability: 3, affects: [id], team: world.teams.red },
        }),
      );
      expect(risk).toMatchObject({ weight: 8, exposure: 24 });
      const happened = value(await registers.act(ben, 'risk', risk.id, 'happen', { what: 'bankrupt' }));
      expect(happened.status).toBe('happened');
      const link = happened.links.find(({ relation }) => relation === 'raised-from');
      const issue = value(await registers.read(ben, 'triage-item', link?.id ?? ''));
      expect(issue).toMatchObject({ itemKind: 'issue', title: 'The supplier fails', commitments: [id] });
      const chance = await create('risk', { title: 'A fair', sign: 'opportunity' });
      value(await registers.act(ben, 'risk', chance, 'happen', { what: 'we are invited' }));
      const items = await registers.list(ben, 'triage-item', {});
      expect(items.find(({ title }) => title === 'A fair')?.itemKind).toBe('opportunity');
    });

    test('[TG4] ranked by hand, before another or last, and kept', async () => {
      const own = await makeTrackingWorld(opened.store);
      const viewer = own.viewer('cleo');
      const ids: string[] = [];
      for (const title of ['a', 'b', 'c', 'd']) {
        const input = { title, team: own.teams.blue };
        ids.push(value(await own.registers.create(viewer, 'triage-item', input)).id);
      }
      const [a = '', b = '', , d = ''] = ids;
      const order = async () =>
        (await own.registers.list(viewer, 'triage-item', { teamId: own.teams.blue })).map((it) => it.title);
      const put = async (id: string, before: string | null) =>
        value(await own.registers.act(viewer, 'triage-item', id, 'rank', { before }));
      expect(await order()).toEqual(['a', 'b', 'c', 'd']);
      await put(d, a);
      await put(a, null);
      expect(await order()).toEqual(['d', 'b', 'c', 'a']);
      for (let times = 0; times < 30; times += 1) {
        await put(a, b);
        await put(d, b);
      }
      expect(await order()).toEqual(['a', 'd', 'b', 'c']);
    });

    test('[TG14] raised from a card without a promise it keeps the card, and says it to who may see the board', async () => {
      const ben = world.viewer('ben');
      const id = await create('triage-item', {
        ...{ title: 'Too big', origin: 'card', board: world.boardId, key: 'unpromised' },
      });
      const place = async (more: Partial<Viewer> = {}) =>
        value(await world.registers.read({ ...ben, ...more }, 'triage-item', id)).place;
      expect(await place()).toMatchObject({ boardId: world.boardId, key: 'unpromised' });
      expect((await place())?.boardTitle).not.toBe('');
      expect(await place({ hiddenBoards: [world.boardId] })).toBeNull();
      const here = await world.registers.list(ben, 'triage-item', { boardId: world.boardId, open: true });
      expect(here.find((it) => it.id === id)?.objectKey).toBe('unpromised');
      const page = await create('triage-item', { title: 'From nowhere' });
      expect(value(await world.registers.read(ben, 'triage-item', page)).place).toBeNull();
    });

    test('[TG8] nothing of elsewhere can be seen, named or moved', async () => {
      const other = await makeTrackingWorld(opened.store);
      const eve = other.viewer('ana');
      const ben = world.viewer('ben');
      const id = await create('risk', { title: 'Ours' });
      expect(code(await other.registers.read(eve, 'risk', id))).toBe('not-found');
      expect(code(await other.registers.act(eve, 'risk', id, 'own', {}))).toBe('not-found');
      expect(await other.registers.list(eve, 'risk', {})).toEqual([]);
      const named = async (kind: RegisterKind, input: Readonly<Record<string, unknown>>) =>
        code(await world.registers.create(ben, kind, input));
      const theirs = (await other.commit([{ key: 'x' }])).get('x') ?? '';
      expect(await named('decision', { question: 'A?', decider: other.people.ana })).toBe('unknown-person');
      expect(await named('risk', { title: 'x', affects: [theirs] })).toBe('unknown-commitment');
      expect(await named('interrupt', { what: 'x', displaced: theirs, costDays: 1 })).toBe(
        'unknown-commitment',
      );
      expect(await named('triage-item', { title: 'x', team: other.teams.red })).toBe('unknown-team');
      expect(await named('triage-item', { title: 'x', board: other.boardId })).toBe('unknown-board');
      expect(await named('triage-item', { title: 'x', affects: [randomUUID()] })).toBe('unknown-commitment');
      const reader = world.viewer('ben', { scope: 'read' });
      expect(code(await world.registers.create(reader, 'risk', { title: 'x' }))).toBe('not-yours');
      expect(code(await world.registers.act(world.viewer('finn'), 'risk', id, 'own', {}))).toBe('not-yours');
    });

    test('[TG9] decided on an older version it is refused; two at once count once', async () => {
      const ben = world.viewer('ben');
      const id = await create('decision', { question: 'Once?' });
      const decide = (chosen: string) =>
        world.registers.act(ben, 'decision', id, 'decide', { chosen, version: 1 });
      const both = await Promise.all([decide('a'), decide('b')]);
      expect(both.map(code).filter((it) => it === 'allowed')).toHaveLength(1);
      expect(code(await decide('c'))).toBe('changed-meanwhile');
      expect(code(await world.registers.act(ben, 'decision', id, 'fly', {}))).toBe('unknown-command');
    });

    test('[TG10] what needs somebody, heaviest first', async () => {
      const own = await makeTrackingWorld(opened.store);
      const ana = own.viewer('ana');
      const made = await own.commit([
        { key: 'small', terms: { weight: 2 } },
        { key: 'large', terms: { weight: 9 } },
      ]);
      const open = async (kind: RegisterKind, input: Readonly<Record<string, unknown>>) =>
        value(await own.registers.create(ana, kind, input));
      const past = { neededBy: '2026-03-30' };
      await open('decision', { question: 'Small?', ...past, affects: [made.get('small')] });
      await open('decision', { question: 'Large?', ...past, affects: [made.get('large')] });
      await open('assumption', { statement: 'Dry', nextCheck: '2026-03-31' });
      const risk = await open('risk', { title: 'Wet' });
      value(await own.registers.act(ana, 'risk', risk.id, 'own', {}));
      const due = await own.registers.due(own.organisationId, on('2026-04-09'));
      expect(due.map(({ rule, title, weight }) => [rule, title, weight])).toEqual([
        ['decision-overdue', 'Large?', 9],
        ['decision-overdue', 'Small?', 2],
        ['assumption-check', 'Dry', 0],
        ['risk-no-follow-up', 'Wet', 0],
      ]);
    });

    test('[TG10][IN10] of one person: what is theirs, with failed bases and the day to answer by', async () => {
      const own = await makeTrackingWorld(opened.store);
      const [ana, ben] = [own.viewer('ana'), own.viewer('ben')];
      const id = (await own.commit([{ key: 'rests', terms: { weight: 6 } }])).get('rests') ?? '';
      value(await own.tracking.act(ben, id, 'accept', {}));
      value(await own.registers.create(ana, 'decision', { question: 'Hers?', neededBy: '2026-03-30' }));
      const basis = value(
        await own.registers.create(ana, 'assumption', {
          statement: 'Dry',
          affects: [id],
          owner: own.people.ana,
        }),
      );
      value(await own.registers.act(ana, 'assumption', basis.id, 'invalidate', { reason: 'It rains.' }));
      const dueOf = async (personId: string) =>
        (await own.registers.due(own.organisationId, own.clock.now, { personId })).map(
          ({ rule, id: of, answerBy }) => [rule, of, answerBy],
        );
      expect(await dueOf(own.people.ben)).toEqual([['basis-broken', id, '2026-04-15']]);
      expect(await dueOf(own.people.ana)).toEqual([['decision-overdue', expect.any(String), null]]);
      value(await own.tracking.act(ben, id, 'continue', { reason: 'We work in the rain.' }));
      expect(await dueOf(own.people.ben)).toEqual([]);
    });

    test('[TG11] said in a session: linked to it, via session, and the room may speak', async () => {
      const sessionId = randomUUID();
      const ben = world.viewer('ben');
      const input = { question: 'In the room?', decider: world.people.cleo, chosen: 'yes' };
      const made = value(await world.registers.create(ben, 'decision', input, { sessionId }));
      expect(made).toMatchObject({ status: 'in-force', ownerId: world.people.cleo });
      expect(made.history.map(({ via }) => via)).toEqual(['session', 'session', 'session']);
      const found = await world.registers.list(ben, 'decision', { sessionId });
      expect(found.map(({ id }) => id)).toEqual([made.id]);
      expect(code(await world.registers.create(ben, 'decision', input))).toBe('not-yours');
    });
  });
});
