import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkSigned } from '../../../server/auth/passkeys/ceremony.ts';
import { readSigned } from '../../../server/auth/passkeys/read-response.ts';
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
import { addDevice, enter, request, signed } from './steps.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.test.dispose());

const counterOf = async (id: string) => {
  const { passkey } = schema;
  const [row] = await world.test.store.db.select().from(passkey).where(eq(passkey.credentialId, id));
  return row?.counter;
};

describe('signing in with a passkey', () => {
  test('[PK2] it opens its account, without an address, as a new sign-in', async () => {
    const { viewer } = await setUpAcme(world);
    const device = await addDevice(world, viewer);
    world.clock.now += minute;
    const entered = given(await enter(world, await signed(world, device)));
    expect(entered.viewer).toMatchObject({ accountId: viewer.accountId, name: 'Ana Lima' });
    expect(entered.viewer.signInId).not.toBe(viewer.signInId);
    expect(await world.auth.viewerOfCookie(entered.cookie)).not.toBeNull();
    expect(await world.auth.passkeys.list(viewer)).toMatchObject([{ lastUsedAt: world.clock.now }]);
  });

  test('[PK2][PK3] the browser is asked for any passkey of this host, with its person verified', async () => {
    const { options } = await signed(world, makeAuthenticator());
    expect(options).toMatchObject({ rpId: 'plan.example.org', userVerification: 'required' });
    expect(options.allowCredentials ?? []).toEqual([]);
    expect(Buffer.from(options.challenge, 'base64url')).toHaveLength(32);
  });

  test.each<[string, Lie, string]>([
    ['another origin', { origin: 'https://plan.example.org.evil.org' }, 'wrong-origin'],
    ['another port', { origin: 'https://plan.example.org:8443' }, 'wrong-origin'],
    ['plain http', { origin: 'http://plan.example.org' }, 'wrong-origin'],
    ['another host’s passkey', { host: 'example.org' }, 'wrong-passkey'],
    ['nobody verified', { unverified: true }, 'wrong-passkey'],
    ['nobody there', { absent: true }, 'wrong-passkey'],
    ['an answer of another kind', { type: 'webauthn.create' }, 'wrong-passkey'],
    ['a challenge of its own', { challenge: 'x'.repeat(43) }, 'no-attempt'],
  ])('[PK3] an answer with %s lets nobody in', async (_what, lie, code) => {
    const { viewer } = await setUpAcme(world);
    const device = await addDevice(world, viewer);
    expect(refusalOf(await enter(world, await signed(world, device, lie)))).toBe(code);
    given(await enter(world, await signed(world, device)));
  });

  test('[PK4] a challenge is good once: an answer that comes again with its cookie is refused, on every node', async () => {
    const { viewer } = await setUpAcme(world);
    const device = await addDevice(world, viewer);
    const other = await makeWorld(world.test);
    const came = await signed(world, device);
    // Begun on one node, finished on the other.
    given(await enter(other, came));
    for (const node of [world, other]) expect(refusalOf(await enter(node, came))).toBe('no-attempt');
    // Neither does a refused answer leave its challenge behind.
    const wrong = await signed(world, device, { strangeKey: true });
    expect(refusalOf(await enter(world, wrong))).toBe('wrong-passkey');
    const right = { browser: wrong.browser, response: device.get(wrong.options) };
    expect(refusalOf(await enter(world, right))).toBe('no-attempt');
  });

  test('[PK4] of two answers at once one is taken', async () => {
    const { viewer } = await setUpAcme(world);
    const device = await addDevice(world, viewer);
    const other = await makeWorld(world.test);
    const came = await signed(world, device);
    const both = await Promise.all([enter(world, came), enter(other, came), enter(world, came)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('[PK4] a challenge is good in the browser that began it only, and for five minutes', async () => {
    const { viewer } = await setUpAcme(world);
    const device = await addDevice(world, viewer);
    const came = await signed(world, device);
    const mine = await signed(world, device);
    expect(refusalOf(await enter(world, { ...came, browser: undefined }))).toBe('no-attempt');
    expect(refusalOf(await enter(world, { ...came, browser: mine.browser }))).toBe('no-attempt');
    // What another browser tried took nothing from the one that began.
    given(await enter(world, came));
    const late = await signed(world, device);
    world.clock.now += 5 * minute;
    expect(refusalOf(await enter(world, late))).toBe('no-attempt');
  });

  test('[PK4] a second tab does not undo the first', async () => {
    const { viewer } = await setUpAcme(world);
    const device = await addDevice(world, viewer);
    const first = await signed(world, device);
    const second = await signed(world, device, {}, first.browser);
    expect(second.browser).toBe(first.browser);
    given(await enter(world, first));
    given(await enter(world, second));
    // A value that is none of ours is not taken over.
    const planted = await signed(world, device, {}, 'planted');
    expect(planted.browser).toMatch(/^[\w-]{43}$/);
  });

  test('[PK4] an answer for adding signs nobody in, and the other way round', async () => {
    const { viewer } = await setUpAcme(world);
    const device = await addDevice(world, viewer);
    const asked = { current: password, browser: undefined };
    const begun = given(await world.auth.passkeys.beginAdding(request, viewer, asked));
    const response = device.get({ challenge: begun.options.challenge, rpId: 'plan.example.org' });
    expect(refusalOf(await enter(world, { browser: begun.browser, response }))).toBe('no-attempt');
  });

  test('[PK5] there is one answer for an unknown passkey, a wrong signature, and another’s handle', async () => {
    const { viewer } = await setUpAcme(world);
    const device = await addDevice(world, viewer);
    const bo = await letIn(world, viewer, 'Bo');
    const bos = await addDevice(world, bo.viewer);
    const answers = [];
    for (const [who, lie] of [
      [makeAuthenticator(), { userHandle: 'x'.repeat(43) }],
      [device, { strangeKey: true }],
      [device, { tampered: true }],
      [device, { userHandle: undefined }],
      [device, { userHandle: Buffer.from(viewer.accountId).toString('base64url') }],
      // Ana's device in Bo's name.
      [device, { id: bos.id }],
    ] as const) {
      answers.push(await enter(world, await signed(world, who, lie)));
    }
    answers.push(await enter(world, { browser: undefined, response: { id: 'no answer of a device' } }));
    expect(new Set(answers.map((it) => JSON.stringify(it))).size).toBe(1);
    expect(answers.map(refusalOf)).toEqual(answers.map(() => 'wrong-passkey'));
  });

  test('[PK5] an unknown passkey takes the same way through as a wrong signature, to its end', async () => {
    const place = { origin: 'https://plan.example.org', host: 'plan.example.org' };
    const { response } = await signed(world, makeAuthenticator(), { userHandle: 'x'.repeat(43) });
    const read = readSigned(response);
    if (read === null) expect.fail('the device answered nothing');
    // Its signature is compared with a key nobody has; an answer that came earlier would say so by its time.
    expect(await checkSigned(place, read, null)).toBe('wrong signature');
    const elsewhere = { ...place, host: 'example.org' };
    expect(await checkSigned(elsewhere, read, null)).not.toBe('wrong signature');
  });

  test('[PK6] a count that does not go up is refused and logged, and changes nothing', async () => {
    const { viewer } = await setUpAcme(world);
    const device = await addDevice(world, viewer, true);
    given(await enter(world, await signed(world, device, { counter: 7 })));
    world.logged.length = 0;
    for (const counter of [7, 6, 1, 0]) {
      expect(refusalOf(await enter(world, await signed(world, device, { counter })))).toBe('passkey-copied');
    }
    expect(world.logged).toHaveLength(4);
    expect(world.logged[0]).toMatch(/there may be a copy/);
    expect(await counterOf(device.id)).toBe(7);
    given(await enter(world, await signed(world, device, { counter: 8 })));
  });

  test('[PK6] a lower count that nobody signed says nothing of a copy', async () => {
    const { viewer } = await setUpAcme(world);
    const device = await addDevice(world, viewer, true);
    given(await enter(world, await signed(world, device, { counter: 7 })));
    const forged = await signed(world, device, { counter: 1, strangeKey: true });
    expect(refusalOf(await enter(world, forged))).toBe('wrong-passkey');
  });

  test('[PK6] of two uses with one count one is let in; a device that never counts always is', async () => {
    const { viewer } = await setUpAcme(world);
    const device = await addDevice(world, viewer, true);
    const twins = [await signed(world, device, { counter: 5 }), await signed(world, device, { counter: 5 })];
    const both = await Promise.all(twins.map((came) => enter(world, came)));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const silent = await addDevice(world, viewer);
    for (let n = 0; n < 3; n += 1) given(await enter(world, await signed(world, silent)));
  });

  test('[PK12] who is suspended everywhere is not let in, and one who is gone opens nothing', async () => {
    const { viewer } = await setUpAcme(world);
    const bo = await letIn(world, viewer, 'Bo');
    const device = await addDevice(world, bo.viewer);
    given(await world.organisations.changeMember(viewer, bo.viewer.memberId, { suspended: true }));
    expect(refusalOf(await enter(world, await signed(world, device)))).toBe('no-organisation');
    await world.test.store.db.delete(schema.account).where(eq(schema.account.id, bo.viewer.accountId));
    expect(refusalOf(await enter(world, await signed(world, device)))).toBe('wrong-passkey');
  });

  test('[PK13][AU6] a passkey and an address get ten wrong tries, together with those of passwords', async () => {
    const { viewer } = await setUpAcme(world);
    const device = await addDevice(world, viewer);
    const client = browser();
    for (let n = 0; n < 5; n += 1) {
      await world.auth.signIn({ email: `x${n}@example.org`, password }, client);
      const came = await signed(world, makeAuthenticator(), {});
      expect(refusalOf(await enter(world, came, client))).toBe('wrong-passkey');
    }
    expect(refusalOf(await enter(world, await signed(world, device), client))).toBe('too-many-requests');
    expect(refusalOf(await world.auth.signIn({ email: 'ana@example.org', password }, client))).toBe(
      'too-many-requests',
    );
    // From elsewhere the passkey is not closed, until it was tried in vain itself.
    given(await enter(world, await signed(world, device)));
    for (let n = 0; n < 10; n += 1) await enter(world, await signed(world, device, { strangeKey: true }));
    expect(refusalOf(await enter(world, await signed(world, device)))).toBe('too-many-requests');
  });

  test('[PK15] an address is given three hundred challenges in five minutes, and those that ended are gone', async () => {
    const client = browser();
    const begin = () => world.auth.passkeys.beginSignIn(request, { browser: undefined, client });
    for (let n = 0; n < 300; n += 1) given(await begin());
    expect(refusalOf(await begin())).toBe('too-many-requests');
    world.clock.now += 5 * minute + 1;
    given(await world.auth.passkeys.beginSignIn(request, { browser: undefined, client: browser() }));
    expect(await world.test.store.db.select().from(schema.passkeyAttempt)).toHaveLength(1);
  });
});
