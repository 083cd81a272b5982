import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { account, event, person } from '../../server/store/schema.ts';
import { browser, given, letIn, password, refusalOf } from '../auth/world.ts';
import {
  entraChange,
  entraDisable,
  entraDotted,
  entraUser,
  oktaActive,
  oktaUser,
} from './directory-requests.ts';
import { keptMails, openScimWorld, type Resource, type ScimWorld } from './scim-world.ts';

let world: ScimWorld;
beforeAll(async () => {
  world = await openScimWorld();
});
beforeEach(() => world.fresh());
afterAll(() => world.close());

const uniqueness = { status: 409, body: { status: '409', scimType: 'uniqueness' } };
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

describe('a user that is made', () => {
  test('[SC5][SC12] as Okta does it is invited, and stays the same user when the invite is taken', async () => {
    const made = await world.ask('POST', '/Users', oktaUser('Bea', 'Ito'));
    expect(made.status).toBe(201);
    const location = `https://plan.example.org/scim/v2/Users/${made.body.id ?? ''}`;
    expect(made.headers.get('location')).toBe(location);
    expect(made.body).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      ...{ userName: 'bea@example.org', displayName: 'Bea Ito', externalId: '00u-bea', active: true },
      name: { formatted: 'Bea Ito', givenName: 'Bea', familyName: 'Ito' },
      emails: [{ value: 'bea@example.org', type: 'work', primary: true }],
      meta: { resourceType: 'User', location },
    });
    expect(JSON.stringify(made.body)).not.toContain('1mz050nq');
    const { viewer } = await join();
    expect(viewer).toMatchObject({ personId: made.body.id, name: 'Bea Ito', role: 'member' });
    const again = await world.ask('GET', `/Users/${made.body.id ?? ''}`);
    expect(again).toMatchObject({ status: 200, body: { id: made.body.id, active: true } });
  });

  test('[SC5][AU7] neither the mail that is kept nor the invite holds the link', async () => {
    await make();
    const [before] = await keptMails(world, 'bea@example.org');
    const link = (await world.deliver()).get('bea@example.org') ?? '';
    expect(link).toMatch(/^[\w-]{43}$/);
    const [after] = await keptMails(world, 'bea@example.org');
    expect(after?.status).toBe('sent');
    for (const row of [before, after]) expect(JSON.stringify(row)).not.toContain(link);
    expect((await world.auth.readInvite(link)).ok).toBe(true);
  });

  test('[SC5] an invite withdrawn before its mail left is not sent', async () => {
    const id = await make();
    await world.ask('PATCH', `/Users/${id}`, oktaActive(false));
    expect((await world.deliver()).size).toBe(0);
    expect(await keptMails(world, 'bea@example.org')).toEqual([]);
  });

  test('[SC12] as Entra does it is the same, and inactive it is not invited yet', async () => {
    const made = await world.ask('POST', '/Users', { ...entraUser('Bea', 'Ito'), active: 'False' });
    expect(made).toMatchObject({ status: 201, body: { active: false, externalId: 'entra-bea' } });
    expect((await world.deliver()).size).toBe(0);
    await world.ask('PATCH', `/Users/${made.body.id ?? ''}`, oktaActive(true));
    expect((await world.deliver()).has('bea@example.org')).toBe(true);
  });

  test('[SC6] twice is refused: by userName in any letters, by address, and for members who joined without', async () => {
    await make();
    const again = { ...oktaUser('Bea', 'Ito'), userName: 'BEA@example.org' };
    expect(await world.ask('POST', '/Users', again)).toMatchObject(uniqueness);
    const other = { ...oktaUser('Bea', 'Ito'), userName: 'bea.ito' };
    expect(await world.ask('POST', '/Users', other)).toMatchObject(uniqueness);
    expect(await world.ask('POST', '/Users', oktaUser('Ana', 'Lima'))).toMatchObject(uniqueness);
    const taken = { Operations: [{ op: 'replace', path: 'userName', value: 'ana@example.org' }] };
    expect(await world.ask('PATCH', `/Users/${await make(oktaUser('Cem', 'Ay'))}`, taken)).toMatchObject(
      uniqueness,
    );
  });

  test('[SC6] at the same moment is made once', async () => {
    const answers = await Promise.all(
      [1, 2, 3].map(() => world.ask('POST', '/Users', oktaUser('Bea', 'Ito'))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(world.failures).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ['no userName', { emails: [{ value: 'x@example.org' }] }, 'invalidValue'],
    ['no address', { userName: 'bea' }, 'invalidValue'],
    ['an address that is none', { userName: 'bea', emails: [{ value: 'nowhere' }] }, 'invalidValue'],
    ['a state that is none', { ...oktaUser('Bea', 'Ito'), active: 'perhaps' }, 'invalidValue'],
    ['a name of two lines', { userName: 'bea@example.org', displayName: 'Bea\nIto' }, 'invalidValue'],
    ['a list', [], 'invalidSyntax'],
    ['no JSON', '{"userName":', 'invalidSyntax'],
  ])('[SC4] with %s is refused and changes nothing', async (_what, body, scimType) => {
    const answer = await world.ask('POST', '/Users', body);
    expect(answer).toMatchObject({ status: 400, body: { status: '400', scimType } });
    expect(answer.body['schemas']).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error']);
    expect(answer.body.detail).toMatch(/\w/);
    expect((await world.ask('GET', '/Users')).body.totalResults).toBe(1);
  });
});

describe('users are found', () => {
  test('[SC7] by userName, externalId, address and id, members who joined without the directory too', async () => {
    const id = await make();
    for (const filter of [
      'userName eq "BEA@example.org"',
      'externalId eq "00u-bea"',
      'emails.value eq "bea@example.org"',
      'emails[type eq "work"].value eq "bea@example.org"',
      `id eq "${id}"`,
      'userName eq "bea@example.org" and externalId eq "00u-bea"',
      'urn:ietf:params:scim:schemas:core:2.0:User:userName Eq "bea@example.org"',
    ]) {
      expect(
        (await found(filter)).map((it) => it.id),
        filter,
      ).toEqual([id]);
    }
    expect(await found('userName eq "ana@example.org"')).toMatchObject([
      { id: world.ana.personId, displayName: 'Ana Lima', active: true },
    ]);
    expect(await found('userName eq "nobody@example.org"')).toEqual([]);
    expect(await found('userName eq "bea@example.org" and externalId eq "other"')).toEqual([]);
  });

  test.each([
    'userName sw "b"',
    'userName eq bea',
    'title eq "x"',
    'userName eq "a" or id eq "b"',
    'userName',
    '',
  ])('[SC7] by no other filter: %s', async (filter) => {
    const answer = await world.ask('GET', `/Users?filter=${encodeURIComponent(filter)}`);
    expect(answer).toMatchObject({ status: 400, body: { scimType: 'invalidFilter' } });
  });

  test('[SC7] page by page, and with the attributes asked for', async () => {
    for (const name of ['Bea', 'Cem', 'Dia']) await make(oktaUser(name, 'X'));
    const page = (query: string) => world.ask('GET', `/Users?${query}`);
    const seen: unknown[] = [];
    for (const startIndex of [1, 3]) {
      const { body } = await page(`startIndex=${startIndex}&count=2`);
      expect(body).toMatchObject({ totalResults: 4, startIndex, itemsPerPage: 2 });
      seen.push(...(body.Resources ?? []).map((it) => it['userName']));
    }
    expect(seen.toSorted()).toEqual(['ana', 'bea', 'cem', 'dia'].map((it) => `${it}@example.org`));
    expect((await page('startIndex=0&count=-1')).body).toMatchObject({ totalResults: 4, itemsPerPage: 0 });
    expect((await page('startIndex=9')).body.Resources).toEqual([]);
    expect((await page('count=many')).status).toBe(400);
    const [first] = (await page('attributes=userName')).body.Resources ?? [];
    expect(Object.keys(first ?? {}).toSorted()).toEqual(['id', 'schemas', 'userName']);
    const [other] = (await page('excludedAttributes=emails,meta')).body.Resources ?? [];
    expect(Object.keys(other ?? {})).not.toContain('emails');
  });
});

describe('a user that is changed', () => {
  test.each<[string, unknown]>([
    ['Okta', oktaActive(false)],
    ['Entra', entraDisable],
  ])('[SC8][SC12] by %s is suspended at once: out everywhere, and sockets are told', async (_who, body) => {
    const id = await make();
    const { cookie, viewer } = await join();
    const { token } = given(
      await world.auth.createToken(viewer, { name: 'script', scope: 'write', days: 1 }),
    );
    world.told.length = 0;
    const answer = await world.ask('PATCH', `/Users/${id}`, body);
    expect(answer).toMatchObject({ status: 200, body: { id, active: false } });
    expect(await world.auth.viewerOfCookie(cookie)).toBeNull();
    expect(await world.auth.viewerOfBearer(token)).toBeNull();
    expect(world.told).toEqual([{ memberId: viewer.memberId, accountId: viewer.accountId }]);
    const members = await world.organisations.members(world.ana);
    expect(members.find((it) => it.person.id === id)).toMatchObject({ suspended: true });
    await world.ask('PATCH', `/Users/${id}`, oktaActive(true));
    expect(await world.auth.signIn({ email: 'bea@example.org', password }, browser())).toMatchObject({
      ok: true,
    });
  });

  test('[SC8] who has not joined: the invite opens nothing any more, and active again brings a new one', async () => {
    const id = await make();
    const first = (await world.deliver()).get('bea@example.org') ?? '';
    await world.ask('PATCH', `/Users/${id}`, oktaActive(false));
    expect(refusalOf(await world.auth.readInvite(first))).toBe('not-found');
    await world.ask('PATCH', `/Users/${id}`, oktaActive(true));
    await world.ask('PATCH', `/Users/${id}`, oktaActive(true));
    const open = await world.auth.invites(world.ana);
    expect(open).toHaveLength(1);
    expect((await join()).viewer.personId).toBe(id);
  });

  test('[SC9] the last administrator is not suspended, in neither way', async () => {
    for (const [method, body] of [
      ['PATCH', oktaActive(false)],
      ['DELETE', undefined],
    ] as const) {
      const answer = await world.ask(method, `/Users/${world.ana.personId}`, body);
      expect(answer).toMatchObject({ status: 400, body: { scimType: 'mutability' } });
      expect(answer.body.detail).toMatch(/last administrator/);
    }
    const second = await letIn(world, world.ana, 'Bo', 'administrator');
    expect((await world.ask('DELETE', `/Users/${world.ana.personId}`)).status).toBe(204);
    expect(await world.auth.viewerOfCookie(second.cookie)).not.toBeNull();
  });

  test('[SC15] a change that is refused in its last part leaves nothing of the first', async () => {
    const body = { ...oktaUser('Ana', 'Renamed'), externalId: 'x', active: false };
    expect((await world.ask('PUT', `/Users/${world.ana.personId}`, body)).status).toBe(400);
    expect((await world.ask('GET', `/Users/${world.ana.personId}`)).body).toMatchObject({
      displayName: 'Ana Lima',
      active: true,
    });
    expect(await eventsOf(world.ana.personId)).toEqual([]);
    expect(world.told).toEqual([]);
  });

  test('[SC11][SC12] by Entra has its new name and address, and what is not kept is left out', async () => {
    const id = await make(entraUser('Bea', 'Ito'));
    const changed = await world.ask('PATCH', `/Users/${id}`, entraChange);
    expect(changed).toMatchObject({
      status: 200,
      body: {
        displayName: 'Bea Ito-Berg',
        name: { givenName: 'Bea', familyName: 'Ito-Berg' },
        emails: [{ value: 'b.ito@example.org' }],
      },
    });
    const dotted = await world.ask('PATCH', `/Users/${id}`, entraDotted);
    expect(dotted.body).toMatchObject({ displayName: 'Beate Ito', name: { givenName: 'Beate' } });
    // The invite follows the address.
    expect((await join('b.ito@example.org')).viewer).toMatchObject({ personId: id, name: 'Beate Ito' });
  });

  test('[SC11] a name is the person’s here, not the account’s, which other organisations see', async () => {
    const id = await make();
    const { viewer } = await join();
    const only = { Operations: [{ op: 'replace', path: 'name.familyName', value: 'Berg' }] };
    expect((await world.ask('PATCH', `/Users/${id}`, only)).body.displayName).toBe('Bea Berg');
    const [named] = await world.test.store.db.select().from(person).where(eq(person.id, id));
    expect(named?.name).toBe('Bea Berg');
    const [own] = await world.test.store.db.select().from(account).where(eq(account.id, viewer.accountId));
    expect(own?.name).toBe('ignored');
  });

  test('[SC12] by PUT has what the whole resource says, and keeps state and address where it is silent', async () => {
    const id = await make();
    const body = { userName: 'bea2@example.org', name: { givenName: 'B', familyName: 'I' } };
    expect((await world.ask('PUT', `/Users/${id}`, body)).body).toMatchObject({
      ...{ userName: 'bea2@example.org', displayName: 'B I', active: true },
      emails: [{ value: 'bea@example.org' }],
    });
    expect((await world.ask('GET', `/Users/${id}`)).body['externalId']).toBeUndefined();
  });

  test.each<[string, unknown, string]>([
    ['an attribute nobody knows', [{ op: 'replace', path: 'shoeSize', value: 44 }], 'invalidPath'],
    ['a path that is none', [{ op: 'replace', path: 'emails[', value: 'x' }], 'invalidPath'],
    ['an operation that is none', [{ op: 'increase', path: 'active', value: 1 }], 'invalidSyntax'],
    ['no path to remove', [{ op: 'remove' }], 'noTarget'],
    ['no operations', [], 'invalidSyntax'],
    ['a userName taken away', [{ op: 'remove', path: 'userName' }], 'invalidValue'],
    ['a number for a name', [{ op: 'replace', path: 'displayName', value: 7 }], 'invalidValue'],
  ])('[SC4][SC12] with %s is refused', async (_what, Operations, scimType) => {
    const id = await make();
    expect(await world.ask('PATCH', `/Users/${id}`, { Operations })).toMatchObject({
      status: 400,
      body: { scimType },
    });
  });
});
