import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callsPerMinute } from '../../server/api/rate-limit.ts';
import { changeSentence } from '../../server/insight/change-sentence.ts';
import { event, scimToken } from '../../server/store/schema.ts';
import { addUmbrella, browser, given, letIn, minute, password, refusalOf } from '../auth/world.ts';
import { entraGroupAdd, oktaActive, oktaGroup, oktaUser } from './directory-requests.ts';
import { openScimWorld, type ScimWorld } from './scim-world.ts';

let world: ScimWorld;
beforeAll(async () => {
  world = await openScimWorld();
});
beforeEach(() => world.fresh());
afterAll(() => world.close());

const unknown = '0197c2a0-0000-7000-8000-000000000000';
/** A call of every kind. */
const calls: readonly (readonly [method: string, path: string, body?: unknown])[] = [
  ['GET', '/ServiceProviderConfig'],
  ['GET', '/ResourceTypes'],
  ['GET', '/Schemas'],
  ['GET', '/Users'],
  ['POST', '/Users', oktaUser('Bea', 'Ito')],
  ['GET', `/Users/${unknown}`],
  ['PUT', `/Users/${unknown}`, oktaUser('Bea', 'Ito')],
  ['PATCH', `/Users/${unknown}`, oktaActive(false)],
  ['DELETE', `/Users/${unknown}`],
  ['GET', '/Groups'],
  ['POST', '/Groups', oktaGroup('Greens')],
  ['GET', '/nothing'],
  ['POST', '/Users', 'no JSON'],
];

describe('the token of a directory', () => {
  test('[SC1] is made by an administrator alone, shown once and kept hashed', async () => {
    const cem = await letIn(world, world.ana, 'Cem');
    const { provisioning } = world;
    expect(refusalOf(await provisioning.createToken(cem.viewer, { name: 'x' }))).toBe('forbidden');
    expect(refusalOf(await provisioning.tokens(cem.viewer))).toBe('forbidden');
    expect(refusalOf(await provisioning.waiting(cem.viewer))).toBe('forbidden');
    const readOnly = { ...world.ana, scope: 'read' } as const;
    expect(refusalOf(await provisioning.createToken(readOnly, { name: 'x' }))).toBe('forbidden');
    expect(refusalOf(await provisioning.createToken(world.ana, { name: ' ' }))).toBe('invalid-input');
    const [row] = await world.test.store.db.select().from(scimToken);
    expect(JSON.stringify(row)).not.toContain(world.token);
    expect(world.token).toMatch(/^scim_[\w-]{43}$/);
  });

  test('[SC1] is listed with who made it and when it was last used, and opens nothing once revoked', async () => {
    const tokens = async () => given(await world.provisioning.tokens(world.ana));
    expect(await tokens()).toMatchObject([{ name: 'Okta', by: 'Ana Lima', lastUsedAt: null }]);
    expect((await world.ask('GET', '/Users')).status).toBe(200);
    const [{ id, lastUsedAt } = { id: '', lastUsedAt: 0 }] = await tokens();
    expect(lastUsedAt).toBe(world.clock.now);
    world.clock.now += minute;
    await world.ask('GET', '/Users');
    expect((await tokens())[0]?.lastUsedAt).toBe(world.clock.now);
    const zoe = await addUmbrella(world);
    expect(refusalOf(await world.provisioning.revokeToken(zoe.viewer, id))).toBe('not-found');
    given(await world.provisioning.revokeToken(world.ana, id));
    expect((await world.ask('GET', '/Users')).status).toBe(401);
    expect(await tokens()).toEqual([]);
    expect(refusalOf(await world.provisioning.revokeToken(world.ana, id))).toBe('not-found');
    const { organisationId } = world.ana;
    const told = await world.test.store.db
      .select({ type: event.type, data: event.data, by: event.actorPersonId })
      .from(event)
      .where(eq(event.objectId, organisationId))
      .orderBy(event.version);
    expect(told.map(({ type, data, by }) => [changeSentence({ type, data }, new Map()), by])).toEqual([
      ['Directory token made: Okta.', world.ana.personId],
      ['Directory token revoked: Okta.', world.ana.personId],
    ]);
  });

  test('[SC1] goes on working when who made it has left', async () => {
    const bo = await letIn(world, world.ana, 'Bo', 'administrator');
    const { token } = given(await world.provisioning.createToken(bo.viewer, { name: 'Entra' }));
    expect((await world.ask('DELETE', `/Users/${bo.viewer.personId}`, undefined, token)).status).toBe(204);
    expect((await world.ask('GET', '/Users', undefined, token)).status).toBe(200);
  });

  test('[SC2] opens nothing else, and nothing else opens this: one answer to everything', async () => {
    expect(await world.auth.viewerOfBearer(world.token)).toBeNull();
    const api = given(await world.auth.createToken(world.ana, { name: 'x', scope: 'write', days: 1 }));
    const zoe = await addUmbrella(world);
    const revoked = given(await world.provisioning.createToken(zoe.viewer, { name: 'x' }));
    given(await world.provisioning.revokeToken(zoe.viewer, revoked.view.id));
    const answers = new Set<string>();
    let address = 0;
    for (const authorization of [
      undefined,
      `Bearer ${api.token}`,
      `Bearer ${revoked.token}`,
      'Bearer scim_nonsense',
      `Basic ${world.token}`,
      world.token,
    ]) {
      for (const [method, path, body] of calls) {
        const response = await fetch(`${world.url}/scim/v2${path}`, {
          method,
          headers: {
            ...(authorization !== undefined && { authorization }),
            cookie: '__Host-session=a.b',
            'content-type': 'application/scim+json',
            'x-forwarded-for': `192.0.2.${(address += 1)}`,
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        answers.add(`${response.status} ${await response.text()}`);
      }
    }
    expect([...answers]).toEqual([expect.stringMatching(/^401 .*"status":"401"/)]);
    expect((await world.ask('GET', '/Users')).body.totalResults).toBe(1);
  });

  test('[SC3] a directory finds nothing of another organisation and changes nothing there', async () => {
    const bea = (await world.ask('POST', '/Users', oktaUser('Bea', 'Ito'))).body.id ?? '';
    const group = (await world.ask('POST', '/Groups', oktaGroup('Greens', [bea]))).body.id ?? '';
    const zoe = await addUmbrella(world);
    const { token } = given(await world.provisioning.createToken(zoe.viewer, { name: 'Other' }));
    const theirs = (method: string, path: string, body?: unknown) => world.ask(method, path, body, token);
    const unknown = await theirs('GET', `/Users/${crypto.randomUUID()}`);
    expect(unknown.status).toBe(404);
    for (const [method, path, body] of [
      ['GET', `/Users/${bea}`],
      ['GET', `/Users/${world.ana.personId}`],
      ['PUT', `/Users/${bea}`, oktaUser('Eve', 'X')],
      ['PATCH', `/Users/${bea}`, oktaActive(false)],
      ['DELETE', `/Users/${bea}`],
    ] as const) {
      expect((await theirs(method, path, body)).body, `${method} ${path}`).toEqual(unknown.body);
    }
    for (const [method, body] of [
      ['GET'],
      ['PUT', oktaGroup('Mine')],
      ['PATCH', entraGroupAdd(bea)],
      ['DELETE'],
    ] as const) {
      expect((await theirs(method, `/Groups/${group}`, body)).status, method).toBe(404);
    }
    expect((await theirs('GET', '/Users')).body.totalResults).toBe(1);
    expect((await theirs('GET', '/Groups')).body.totalResults).toBe(0);
    const filter = encodeURIComponent(`id eq "${bea}"`);
    expect((await theirs('GET', `/Users?filter=${filter}`)).body.totalResults).toBe(0);
    const own = (await theirs('POST', '/Groups', oktaGroup('Greens'))).body.id ?? '';
    expect((await theirs('PATCH', `/Groups/${own}`, entraGroupAdd(bea))).status).toBe(400);
    // The same address is free there, and one person of both is suspended in one of them.
    expect((await theirs('POST', '/Users', oktaUser('Bea', 'Ito'))).status).toBe(201);
    expect((await world.ask('GET', `/Users/${bea}`)).body).toMatchObject({ id: bea, active: true });
  });

  test('[SC3][SC8] who belongs to two organisations is suspended in one', async () => {
    const zoe = await addUmbrella(world);
    const { token } = given(await world.auth.createInvite(zoe.viewer, { role: 'administrator' }));
    const input = { name: 'Ana', email: 'ana@example.org', password };
    const there = given(await world.auth.acceptInvite(token, input, browser()));
    await letIn(world, world.ana, 'Bo', 'administrator');
    await world.ask('PATCH', `/Users/${world.ana.personId}`, oktaActive(false));
    expect((await world.auth.viewerOfCookie(there.cookie))?.organisationId).toBe(zoe.viewer.organisationId);
  });
});

describe('what the door says of itself', () => {
  test('[SC4] what it can do, and every attribute it keeps', async () => {
    const config = await world.ask('GET', '/ServiceProviderConfig');
    expect(config.headers.get('content-type')).toBe('application/scim+json; charset=utf-8');
    expect(config.body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      filter: { supported: true, maxResults: 200 },
      authenticationSchemes: [{ type: 'oauthbearertoken' }],
    });
    const types = await world.ask('GET', '/ResourceTypes');
    expect(types.body.Resources?.map((it) => it['endpoint'])).toEqual(['/Users', '/Groups']);
    expect((await world.ask('GET', '/ResourceTypes/User')).body.id).toBe('User');
    const schema = await world.ask('GET', '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User');
    const kept = (schema.body['attributes'] as { name: string }[]).map(({ name }) => name);
    const made = await world.ask('POST', '/Users', oktaUser('Bea', 'Ito'));
    // Common attributes of RFC 7643 3.1 stand in no schema.
    const common = new Set(['schemas', 'id', 'externalId', 'meta']);
    expect(
      Object.keys(made.body)
        .filter((name) => !common.has(name))
        .toSorted(),
    ).toEqual(kept.toSorted());
  });

  test.each([
    ['GET', '/nothing', 404],
    ['GET', `/Users/${'not-an-id'}`, 404],
    ['GET', `/Users/${'a'}/b`, 404],
    ['DELETE', '/Users', 405],
    ['POST', '/Schemas', 405],
    ['POST', `/Groups/${crypto.randomUUID()}`, 405],
  ])('[SC4] %s %s is %i', async (method, path, status) => {
    const answer = await world.ask(method, path, method === 'POST' ? {} : undefined);
    expect(answer).toMatchObject({ status, body: { status: String(status) } });
  });

  test('[SC4] a body of another kind, or larger than it may be, is refused', async () => {
    const send = (type: string, body: string) =>
      fetch(`${world.url}/scim/v2/Users`, {
        method: 'POST',
        headers: { authorization: `Bearer ${world.token}`, 'content-type': type },
        body,
      });
    expect((await send('text/plain', '{}')).status).toBe(415);
    expect((await send('application/json', JSON.stringify(oktaUser('Bea', 'Ito')))).status).toBe(201);
    expect((await send('application/scim+json', ' '.repeat(513 * 1024))).status).toBe(413);
  });

  test('[SC18] more calls than a minute allows are refused, with the seconds to wait', async () => {
    let last = 200;
    let waits: string | null = null;
    for (let i = 0; i <= callsPerMinute.stranger; i += 1) {
      const response = await fetch(`${world.url}/scim/v2/Users`, {
        headers: { authorization: 'Bearer guess', 'x-forwarded-for': '198.51.100.7' },
      });
      last = response.status;
      waits = response.headers.get('retry-after');
    }
    expect(last).toBe(429);
    expect(Number(waits)).toBeGreaterThan(0);
  });
});

describe('whom the directory has invited', () => {
  test('[SC17] is shown until they join, with a new link where no mail is sent', async () => {
    const id = (await world.ask('POST', '/Users', oktaUser('Bea', 'Ito'))).body.id ?? '';
    const waiting = async () => given(await world.provisioning.waiting(world.ana));
    expect(await waiting()).toMatchObject([
      { personId: id, name: 'Bea Ito', email: 'bea@example.org', since: world.clock.now },
    ]);
    const mailed = (await world.deliver()).get('bea@example.org') ?? '';
    const zoe = await addUmbrella(world);
    expect(refusalOf(await world.provisioning.linkFor(zoe.viewer, id))).toBe('not-found');
    const made = given(await world.provisioning.linkFor(world.ana, id));
    expect(refusalOf(await world.auth.readInvite(mailed))).toBe('not-found');
    const input = { name: 'x', email: 'bea@example.org', password };
    expect(given(await world.auth.acceptInvite(made.invite, input, browser())).viewer.personId).toBe(id);
    expect(await waiting()).toEqual([]);
    expect(refusalOf(await world.provisioning.linkFor(world.ana, id))).toBe('not-found');
  });

  test('[SC17] once the invite is over a new link can be made', async () => {
    const id = (await world.ask('POST', '/Users', oktaUser('Bea', 'Ito'))).body.id ?? '';
    world.clock.now += 31 * 24 * 60 * minute;
    expect(given(await world.provisioning.waiting(world.ana))).toMatchObject([{ inviteEndsAt: null }]);
    const made = given(await world.provisioning.linkFor(world.ana, id));
    expect((await world.auth.readInvite(made.invite)).ok).toBe(true);
  });
});

test('[SC1] a token made for the example there is not', async () => {
  const example = { ...world.ana, organisation: { ...world.ana.organisation, kind: 'example' } } as const;
  expect(refusalOf(await world.provisioning.createToken(example, { name: 'x' }))).toBe('forbidden');
  expect(await world.test.store.db.select().from(scimToken).where(eq(scimToken.name, 'x'))).toEqual([]);
});
