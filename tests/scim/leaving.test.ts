import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { event, invite, member } from '../../server/store/schema.ts';
import { browser, given, letIn, password, refusalOf } from '../auth/world.ts';
import { oktaActive, oktaUser } from './directory-requests.ts';
import { openScimWorld, type Resource, type ScimWorld } from './scim-world.ts';

let world: ScimWorld;
beforeAll(async () => {
  world = await openScimWorld();
});
beforeEach(() => world.fresh());
afterAll(() => world.close());

const found = async (filter: string): Promise<readonly Resource[]> =>
  (await world.ask('GET', `/Users?filter=${encodeURIComponent(filter)}`)).body.Resources ?? [];
const make = async (body: unknown = oktaUser('Bea', 'Ito')): Promise<string> =>
  (await world.ask('POST', '/Users', body)).body.id ?? '';
/** The user takes the invite of the mail. */
const join = async (address = 'bea@example.org') => {
  const links = await world.deliver();
  const input = { name: 'ignored', email: address, password };
  return given(await world.auth.acceptInvite(links.get(address) ?? '', input, browser()));
};
const eventsOf = (id: string) =>
  world.test.store.db.select().from(event).where(eq(event.objectId, id)).orderBy(event.version);

describe('a user that is deleted', () => {
  test('[SC10] is gone for the directory, suspended here, and the same person when made again', async () => {
    const id = await make();
    const { cookie, viewer } = await join();
    expect(await world.ask('DELETE', `/Users/${id}`)).toMatchObject({ status: 204, body: {} });
    for (const [method, body] of [
      ['GET'],
      ['DELETE'],
      ['PATCH', oktaActive(true)],
      ['PUT', oktaUser('Bea', 'Ito')],
    ] as const) {
      expect((await world.ask(method, `/Users/${id}`, body)).status, method).toBe(404);
    }
    expect(await found('userName eq "bea@example.org"')).toEqual([]);
    expect(await world.auth.viewerOfCookie(cookie)).toBeNull();
    const again = await world.ask('POST', '/Users', oktaUser('Bea', 'Berg'));
    expect(again).toMatchObject({ status: 201, body: { id, active: true, displayName: 'Bea Berg' } });
    expect((await world.auth.viewerOfCookie(cookie))?.memberId).toBe(viewer.memberId);
  });

  test('[SC10] before joining: the invite ends, the name stays for what names it', async () => {
    const id = await make();
    const link = (await world.deliver()).get('bea@example.org') ?? '';
    await world.ask('DELETE', `/Users/${id}`);
    expect(refusalOf(await world.auth.readInvite(link))).toBe('not-found');
    expect((await world.organisations.people(world.ana)).map((it) => it.id)).toContain(id);
    expect((await world.ask('POST', '/Users', oktaUser('Bea', 'Ito'))).body.id).toBe(id);
    expect((await join()).viewer.personId).toBe(id);
  });

  test('[SC8] an invite taken at that very moment does not let anybody stay', async () => {
    const id = await make();
    const link = (await world.deliver()).get('bea@example.org') ?? '';
    const input = { name: 'Bea', email: 'bea@example.org', password };
    const [joined] = await Promise.all([
      world.auth.acceptInvite(link, input, browser()),
      world.ask('DELETE', `/Users/${id}`),
    ]);
    if (joined.ok) expect(await world.auth.viewerOfCookie(joined.value.cookie)).toBeNull();
    const places = await world.test.store.db.select().from(member).where(eq(member.personId, id));
    expect(places.every((it) => it.suspendedAt !== null)).toBe(true);
  });
});

describe('who came by another way', () => {
  test('[SC16] with the address of a user is that user to the directory: listed once, suspended, let back in', async () => {
    const id = await make();
    const bea = await letIn(world, world.ana, 'Bea');
    expect((await found('userName eq "bea@example.org"')).map((it) => it.id)).toEqual([id]);
    expect((await world.ask('GET', '/Users')).body.totalResults).toBe(2);
    await world.ask('PATCH', `/Users/${id}`, oktaActive(false));
    expect(await world.auth.viewerOfCookie(bea.cookie)).toBeNull();
    await world.ask('PATCH', `/Users/${id}`, oktaActive(true));
    expect(await world.auth.viewerOfCookie(bea.cookie)).not.toBeNull();
  });

  test('[SC5][AU24] an administrator who links the two keeps the user', async () => {
    const id = await make();
    const bea = await letIn(world, world.ana, 'Bea');
    given(await world.organisations.linkPerson(world.ana, id, bea.viewer.memberId));
    expect((await world.ask('GET', `/Users/${id}`)).body).toMatchObject({ id, active: true });
    expect((await world.ask('GET', '/Users')).body.totalResults).toBe(2);
  });
});

test('[SC14] what a directory does stands in the log, with who made its token', async () => {
  const id = await make();
  await join();
  await world.ask('PATCH', `/Users/${id}`, {
    Operations: [{ op: 'replace', path: 'displayName', value: 'B' }],
  });
  await world.ask('DELETE', `/Users/${id}`);
  const by = { actorPersonId: world.ana.personId, via: 'api', organisationId: world.ana.organisationId };
  expect(await eventsOf(id)).toMatchObject([
    { ...by, type: 'provisioned' },
    { ...by, type: 'changed', data: { before: { name: 'Bea Ito' }, after: { name: 'B' } } },
    { ...by, type: 'rights-changed', data: { after: { suspended: true } } },
  ]);
  const rows = await world.test.store.db.select().from(invite);
  expect(rows.map((it) => it.createdBy)).toEqual([world.ana.memberId]);
});
