import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../../server/app.ts';
import * as schema from '../../../server/store/schema.ts';
import { makeAuthenticator, type Lie } from '../../support/authenticator.ts';
import {
  browser,
  given,
  letIn,
  makeWorld,
  minute,
  password,
  refusalOf,
  setUpAcme,
  type World,
} from '../world.ts';
import { add, addDevice, enter, make, request, signed } from './steps.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.test.dispose());

const { account } = schema;

/** As an account is that an identity provider made. */
const withoutPassword = (viewer: Viewer) =>
  world.test.store.db.update(account).set({ passwordHash: null }).where(eq(account.id, viewer.accountId));

const begin = (viewer: Viewer, current = password) =>
  world.auth.passkeys.beginAdding(request, viewer, { current, browser: undefined });

describe('adding a passkey', () => {
  test('[PK1] takes the current password, and lists it under its name', async () => {
    const { viewer } = await setUpAcme(world);
    expect(refusalOf(await begin(viewer, 'not this one'))).toBe('wrong-credentials');
    expect(refusalOf(await begin(viewer, ''))).toBe('wrong-credentials');
    given(await add(world, viewer, await make(world, viewer, makeAuthenticator()), ' Ana’s laptop '));
    expect(await world.auth.passkeys.list(viewer)).toMatchObject([
      { name: 'Ana’s laptop', createdAt: world.clock.now, lastUsedAt: null },
    ]);
  });

  test('[PK1] asks an account without a password for a sign-in of the last fifteen minutes', async () => {
    const { viewer } = await setUpAcme(world);
    await withoutPassword(viewer);
    world.clock.now += 14 * minute;
    given(await begin(viewer, ''));
    world.clock.now += 2 * minute;
    expect(refusalOf(await begin(viewer, ''))).toBe('stale-sign-in');
  });

  test('[PK1][AU6] wrong passwords there are counted', async () => {
    const { viewer } = await setUpAcme(world);
    for (let n = 0; n < 10; n += 1) await begin(viewer, `wrong ${n}`);
    expect(refusalOf(await begin(viewer))).toBe('too-many-requests');
  });

  test('[PK1] is for signed-in browsers of an organisation of its own', async () => {
    const { viewer } = await setUpAcme(world);
    for (const other of [
      { ...viewer, signInId: null },
      { ...viewer, viewingAs: true },
      { ...viewer, organisation: { ...viewer.organisation, kind: 'example' as const } },
    ]) {
      expect(refusalOf(await begin(other))).toBe('forbidden');
      expect(refusalOf(await add(world, other, { browser: undefined, response: {} }))).toBe('forbidden');
    }
  });

  test('[PK11] asks for one found without an address, of today’s kinds, under a random handle', async () => {
    const { viewer } = await setUpAcme(world);
    const first = given(await begin(viewer)).options;
    expect(first).toMatchObject({
      rp: { id: 'plan.example.org', name: 'Throughline' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      timeout: 5 * minute,
      user: { name: 'ana@example.org', displayName: 'Ana Lima' },
    });
    expect(first.pubKeyCredParams.map(({ alg }) => alg)).toEqual([-8, -7, -257]);
    expect(Buffer.from(first.user.id, 'base64url')).toHaveLength(32);
    const again = given(await begin(viewer)).options;
    expect(again.user.id).toBe(first.user.id);
    expect(again.challenge).not.toBe(first.challenge);
    const bo = await letIn(world, viewer, 'Bo');
    const bos = given(
      await world.auth.passkeys.beginAdding(request, bo.viewer, { current: password, browser: undefined }),
    );
    expect(bos.options.user.id).not.toBe(first.user.id);
  });

  test('[PK11] says which ones the account has, so that a device makes no second', async () => {
    const { viewer } = await setUpAcme(world);
    const device = await addDevice(world, viewer);
    const { excludeCredentials } = given(await begin(viewer)).options;
    expect(excludeCredentials).toMatchObject([{ id: device.id, transports: ['internal'] }]);
  });

  test.each<[string, Lie, string]>([
    ['another origin', { origin: 'https://evil.example.org' }, 'wrong-origin'],
    ['another host', { host: 'evil.example.org' }, 'not-made'],
    ['nobody verified', { unverified: true }, 'not-made'],
    ['an answer of another kind', { type: 'webauthn.get' }, 'not-made'],
    ['a challenge of its own', { challenge: 'x'.repeat(43) }, 'no-attempt'],
    ['an algorithm nobody asked for', { algorithm: -35 }, 'not-made'],
  ])('[PK3][PK11] with %s adds nothing', async (_what, lie, code) => {
    const { viewer } = await setUpAcme(world);
    const made = await make(world, viewer, makeAuthenticator(), lie);
    expect(refusalOf(await add(world, viewer, made))).toBe(code);
    expect(await world.auth.passkeys.list(viewer)).toEqual([]);
  });

  test('[PK4] is good once, in its browser, for its account, for five minutes', async () => {
    const { viewer } = await setUpAcme(world);
    const bo = await letIn(world, viewer, 'Bo');
    const made = await make(world, viewer, makeAuthenticator());
    expect(refusalOf(await add(world, viewer, { ...made, browser: undefined }))).toBe('no-attempt');
    expect(refusalOf(await add(world, viewer, { ...made, browser: 'x'.repeat(43) }))).toBe('no-attempt');
    // [PK7] Another account's browser with the cookie and the answer of Ana's.
    expect(refusalOf(await add(world, bo.viewer, made))).toBe('no-attempt');
    given(await add(world, viewer, made));
    expect(refusalOf(await add(world, viewer, made))).toBe('no-attempt');
    const late = await make(world, viewer, makeAuthenticator());
    world.clock.now += 5 * minute;
    expect(refusalOf(await add(world, viewer, late))).toBe('no-attempt');
  });

  test('[PK7] a passkey opens one account', async () => {
    const { viewer } = await setUpAcme(world);
    const bo = await letIn(world, viewer, 'Bo');
    const device = await addDevice(world, viewer);
    const twin = makeAuthenticator(undefined, { id: device.id });
    expect(refusalOf(await add(world, bo.viewer, await make(world, bo.viewer, twin)))).toBe('passkey-taken');
    expect(refusalOf(await add(world, viewer, await make(world, viewer, twin)))).toBe('passkey-taken');
    expect(given(await enter(world, await signed(world, device))).viewer.accountId).toBe(viewer.accountId);
  });

  test('[PK11] twenty are the most, also for two windows at once', async () => {
    const { viewer } = await setUpAcme(world);
    for (let n = 0; n < 19; n += 1) await addDevice(world, viewer);
    const last = [
      await make(world, viewer, makeAuthenticator()),
      await make(world, viewer, makeAuthenticator()),
    ];
    const both = await Promise.all(last.map((made) => add(world, viewer, made)));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.filter(({ ok }) => !ok).map(refusalOf)).toEqual(['too-many-passkeys']);
    expect(refusalOf(await begin(viewer))).toBe('too-many-passkeys');
  });

  test('[PK11] a name is a line of text', async () => {
    const { viewer } = await setUpAcme(world);
    const made = await make(world, viewer, makeAuthenticator());
    for (const name of ['', '   ', 'x'.repeat(61), 'two\nlines']) {
      expect(await add(world, viewer, made, name)).toMatchObject({ refusal: { path: 'name' } });
    }
    // A wrong name spends nothing.
    given(await add(world, viewer, made));
  });

  test('[PK9] leaves the other sign-ins alone', async () => {
    const { viewer } = await setUpAcme(world);
    const other = given(await world.auth.signIn({ email: 'ana@example.org', password }, browser()));
    await addDevice(world, viewer);
    expect(await world.auth.viewerOfCookie(other.cookie)).not.toBeNull();
  });

  test('[PK14][AU7] the database holds neither the challenge nor the browser’s cookie', async () => {
    const { viewer } = await setUpAcme(world);
    const made = await make(world, viewer, makeAuthenticator());
    const [row] = await world.test.store.sql`select t::text from passkey_attempt t`;
    for (const opening of [made.browser, made.options.challenge]) {
      expect(row?.['t']).not.toContain(opening);
      expect(row?.['t']).not.toContain(Buffer.from(opening, 'base64url').toString('hex'));
      expect(row?.['t']).not.toContain(Buffer.from(opening).toString('hex'));
    }
  });
});

describe('removing a passkey', () => {
  test('[PK7][PK8] is its owner’s, and then it opens nothing', async () => {
    const { viewer } = await setUpAcme(world);
    const device = await addDevice(world, viewer);
    const [mine] = await world.auth.passkeys.list(viewer);
    const bo = await letIn(world, viewer, 'Bo');
    const remove = (who: Viewer, id = mine?.id ?? '') => world.auth.passkeys.remove(who, id, browser());
    expect(refusalOf(await remove(bo.viewer))).toBe('not-found');
    expect(refusalOf(await remove(viewer, 'not an id'))).toBe('not-found');
    expect(await world.auth.passkeys.list(bo.viewer)).toEqual([]);
    given(await remove(viewer));
    expect(refusalOf(await enter(world, await signed(world, device)))).toBe('wrong-passkey');
    expect(refusalOf(await remove(viewer))).toBe('not-found');
  });

  test('[PK8][AU31] leaves a way in: the last one of password, identities and passkeys stays', async () => {
    const { viewer } = await setUpAcme(world);
    await addDevice(world, viewer);
    await addDevice(world, viewer);
    await withoutPassword(viewer);
    const [one, two] = await world.auth.passkeys.list(viewer);
    const remove = (id = '') => world.auth.passkeys.remove(viewer, id, browser());
    // Two windows that remove the last two at once.
    const both = await Promise.all([remove(one?.id), remove(two?.id)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.filter(({ ok }) => !ok).map(refusalOf)).toEqual(['last-way-in']);
    const identity = { id: crypto.randomUUID(), accountId: viewer.accountId, createdAt: new Date() };
    await world.test.store.db
      .insert(schema.identity)
      .values({ ...identity, issuer: 'https://id.example.org', subject: 'u-1' });
    const [left] = await world.auth.passkeys.list(viewer);
    // With a passkey left the link may end, and with the link the passkey; not both.
    given(await remove(left?.id));
    expect(refusalOf(await world.auth.unlinkIdentity(viewer, identity.id))).toBe('last-way-in');
    await addDeviceWithout(viewer);
    given(await world.auth.unlinkIdentity(viewer, identity.id));
  });

  /** Adds one to an account without a password. */
  async function addDeviceWithout(viewer: Viewer): Promise<void> {
    given(await add(world, viewer, await make(world, viewer, makeAuthenticator(), {}, '')));
  }

  test('[PK9] ends all other sign-ins, and tells their sockets', async () => {
    const { viewer, cookie } = await setUpAcme(world);
    const device = await addDevice(world, viewer);
    const other = given(await enter(world, await signed(world, device)));
    world.told.length = 0;
    const [mine] = await world.auth.passkeys.list(viewer);
    given(await world.auth.passkeys.remove(viewer, mine?.id ?? '', browser()));
    expect(await world.auth.viewerOfCookie(other.cookie)).toBeNull();
    expect(await world.auth.viewerOfCookie(cookie)).not.toBeNull();
    expect(world.told).toEqual([{ signInId: other.viewer.signInId }]);
  });

  test('[PK10] and adding are mailed to the owner, and logged', async () => {
    const { viewer } = await setUpAcme(world);
    await addDevice(world, viewer);
    const [mine] = await world.auth.passkeys.list(viewer);
    given(await world.auth.passkeys.remove(viewer, mine?.id ?? '', browser()));
    expect(world.mails).toMatchObject([
      { to: 'Ana Lima', subject: 'A passkey was added to your account' },
      { to: 'Ana Lima', subject: 'A passkey was removed from your account' },
    ]);
    expect(world.mails[0]?.what).toMatch(/“Ana’s phone” was added to your account, from 10\./);
    expect(world.logged).toEqual(['a passkey was added', 'a passkey was removed']);
  });
});
