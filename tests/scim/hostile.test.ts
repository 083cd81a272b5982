import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { oktaGroup, oktaUser } from './directory-requests.ts';
import { openScimWorld, type ScimWorld } from './scim-world.ts';

let world: ScimWorld;
beforeAll(async () => {
  world = await openScimWorld();
});
beforeEach(() => world.fresh());
afterAll(() => world.close());

const patch = (...Operations: readonly object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});
const users = (query: string) => world.ask('GET', `/Users?${query}`);
const filtered = (filter: string) => users(`filter=${encodeURIComponent(filter)}`);

describe('what no directory sends', () => {
  test.each([
    'userName eq "\\u0000"',
    'externalId eq "a\\u0000b"',
    'emails.value eq "\\u0000"',
    'userName eq "\\ud800"',
    'userName eq "\' or 1=1 --"',
    'userName eq "%"',
    'id eq "\\u0000"',
  ])('[SC19] %s finds nobody', async (filter) => {
    expect(await filtered(filter)).toMatchObject({ status: 200, body: { totalResults: 0 } });
    expect(world.failures).toEqual([]);
  });

  test.each([
    'userName eq "\\x"',
    'userName eq "a',
    'userName eq "a" and',
    'constructor eq "a"',
    '__proto__ eq "a"',
  ])('[SC19] %s is refused as a filter', async (filter) => {
    expect(await filtered(filter)).toMatchObject({ status: 400, body: { scimType: 'invalidFilter' } });
  });

  test.each([
    ['startIndex=0', 1],
    ['startIndex=-5', 1],
    ['count=100000', 1],
    ['startIndex=1e15', 0],
    ['startIndex=1e300&count=1e300', 0],
    ['count=0', 0],
  ])('[SC19] %s is a page of %i', async (query, length) => {
    const { status, body } = await users(query);
    expect({ status, total: body.totalResults, shown: body.itemsPerPage }).toEqual({
      ...{ status: 200, total: 1, shown: length },
    });
    expect((await world.ask('GET', `/Groups?${query}`)).status).toBe(200);
    expect(world.failures).toEqual([]);
  });

  test.each([
    ['members[value eq "\\x"]', 'invalidPath'],
    ['__proto__', 'invalidPath'],
    ['constructor', 'invalidPath'],
    ['__proto__.active', 'invalidPath'],
    ['a'.repeat(500), 'invalidPath'],
    ['emails[value eq "\\x"].value', 'invalidPath'],
  ])('[SC19] the path %s is refused', async (path, scimType) => {
    const { id = '' } = (await world.ask('POST', '/Users', oktaUser('Bea', 'Ito'))).body;
    const group = (await world.ask('POST', '/Groups', oktaGroup('Greens', [id]))).body.id ?? '';
    for (const place of [`/Users/${id}`, `/Groups/${group}`]) {
      const answer = await world.ask('PATCH', place, patch({ op: 'replace', path, value: 'x' }));
      expect(answer, place).toMatchObject({ status: 400, body: { scimType } });
    }
    expect(world.failures).toEqual([]);
  });

  test.each([
    ['a name', '/Users', { ...oktaUser('Bea', 'Ito'), displayName: 'a\0b' }],
    ['half a sign', '/Users', { ...oktaUser('Bea', 'Ito'), displayName: 'a\ud800b' }],
    ['an address', '/Users', { ...oktaUser('Bea', 'Ito'), emails: [{ value: 'a\0@example.org' }] }],
    ['an id outside', '/Users', { ...oktaUser('Bea', 'Ito'), externalId: '\0' }],
    ['a userName', '/Users', { ...oktaUser('Bea', 'Ito'), userName: 'b\ud800@example.org' }],
    ['a team', '/Groups', oktaGroup('a\0')],
    ['the id outside of a team', '/Groups', { ...oktaGroup('Greens'), externalId: 'a\0' }],
    ['half a sign of a team', '/Groups', oktaGroup('a\ud800')],
  ])('[SC19] signs that cannot be kept are refused: %s', async (_what, path, body) => {
    expect(await world.ask('POST', path, body)).toMatchObject({ status: 400 });
    expect(world.failures).toEqual([]);
  });

  test('[SC19] the id outside of a group is as long as it may be, in a PATCH, too', async () => {
    const id = (await world.ask('POST', '/Groups', oktaGroup('Greens'))).body.id ?? '';
    for (const value of ['x'.repeat(255), 'a\0', 'x'.repeat(200_000)]) {
      const answer = await world.ask(
        'PATCH',
        `/Groups/${id}`,
        patch({ op: 'replace', path: 'externalId', value }),
      );
      expect(answer.status).toBe(400);
    }
    expect(world.failures).toEqual([]);
  });

  test('[SC19] a prototype is no attribute, deep and long bodies are read or refused', async () => {
    const own = '{"userName":"bea@example.org","__proto__":{"active":false},"constructor":{"x":1}}';
    expect(await world.ask('POST', '/Users', own)).toMatchObject({ status: 201, body: { active: true } });
    const deep = `{"userName":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect((await world.ask('POST', '/Users', deep)).status).toBe(400);
    const many = patch(...Array.from({ length: 1001 }, () => ({ op: 'remove', path: 'title' })));
    expect((await world.ask('PATCH', `/Users/${world.ana.personId}`, many)).status).toBe(400);
    expect(world.failures).toEqual([]);
  });
});

describe('a directory and who is here already', () => {
  test('[SC9] no user becomes an administrator, whatever the roles say', async () => {
    const roles = [{ value: 'administrator', primary: true }];
    const made = await world.ask('POST', '/Users', {
      ...oktaUser('Bea', 'Ito'),
      roles,
      role: 'administrator',
    });
    expect(made.status).toBe(201);
    const [invited] = await world.auth.invites(world.ana);
    expect(invited).toMatchObject({ role: 'member' });
  });
});
