import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as schema from '../../server/store/schema.ts';
import {
  browser,
  day,
  given,
  letIn,
  makeWorld,
  minute,
  password,
  refusalOf,
  setUpAcme,
  type World,
} from './world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.test.dispose());

describe('a sign-in', () => {
  test('[AU7] and everything else that opens is kept only hashed', async () => {
    const { viewer, cookie } = await setUpAcme(world);
    const invite = given(await world.auth.createInvite(viewer, { role: 'member' })).token;
    const { token } = given(
      await world.auth.createToken(viewer, { name: 'script', scope: 'write', days: 1 }),
    );
    const boardId = crypto.randomUUID();
    await world.test.store.db
      .insert(schema.board)
      .values({ id: boardId, organisationId: viewer.organisationId, title: 'b', createdAt: new Date() });
    const { ticket } = given(await world.auth.createTicket(viewer, boardId));
    const tables = await world.test.store
      .sql`select table_name as name from information_schema.tables where table_schema = 'public'`;
    const rows = [];
    for (const { name } of tables)
      rows.push(await world.test.store.sql.unsafe(`select t::text from "${String(name)}" t`));
    const dump = JSON.stringify(rows);
    const [id = '', secret = ''] = cookie.split('.');
    expect(dump).toContain(id);
    for (const opening of [secret, invite, token, token.slice(3), ticket, password]) {
      expect(dump).not.toContain(opening);
      // Nor as the bytes it stands for, which anybody could turn back.
      expect(dump).not.toContain(Buffer.from(opening, 'base64url').toString('hex'));
      expect(dump).not.toContain(Buffer.from(opening).toString('hex'));
    }
    // The dump does hold what was stored of it, so the search would have found more.
    expect(dump).toContain(createHash('sha256').update(secret).digest('hex'));
    const stolen = `${id}.${createHash('sha256').update(secret).digest('base64url')}`;
    expect(await world.auth.viewerOfCookie(stolen)).toBeNull();
  });

  test('[AU8] is new every time, and what a stranger planted is not taken over', async () => {
    const { cookie } = await setUpAcme(world);
    const again = given(await world.auth.signIn({ email: 'ana@example.org', password }, browser())).cookie;
    const [first = '', second = ''] = [cookie, again].map((it) => it.split('.')[0]);
    expect(first).not.toBe(second);
    expect(Buffer.from(again.split('.')[1] ?? '', 'base64url')).toHaveLength(32);
    for (const planted of [
      '',
      '.',
      'x.y',
      `${first}.`,
      `${first}.${again.split('.')[1]}`,
      `${cookie}.more`,
      'a'.repeat(5000),
      '%00.%00',
    ]) {
      expect(await world.auth.viewerOfCookie(planted)).toBeNull();
    }
  });

  test('[AU9] ends after seven idle days', async () => {
    const { cookie } = await setUpAcme(world);
    world.clock.now += 7 * day - minute;
    expect(await world.auth.viewerOfCookie(cookie)).not.toBeNull();
    world.clock.now += 7 * day;
    expect(await world.auth.viewerOfCookie(cookie)).toBeNull();
    expect(await world.test.store.db.select().from(schema.signIn)).toEqual([]);
  });

  test('[AU9] ends after thirty days, however busy', async () => {
    const { cookie } = await setUpAcme(world);
    for (let n = 1; n < 30; n += 1) {
      world.clock.now += day;
      expect(await world.auth.viewerOfCookie(cookie)).not.toBeNull();
    }
    world.clock.now += day;
    expect(await world.auth.viewerOfCookie(cookie)).toBeNull();
  });

  test('[AU9] that ended is swept away, one in use is not', async () => {
    const { cookie } = await setUpAcme(world);
    world.clock.now += 5 * day;
    expect(await world.auth.viewerOfCookie(cookie)).not.toBeNull();
    given(await world.auth.signIn({ email: 'ana@example.org', password }, browser()));
    world.clock.now += 6 * day;
    await world.auth.viewerOfCookie(cookie);
    world.clock.now += 2 * day;
    await world.auth.sweep();
    expect((await world.test.store.db.select().from(schema.signIn)).map(({ id }) => id)).toEqual([
      cookie.split('.')[0],
    ]);
  });

  test('[AU10] is listed, and ends from the list; nobody ends another’s', async () => {
    const { viewer } = await setUpAcme(world);
    const bo = await letIn(world, viewer, 'Bo');
    const other = given(
      await world.auth.signIn(
        { email: 'ana@example.org', password },
        { address: '192.0.2.9', userAgent: 'Phone' },
      ),
    );
    const list = await world.auth.signIns(viewer);
    expect(list.map(({ current, userAgent }) => [current, userAgent]).sort()).toEqual([
      [false, 'Phone'],
      [true, 'Firefox'],
    ]);
    const id = other.viewer.signInId ?? '';
    expect(refusalOf(await world.auth.revokeSignIn(bo.viewer, id))).toBe('not-found');
    expect(await world.auth.viewerOfCookie(other.cookie)).not.toBeNull();
    world.told.length = 0;
    given(await world.auth.revokeSignIn(viewer, id));
    expect(world.told).toEqual([{ signInId: id }]);
    expect(await world.auth.viewerOfCookie(other.cookie)).toBeNull();
  });

  test('[AU10] signing out ends it and tells its sockets', async () => {
    const { viewer, cookie } = await setUpAcme(world);
    await world.auth.signOut(viewer.signInId ?? '');
    expect(await world.auth.viewerOfCookie(cookie)).toBeNull();
    expect(world.told).toEqual([{ signInId: viewer.signInId }]);
  });

  test('[AU10][AU34] a changed password ends all others and keeps this one', async () => {
    const { viewer, cookie } = await setUpAcme(world);
    const { auth } = world;
    const other = given(await auth.signIn({ email: 'ana@example.org', password }, browser()));
    const next = 'five words make more sense';
    expect(refusalOf(await auth.changePassword(viewer, { current: 'not this one', next }))).toBe(
      'wrong-credentials',
    );
    expect(refusalOf(await auth.changePassword(viewer, { current: password, next: 'password' }))).toBe(
      'weak-password',
    );
    expect(await auth.viewerOfCookie(other.cookie)).not.toBeNull();
    expect(world.mails).toEqual([]);
    given(await auth.changePassword(viewer, { current: password, next }));
    expect(world.mails).toMatchObject([
      { to: 'Ana Lima', subject: 'The password of your account was changed' },
    ]);
    expect(await auth.viewerOfCookie(other.cookie)).toBeNull();
    expect(await auth.viewerOfCookie(cookie)).not.toBeNull();
    expect(refusalOf(await auth.signIn({ email: 'ana@example.org', password }, browser()))).toBe(
      'wrong-credentials',
    );
    given(await auth.signIn({ email: 'ana@example.org', password: next }, browser()));
  });
});
