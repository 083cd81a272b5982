import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'drizzle-orm';
import type { GuestCommand } from '../../src/protocol/views/guest.ts';
import { createInsight } from '../../server/insight/insight.ts';
import { code, value, type Name } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeSessionWorld, type SessionWorld } from './session-world.ts';

const from = { address: '192.0.2.1', viewer: null };

describe.each(stores)('guests on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    let world: SessionWorld;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());

    /** A session with guests let in, and its code. */
    async function letIn(people: readonly [Name, ...Name[]] = ['ana', 'ben', 'bea']) {
      world = await makeSessionWorld(opened.store);
      const id = await world.running({ kind: 'weekly', boardId: world.boardId }, people);
      await world.facilitation.settled();
      const { guestCode } = await world.do('ana', id, { type: 'let-guests-in' });
      expect(guestCode).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
      return { id, guestCode: guestCode ?? '' };
    }
    const history = async () => {
      const { clock, viewer } = world;
      const insight = createInsight({ store: opened.store, now: () => clock.now, newId: randomUUID });
      return (await insight.audit(viewer('ana'), { kind: 'session' })).lines;
    };
    const join = async (name: string, guestCode: string) =>
      value(await world.facilitation.guests.join({ name, code: guestCode }, from)).token;
    const room = (token: string) => world.facilitation.guests.room(token);
    const give = async (token: string, command: GuestCommand) =>
      code(await world.facilitation.guests.command(token, command));

    test('[SN66] the code is for who leads; a new one ends the old one, and the shut door both', async () => {
      const { id, guestCode } = await letIn();
      const token = await join('Gil', guestCode);
      const seen = [
        value(await world.facilitation.session(world.viewer('ben'), id)),
        value(await world.facilitation.minutes(world.viewer('ana'), id)),
        value(await world.facilitation.rows(world.viewer('ben'), id, null)),
        await world.facilitation.ofBoard(world.boardId),
        await room(token),
        world.pushed,
        await history(),
      ];
      expect(JSON.stringify(seen)).not.toContain(guestCode);
      expect((await history()).map(({ byName, sentence }) => `${byName}: ${sentence}`)).toContain(
        'Ana: Let guests in.',
      );
      const { guestCode: next } = await world.do('ana', id, { type: 'let-guests-in' });
      expect(next).not.toBe(guestCode);
      expect(code(await world.facilitation.guests.join({ name: 'Gus', code: guestCode }, from))).toBe(
        'not-found',
      );
      // Who is in stays in.
      expect((await room(token))?.me).toBe('Gil');
      await world.do('ana', id, { type: 'shut-guests-out' });
      expect(await room(token)).toBeNull();
      expect(await give(token, { type: 'park', title: 'x' })).toBe('not-let-in');
      expect(code(await world.facilitation.guests.join({ name: 'Gus', code: next ?? '' }, from))).toBe(
        'not-found',
      );
      const left = await opened.store.db.execute(
        sql`select code as it from session_door where session_id = ${id}
          union all select token_hash from session_guest where session_id = ${id}`,
      );
      expect(left).toHaveLength(0);
    });

    test('[SN67] a reload is the same voter; every wrong code is refused in the same words, ten times by address', async () => {
      const { id, guestCode } = await letIn();
      const token = await join('Gil', ` ${guestCode.slice(0, 4).toLowerCase()} ${guestCode.slice(4)}`);
      await room(token);
      await room(token);
      const { session } = value(await world.facilitation.session(world.viewer('ben'), id));
      expect(session.guests?.all.map(({ name }) => name)).toEqual(['Gil']);
      expect(Object.keys(session.people)).toHaveLength(4);
      const other = await letIn();
      await world.do('ana', other.id, { type: 'end', leaveOpen: true });
      const tries = [other.guestCode, 'AAAAAAAA', 'short', other.id];
      const refusals = [];
      for (const each of tries) {
        const said = await world.facilitation.guests.join({ name: 'Gus', code: each }, from);
        refusals.push(said.ok ? null : said.refusal);
      }
      expect(new Set(refusals.map((it) => JSON.stringify(it))).size).toBe(1);
      const bad = { ...from, address: '192.0.2.9' };
      const codes = [];
      for (let n = 0; n < 11; n += 1)
        codes.push(code(await world.facilitation.guests.join({ name: 'Gus', code: 'AAAAAAAA' }, bad)));
      expect(codes).toEqual([...Array.from({ length: 10 }, () => 'not-found'), 'too-many-requests']);
    });

    test('[SN67] a member of the organisation does not come in a second time', async () => {
      const { guestCode } = await letIn();
      const viewer = world.viewer('ben');
      const asked = { name: 'Ben', code: guestCode };
      expect(code(await world.facilitation.guests.join(asked, { ...from, viewer }))).toBe('invalid');
    });

    test('[SN69] [SN28] a guest’s hidden vote reaches nobody, nobody’s reaches the guest; it counts at the reveal', async () => {
      const told = async (value_: number) => {
        const { id, guestCode } = await letIn(['ana', 'ben', 'bea', 'cleo']);
        const token = await join('Gil', guestCode);
        await room(token);
        const item = randomUUID();
        const items = [{ id: item, title: 'Ship it', owner: null }];
        await world.do('ana', id, { type: 'open-ballot', id: randomUUID(), items });
        const seen: unknown[] = [];
        await world.facilitation.guests.listen(token, {
          changed: () => seen.push('changed'),
          ended: () => seen.push('ended'),
        });
        const listening = await world.facilitation.listen(world.viewer('cleo'), id, {
          send: (it) => seen.push(it),
          ended: () => undefined,
        });
        expect(code(listening)).toBe('allowed');
        expect(await give(token, { type: 'vote', item, value: value_ })).toBe('allowed');
        const cleo = value(await world.facilitation.session(world.viewer('cleo'), id));
        const own = await room(token);
        expect(own?.ballot?.items[0]?.myVote).toBe(value_);
        for (const name of ['ana', 'ben', 'bea'] as const)
          await world.do(name, id, { type: 'vote', item, value: value_ });
        const after = await room(token);
        const frames = JSON.stringify([
          ...[cleo, seen, world.pushed, await world.facilitation.ofBoard(world.boardId)],
          ...[value(await world.facilitation.minutes(world.viewer('cleo'), id))],
          {
            ...after,
            ballot: { ...after?.ballot, items: after?.ballot?.items.map(({ myVote: _, ...it }) => it) },
          },
        ]);
        const shape = frames.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id').replaceAll(/\d{13}/g, 'time');
        await world.do('ana', id, { type: 'reveal', item });
        return { shape: [...shape].sort().join(''), values: (await room(token))?.ballot?.items[0]?.values };
      };
      const [low, high] = [await told(1), await told(9)];
      expect(low.values).toEqual([1, 1, 1, 1]);
      expect(high.values).toEqual([9, 9, 9, 9]);
      expect(low.shape === high.shape).toBe(true);
    });

    test('[SN69] at the reveal the server knows how many votes are guests’', async () => {
      const { id, guestCode } = await letIn();
      const token = await join('Gil', guestCode);
      await room(token);
      const item = randomUUID();
      await world.do('ana', id, {
        ...{ type: 'open-ballot', id: randomUUID(), items: [{ id: item, title: 'Ship it', owner: null }] },
      });
      for (const name of ['ana', 'ben'] as const) await world.do(name, id, { type: 'vote', item, value: 3 });
      await give(token, { type: 'vote', item, value: 3 });
      const viewer = world.viewer('ana');
      const { session } = value(await world.facilitation.session(viewer, id));
      const reveal = { command: { type: 'reveal', item }, expectedRev: session.rev } as const;
      expect(code(await world.facilitation.command(viewer, id, reveal))).toBe('too-few-votes');
    });

    test('[SN70] a guest sees the room and nothing that is written down in it', async () => {
      const { id, guestCode } = await letIn();
      const token = await join('Gil', guestCode);
      await world.do('ana', id, { type: 'park', id: randomUUID(), title: 'Secret salaries' });
      await world.do('ana', id, { type: 'produce', stage: 'wins', output: null, text: 'Secret margin' });
      const note = { presenter: world.people.ben, link: null, note: 'Secret note' };
      await world.do('ana', id, { type: 'brief-stage', stage: 'wins', ...note });
      expect(await give(token, { type: 'park', title: 'The coffee' })).toBe('allowed');
      expect((await history()).map(({ byName, sentence }) => `${byName}: ${sentence}`)).toContain(
        'a guest: Parked “The coffee”.',
      );
      const seen = await room(token);
      expect(seen).toMatchObject({ me: 'Gil', number: 1, status: 'running', ballot: null, speaker: 'Ben' });
      expect(seen?.parked).toMatchObject([{ title: 'The coffee', settled: false }]);
      expect(seen?.people.map(({ name, is }) => `${name} ${is}`)).toContain('Gil (guest) here');
      const text = JSON.stringify(seen);
      for (const hidden of ['Secret', id, world.boardId, world.organisationId, world.people.ana, guestCode])
        expect(text).not.toContain(hidden);
    });

    test('[SN71] [SN66] minutes name a guest; who is sent away is out at once, on another node, too', async () => {
      const { id, guestCode } = await letIn();
      const other = world.otherNode().facilitation;
      const [token, stays] = [await join('Gil', guestCode), await join('Gus', guestCode)];
      const heard: string[] = [];
      const ears = (name: string) => ({
        changed: () => heard.push(`${name} changed`),
        ended: () => heard.push(`${name} ended`),
      });
      await other.guests.room(token);
      await other.settled();
      await other.guests.listen(token, ears('Gil'));
      await other.guests.listen(stays, ears('Gus'));
      const { session } = value(await world.facilitation.session(world.viewer('ana'), id));
      const gil = session.guests?.all.find(({ name }) => name === 'Gil')?.id ?? '';
      heard.length = 0;
      await world.do('ana', id, { type: 'send-guest-away', guest: gil });
      await other.settled();
      expect(heard).toEqual(['Gil ended', 'Gus changed']);
      expect(await other.guests.room(token)).toBeNull();
      expect(await other.guests.room(stays)).not.toBeNull();
      expect(await give(stays, { type: 'park', title: 'The coffee' })).toBe('allowed');
      await world.do('ana', id, { type: 'end', leaveOpen: true });
      expect(await other.guests.room(stays)).toBeNull();
      const minutes = value(await world.facilitation.minutes(world.viewer('ben'), id));
      expect(minutes.names[gil]).toBe('Gil (guest)');
      expect(minutes.markdown).toContain('Gil (guest)');
      expect(minutes.minutes.parking[0]?.by).not.toBe(gil);
      expect(minutes.names[minutes.minutes.parking[0]?.by ?? '']).toBe('Gus (guest)');
    });

    test('[SN70] one guest has few lines, and gives few commands a minute', async () => {
      const { guestCode } = await letIn();
      const token = await join('Gil', guestCode);
      await room(token);
      const { guests } = world.facilitation;
      const line = () => guests.listen(token, { changed: () => undefined, ended: () => undefined });
      const stops = [value(await line()), value(await line()), value(await line()), value(await line())];
      expect(code(await line())).toBe('too-many-requests');
      stops[0]?.();
      stops[0]?.();
      expect([code(await line()), code(await line())]).toEqual(['allowed', 'too-many-requests']);
      const said = new Set<string>();
      for (let n = 0; n < 61; n += 1) said.add(await give(token, { type: 'rate', value: 5 }));
      expect([...said]).toEqual(['allowed', 'too-many-requests']);
    });
  });
});
