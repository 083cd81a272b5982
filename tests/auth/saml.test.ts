import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import { createOpenIdConnect } from '../../server/auth/provider/openid-connect.ts';
import { createSaml } from '../../server/auth/provider/saml.ts';
import { usedAssertion } from '../../server/store/schema.ts';
import { requestOf } from '../support/saml-provider.ts';
import { openSamlWorld, person, request, signingIn, type Purpose, type SamlWorld } from './saml-world.ts';
import { given, letIn, makeWorld, minute, refusalOf, type World } from './world.ts';

let saml: SamlWorld;
let world: World;
let ana: Viewer;
beforeAll(async () => {
  saml = await openSamlWorld();
  world = saml.world;
});
beforeEach(async () => {
  await saml.fresh();
  ana = saml.ana;
});
afterAll(() => saml.close());

const come: SamlWorld['come'] = (...of) => saml.come(...of);
const finish: SamlWorld['finish'] = (...of) => saml.finish(...of);
const link: SamlWorld['link'] = (...of) => saml.link(...of);

describe('signing in by SAML', () => {
  test('[SM1] linked once, it opens its account and leads on to the page asked for', async () => {
    expect(given(await link())).toEqual({ cookie: null, next: '/settings/account' });
    const entered = given(await finish(await come(signingIn, { ...person, email: 'else@corp.example' })));
    expect(entered.next).toBe('/commitments');
    expect((await world.auth.viewerOfCookie(entered.cookie ?? ''))?.accountId).toBe(ana.accountId);
    expect((await world.auth.waysIn(ana)).identities).toMatchObject([
      { provider: 'Acme ID', email: 'ana@corp.example' },
    ]);
  });

  test('[SM1] an address opens nothing, and neither does another name', async () => {
    const own = { ...person, email: 'ana@example.org' };
    expect(refusalOf(await finish(await come(signingIn, own)))).toBe('unknown-identity');
    given(await link());
    const other = { ...own, id: 'p-2' };
    expect(refusalOf(await finish(await come(signingIn, other)))).toBe('unknown-identity');
  });

  test('[SM1] an identity opens one account, and a link is ended by its owner', async () => {
    given(await link());
    const bo = await letIn(world, ana, 'Bo');
    expect(refusalOf(await link(bo.viewer))).toBe('identity-taken');
    const purpose: Purpose = { for: 'link', accountId: ana.accountId };
    expect(refusalOf(await finish(await come(purpose), bo.viewer))).toBe('signed-out');
    const [mine] = (await world.auth.waysIn(ana)).identities;
    given(await world.auth.unlinkIdentity(ana, mine?.id ?? ''));
    expect(refusalOf(await finish(await come()))).toBe('unknown-identity');
  });

  test('[SM1] an invite is taken with it, also one made out to the address the provider names', async () => {
    const bea = { id: 'p-7', email: 'Bea@Corp.example', name: 'Bea Ito' };
    const asked = { role: 'member', email: 'bea@corp.example' } as const;
    const { token } = given(await world.auth.createInvite(ana, asked));
    const joining: Purpose = { for: 'invite', invite: token };
    const eve = await finish(await come(joining, { id: 'p-8', email: 'eve@corp.example' }));
    expect(refusalOf(eve)).toBe('not-found');
    const joined = given(await finish(await come(joining, bea)));
    expect(await world.auth.viewerOfCookie(joined.cookie ?? '')).toMatchObject({ name: 'Bea Ito' });
    expect(given(await finish(await come(signingIn, bea))).next).toBe('/commitments');
  });

  test('[SM3][SM5] it is asked for with a fresh request for a persistent name, back to our own address', async () => {
    const [one, two] = [requestOf((await come()).address), requestOf((await come()).address)];
    expect(one).toContain('AssertionConsumerServiceURL="https://plan.example.org/sign-in/saml/back"');
    expect(one).toContain('nameid-format:persistent');
    expect(one).toContain('>https://plan.example.org/sign-in/saml/metadata<');
    const id = / ID="(_[0-9a-f]{64})"/;
    expect(id.exec(one)?.[1]).toBeDefined();
    expect(id.exec(one)?.[1]).not.toBe(id.exec(two)?.[1]);
  });

  test('[SM2] a response signed around its signed assertion is taken, too', async () => {
    given(await link());
    given(await finish(await come(signingIn, person, { sign: 'both' })));
  });
});

describe('an answer belongs to one attempt', () => {
  test('[SM5] without the cookie of the browser that began, or with that of another attempt, it lets nobody in', async () => {
    given(await link());
    const came = await come();
    const mine = await come();
    expect(refusalOf(await finish({ ...came, cookie: undefined }))).toBe('no-attempt');
    // Somebody else's answer, planted in a browser that has begun itself.
    expect(refusalOf(await finish({ answer: came.answer, cookie: mine.cookie }))).toBe('not-proven');
    given(await finish(came));
    const late = await come();
    world.clock.now += 10 * minute + 1;
    expect(refusalOf(await finish(late))).toBe('no-attempt');
  });

  test('[SM4] it is taken once, on this node and on every other', async () => {
    given(await link());
    const came = await come();
    const both = await Promise.all([finish(came), finish(came, null, saml.node)]);
    expect(both.map((it) => it.ok).sort()).toEqual([false, true]);
    expect(refusalOf(await finish(came))).toBe('not-proven');
    expect(refusalOf(await finish(came, null, saml.node))).toBe('not-proven');
  });

  test('[SM4] it is forgotten once it would not be good any more', async () => {
    given(await link());
    const kept = async () => (await world.test.store.db.select().from(usedAssertion)).length;
    await world.auth.sweep();
    expect(await kept()).toBe(1);
    world.clock.now += 2 * minute;
    await world.auth.sweep();
    expect(await kept()).toBe(0);
  });
});

test('[SM9] the provider’s administrator reads who we are and what we ask for', async () => {
  const metadata = world.auth.samlMetadata(request) ?? '';
  expect(metadata).toContain('entityID="https://plan.example.org/sign-in/saml/metadata"');
  expect(metadata).toContain('Location="https://plan.example.org/sign-in/saml/back"');
  expect(metadata).toContain('WantAssertionsSigned="true"');
  expect(metadata).toContain('nameid-format:persistent');
  expect((await makeWorld(world.test)).auth.samlMetadata(request)).toBeNull();
});

test('[SM10] both kinds are offered by name, and what is linked is not offered again', async () => {
  const oidc = { issuer: 'https://id.example.org', clientId: 'x', clientSecret: 'y' };
  const second = createSaml(saml.idp.settings, { report: () => {}, take: () => Promise.resolve(true) });
  const both = await makeWorld(
    world.test,
    createOpenIdConnect(oidc, () => {}),
    second,
  );
  const all = [
    { kind: 'oidc', name: 'id.example.org' },
    { kind: 'saml', name: 'Acme ID' },
  ];
  expect(both.auth.providers).toEqual(all);
  expect((await both.auth.waysIn(ana)).linkable).toEqual(all);
  given(await link());
  expect((await both.auth.waysIn(ana)).linkable).toEqual([all[0]]);
  expect(refusalOf(await world.auth.beginAtProvider(request, 'oidc', signingIn))).toBe('no-provider');
});
