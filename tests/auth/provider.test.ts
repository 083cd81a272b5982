import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import { createOpenIdConnect } from '../../server/auth/provider/openid-connect.ts';
import { startProvider, type Claims, type TestProvider } from '../support/identity-provider.ts';
import { browser, given, makeWorld, minute, password, refusalOf, setUpAcme, type World } from './world.ts';

let idp: TestProvider;
let world: World;
const reported: unknown[] = [];

beforeAll(async () => {
  idp = await startProvider();
  world = await makeWorld(
    undefined,
    createOpenIdConnect(idp.settings, (error) => reported.push(error)),
  );
});
beforeEach(async () => {
  await world.reset();
  Object.assign(idp, { who: null, lie: {}, away: false });
  reported.length = 0;
});
afterAll(async () => {
  await world.test.dispose();
  await idp.close();
});

const request = new IncomingMessage(new Socket());
const ana: Claims = { sub: 'u-1', name: 'Ana Lima', email: 'ana@example.org', email_verified: true };

type Purpose = Parameters<World['auth']['beginAtProvider']>[2];
const signingIn: Purpose = { for: 'sign-in', next: '/commitments' };

/** Begins, goes to the provider as `who`, and answers what the browser brings back. */
async function come(who: Claims | null, purpose: Purpose) {
  idp.who = who;
  const begun = given(await world.auth.beginAtProvider(request, 'oidc', purpose));
  const back = await idp.visit(begun.address);
  return { address: begun.address, cookie: begun.cookie, answer: back.search };
}

const finish = (came: { cookie: string | undefined; answer: string }, viewer: Viewer | null = null) =>
  world.auth.finishAtProvider(request, 'oidc', { ...came, viewer, client: browser() });

const link = async (viewer: Viewer, who: Claims = ana) =>
  finish(await come(who, { for: 'link', accountId: viewer.accountId }), viewer);

describe('signing in with an identity', () => {
  test('[AU28] linked once, it opens its account and leads on to the page asked for', async () => {
    const { viewer } = await setUpAcme(world);
    expect(given(await link(viewer))).toEqual({ cookie: null, next: '/settings/account' });
    const entered = given(await finish(await come({ ...ana, email: 'else@example.org' }, signingIn)));
    expect(entered.next).toBe('/commitments');
    const again = await world.auth.viewerOfCookie(entered.cookie ?? '');
    expect(again?.accountId).toBe(viewer.accountId);
    expect(again?.signInId).not.toBe(viewer.signInId);
  });

  test('[AU28] the address of an account opens nothing: not with its e-mail verified, not with another subject', async () => {
    const { viewer } = await setUpAcme(world);
    expect(refusalOf(await finish(await come(ana, signingIn)))).toBe('unknown-identity');
    given(await link(viewer));
    const other = { ...ana, sub: 'u-2' };
    expect(refusalOf(await finish(await come(other, signingIn)))).toBe('unknown-identity');
  });

  test('[AU29] it is asked for with a fresh state, a fresh nonce and PKCE, and back to our own origin', async () => {
    const asked = async () => new URL((await come(ana, signingIn)).address).searchParams;
    const [one, two] = [await asked(), await asked()];
    expect(one.get('redirect_uri')).toBe('https://plan.example.org/sign-in/provider/back');
    expect(one.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(one.get(name), name).toMatch(/^[\w-]{43}$/);
      expect(one.get(name), name).not.toBe(two.get(name));
    }
  });

  test.each<[string, Partial<TestProvider['lie']>]>([
    ['another issuer', { claims: { iss: 'https://evil.example.org' } }],
    ['another audience', { claims: { aud: 'somebody-else' } }],
    ['the nonce of another attempt', { claims: { nonce: 'x'.repeat(43) } }],
    ['no nonce', { claims: { nonce: undefined } }],
    ['a time that is over', { claims: { exp: 1_000_000_000 } }],
    ['no subject', { claims: { sub: undefined } }],
    ['a key that is not its own', { strangeKey: true }],
  ])('[AU29] a proof with %s lets nobody in', async (_what, lie) => {
    const { viewer } = await setUpAcme(world);
    given(await link(viewer));
    const came = await come(ana, signingIn);
    idp.lie = lie;
    expect(refusalOf(await finish(came))).toBe('not-proven');
    expect(reported).toHaveLength(1);
  });

  test('[AU29] an answer is good once, in the browser that began it, and for ten minutes', async () => {
    const { viewer } = await setUpAcme(world);
    given(await link(viewer));
    const came = await come(ana, signingIn);
    const mine = await come(ana, signingIn);
    expect(refusalOf(await finish({ ...came, cookie: undefined }))).toBe('no-attempt');
    expect(refusalOf(await finish({ ...came, cookie: 'bm90IG91cnM' }))).toBe('no-attempt');
    // Somebody else's answer, planted in a browser that has begun itself.
    expect(refusalOf(await finish({ answer: came.answer, cookie: mine.cookie }))).toBe('not-proven');
    given(await finish(came));
    expect(refusalOf(await finish(came))).toBe('not-proven');
    const late = await come(ana, signingIn);
    world.clock.now += 10 * minute + 1;
    expect(refusalOf(await finish(late))).toBe('no-attempt');
  });

  test('[AU29] who says no there is not let in, and may try again', async () => {
    expect(refusalOf(await finish(await come(null, signingIn)))).toBe('not-proven');
  });

  test('[AU6][AU29] an address that tries again and again gets no more answers', async () => {
    await setUpAcme(world);
    const client = browser();
    const codes = [];
    for (let i = 0; i < 11; i += 1) {
      const came = await come(null, signingIn);
      codes.push(
        refusalOf(await world.auth.finishAtProvider(request, 'oidc', { ...came, viewer: null, client })),
      );
    }
    expect(codes.slice(0, 10)).toEqual(Array<string>(10).fill('not-proven'));
    expect(codes[10]).toBe('too-many-requests');
  });

  test('[AU33] a provider that is away is said so, passwords go on working, and it is found when it is back', async () => {
    const fresh = await makeWorld(
      world.test,
      createOpenIdConnect(idp.settings, () => {}),
    );
    await setUpAcme(fresh);
    idp.away = true;
    expect(refusalOf(await fresh.auth.beginAtProvider(request, 'oidc', signingIn))).toBe('provider-away');
    given(await fresh.auth.signIn({ email: 'ana@example.org', password }, browser()));
    idp.away = false;
    given(await fresh.auth.beginAtProvider(request, 'oidc', signingIn));
  });

  test('[AU33] without a provider nothing of it is offered', async () => {
    const without = await makeWorld(world.test);
    expect(without.auth.providers).toEqual([]);
    expect(refusalOf(await without.auth.beginAtProvider(request, 'oidc', signingIn))).toBe('no-provider');
  });
});

describe('links', () => {
  test('[AU30] only who is signed in to the account links it', async () => {
    const { viewer } = await setUpAcme(world);
    const purpose: Purpose = { for: 'link', accountId: viewer.accountId };
    expect(refusalOf(await finish(await come(ana, purpose)))).toBe('signed-out');
    const { token } = given(await world.auth.createInvite(viewer, { role: 'member' }));
    const bob = given(
      await world.auth.acceptInvite(token, { name: 'Bob', email: 'bob@example.org', password }, browser()),
    );
    expect(refusalOf(await finish(await come(ana, purpose), bob.viewer))).toBe('signed-out');
    expect((await world.auth.waysIn(viewer)).identities).toEqual([]);
  });

  test('[AU30] an identity opens one account, and linking it twice is no fault', async () => {
    const { viewer } = await setUpAcme(world);
    given(await link(viewer));
    given(await link(viewer));
    const { token } = given(await world.auth.createInvite(viewer, { role: 'member' }));
    const bob = given(
      await world.auth.acceptInvite(token, { name: 'Bob', email: 'bob@example.org', password }, browser()),
    );
    expect(refusalOf(await link(bob.viewer))).toBe('identity-taken');
    expect((await world.auth.waysIn(viewer)).identities).toMatchObject([
      { provider: new URL(idp.issuer).host, email: 'ana@example.org', since: world.clock.now },
    ]);
  });

  test('[AU34] a link made and a link ended are mailed to the owner, each once', async () => {
    const { viewer } = await setUpAcme(world);
    given(await link(viewer));
    given(await link(viewer));
    const [mine] = (await world.auth.waysIn(viewer)).identities;
    given(await world.auth.unlinkIdentity(viewer, mine?.id ?? ''));
    expect(world.mails.map(({ to, subject }) => [to, subject])).toEqual([
      ['Ana Lima', 'Your account was linked with a provider'],
      ['Ana Lima', 'A link of your account was ended'],
    ]);
    expect(world.mails[0]?.what).toContain('signs in there as ana@example.org');
  });

  test('[AU31] a link is ended by its owner alone, and then opens nothing', async () => {
    const { viewer } = await setUpAcme(world);
    given(await link(viewer));
    const [mine] = (await world.auth.waysIn(viewer)).identities;
    const { token } = given(await world.auth.createInvite(viewer, { role: 'member' }));
    const bob = given(
      await world.auth.acceptInvite(token, { name: 'Bob', email: 'bob@example.org', password }, browser()),
    );
    expect(refusalOf(await world.auth.unlinkIdentity(bob.viewer, mine?.id ?? ''))).toBe('not-found');
    given(await world.auth.unlinkIdentity(viewer, mine?.id ?? ''));
    expect(refusalOf(await finish(await come(ana, signingIn)))).toBe('unknown-identity');
    expect(refusalOf(await world.auth.unlinkIdentity(viewer, mine?.id ?? ''))).toBe('not-found');
  });
});

describe('joining with an identity', () => {
  const bea: Claims = { sub: 'u-7', name: 'Bea Ito', email: 'Bea@Example.org', email_verified: true };
  const joining = (invite: string): Purpose => ({ for: 'invite', invite });

  test('[AU32] an invite makes an account without a password, which only the identity opens', async () => {
    const { viewer } = await setUpAcme(world);
    const { token } = given(await world.auth.createInvite(viewer, { role: 'member' }));
    const joined = given(await finish(await come(bea, joining(token))));
    expect(joined.next).toBe('/home');
    const here = await world.auth.viewerOfCookie(joined.cookie ?? '');
    expect(here).toMatchObject({ name: 'Bea Ito', role: 'member', organisationId: viewer.organisationId });
    if (here === null) return;
    expect(await world.auth.waysIn(here)).toMatchObject({ password: false, identities: [{}] });
    const tried = await world.auth.signIn({ email: 'bea@example.org', password }, browser());
    expect(refusalOf(tried)).toBe('wrong-credentials');
    expect(given(await finish(await come(bea, signingIn))).next).toBe('/commitments');
    const [only] = (await world.auth.waysIn(here)).identities;
    // [AU31] and nothing else does: the last way in stays.
    expect(refusalOf(await world.auth.unlinkIdentity(here, only?.id ?? ''))).toBe('last-way-in');
    expect(refusalOf(await world.auth.changePassword(here, { current: '', next: password }))).toBe(
      'no-password',
    );
  });

  test('[AU32] a linked account joins as itself, under its own name', async () => {
    const { viewer } = await setUpAcme(world);
    given(await link(viewer));
    const { token } = given(await world.auth.createInvite(viewer, { role: 'member' }));
    const joined = given(await finish(await come({ ...ana, name: 'A. L.' }, joining(token))));
    const here = await world.auth.viewerOfCookie(joined.cookie ?? '');
    expect(here).toMatchObject({ accountId: viewer.accountId, name: 'Ana Lima', role: 'administrator' });
  });

  test('[AU32] the address of an account is not taken over by a provider that names it', async () => {
    const { viewer } = await setUpAcme(world);
    const { token } = given(await world.auth.createInvite(viewer, { role: 'administrator' }));
    const came = await come({ ...ana, sub: 'evil' }, joining(token));
    expect(refusalOf(await finish(came))).toBe('address-taken');
    expect((await world.auth.invites(viewer)).map(({ uses }) => uses)).toEqual([0]);
  });

  test('[AU32][AU11] an invite made out to an address asks for the provider’s word', async () => {
    const { viewer } = await setUpAcme(world);
    const made = await world.auth.createInvite(viewer, { role: 'member', email: 'bea@example.org' });
    const { token } = given(made);
    for (const who of [
      { ...bea, email_verified: false },
      { ...bea, email: 'eve@example.org' },
      { sub: 'u-9' },
    ]) {
      expect(refusalOf(await finish(await come(who, joining(token))))).toBe('not-found');
    }
    given(await finish(await come(bea, joining(token))));
    expect(refusalOf(await finish(await come(bea, joining('no such invite'))))).toBe('not-found');
  });

  test('[AU32] who has no address at the provider is told to join with one', async () => {
    const { viewer } = await setUpAcme(world);
    const { token } = given(await world.auth.createInvite(viewer, { role: 'member' }));
    expect(refusalOf(await finish(await come({ sub: 'u-9' }, joining(token))))).toBe('no-address');
  });
});
