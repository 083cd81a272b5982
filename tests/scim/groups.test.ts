import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { given, letIn } from '../auth/world.ts';
import {
  entraGroupAdd,
  entraGroupRemove,
  oktaGroup,
  oktaGroupMembers,
  oktaGroupRename,
  oktaUser,
} from './directory-requests.ts';
import { openScimWorld, type Resource, type ScimWorld } from './scim-world.ts';

let world: ScimWorld;
beforeAll(async () => {
  world = await openScimWorld();
});
beforeEach(() => world.fresh());
afterAll(() => world.close());

const makeUser = async (name: string): Promise<string> =>
  (await world.ask('POST', '/Users', oktaUser(name, 'X'))).body.id ?? '';
const makeGroup = async (name: string, members: readonly string[] = []): Promise<string> =>
  (await world.ask('POST', '/Groups', oktaGroup(name, members))).body.id ?? '';
/** The team with this id, as its organisation sees it. */
const teamOf = async (id: string) =>
  (await world.organisations.teams(world.ana)).find((team) => team.id === id);
const membersOf = ({ members = [] }: Resource): readonly string[] => members.map((it) => it.value).toSorted();
const patch = (id: string, body: unknown) => world.ask('PATCH', `/Groups/${id}`, body);

describe('groups and teams', () => {
  test('[SC13][SC12] a group is made as a team with its users, found, renamed and put away', async () => {
    const [bea, cem] = [await makeUser('Bea'), await makeUser('Cem')];
    const made = await world.ask('POST', '/Groups', oktaGroup('Greens', [bea]));
    expect(made).toMatchObject({ status: 201, body: { displayName: 'Greens' } });
    const id = made.body.id ?? '';
    expect(await teamOf(id)).toMatchObject({
      id,
      name: 'Greens',
      members: [{ personId: bea, role: 'member' }],
    });
    expect(membersOf((await patch(id, oktaGroupMembers(bea, cem))).body)).toEqual([cem]);
    expect((await patch(id, oktaGroupRename(id, 'Evergreens'))).body.displayName).toBe('Evergreens');
    const find = (filter: string) => world.ask('GET', `/Groups?filter=${encodeURIComponent(filter)}`);
    for (const filter of ['displayName eq "evergreens"', `members.value eq "${cem}"`, `id eq "${id}"`]) {
      expect((await find(filter)).body.Resources, filter).toMatchObject([{ id }]);
    }
    expect((await find(`members eq "${bea}"`)).body.Resources).toEqual([]);
    expect((await world.ask('DELETE', `/Groups/${id}`)).status).toBe(204);
    expect((await world.ask('GET', `/Groups/${id}`)).status).toBe(404);
    expect(await teamOf(id)).toBeUndefined();
  });

  test('[SC13][SC12] Entra puts in and takes out with values, and asks for groups without members', async () => {
    const [bea, cem] = [await makeUser('Bea'), await makeUser('Cem')];
    const id = await makeGroup('Greens');
    for (const user of [bea, cem, bea]) expect((await patch(id, entraGroupAdd(user))).status).toBe(200);
    const shown = await world.ask('GET', `/Groups/${id}`);
    expect(membersOf(shown.body)).toEqual([bea, cem].toSorted());
    expect(membersOf((await patch(id, entraGroupRemove(bea))).body)).toEqual([cem]);
    const without = await world.ask('GET', `/Groups/${id}?excludedAttributes=members`);
    expect(Object.keys(without.body)).not.toContain('members');
    const own = { Operations: [{ op: 'Replace', path: 'externalId', value: 'entra-7' }] };
    expect((await patch(id, own)).body['externalId']).toBe('entra-7');
    const byExternal = await world.ask(
      'GET',
      `/Groups?filter=${encodeURIComponent('externalId eq "entra-7"')}`,
    );
    expect(byExternal.body.Resources).toMatchObject([{ id }]);
  });

  test('[SC13] a lead stays a lead, and people who are only named stay where they are', async () => {
    const lea = await letIn(world, world.ana, 'Lea');
    const named = given(await world.organisations.createPerson(world.ana, { name: 'Only Named' }));
    const id = await makeGroup('Greens');
    for (const [personId, role] of [
      [lea.viewer.personId, 'lead'],
      [named.id, 'member'],
    ] as const) {
      given(await world.organisations.putInTeam(world.ana, id, { personId, role, share: 0.5 }));
    }
    const bea = await makeUser('Bea');
    const body = oktaGroup('Greens', [lea.viewer.personId, bea]);
    expect(membersOf((await world.ask('PUT', `/Groups/${id}`, body)).body)).toEqual(
      [lea.viewer.personId, bea].toSorted(),
    );
    expect((await teamOf(id))?.members).toEqual(
      expect.arrayContaining([
        { personId: lea.viewer.personId, role: 'lead', share: 0.5 },
        { personId: named.id, role: 'member', share: 0.5 },
      ]),
    );
    await world.ask('PUT', `/Groups/${id}`, oktaGroup('Greens'));
    expect((await teamOf(id))?.members.map((it) => it.personId)).toEqual([named.id]);
  });

  test('[SC6][SC13] two teams of one name there are not', async () => {
    const id = await makeGroup('Greens');
    const other = await makeGroup('Blues');
    expect(await world.ask('POST', '/Groups', oktaGroup('greens'))).toMatchObject({
      status: 409,
      body: { scimType: 'uniqueness' },
    });
    expect((await patch(other, oktaGroupRename(other, 'Greens'))).status).toBe(409);
    expect((await patch(id, oktaGroupRename(id, 'Greens'))).status).toBe(200);
  });

  test('[SC15][SC13] with one who is no user nothing of the change happens', async () => {
    const bea = await makeUser('Bea');
    const id = await makeGroup('Greens');
    const body = {
      Operations: [
        { op: 'replace', path: 'displayName', value: 'Reds' },
        { op: 'add', path: 'members', value: [{ value: bea }, { value: crypto.randomUUID() }] },
      ],
    };
    expect(await patch(id, body)).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    expect((await world.ask('GET', `/Groups/${id}`)).body).toMatchObject({
      displayName: 'Greens',
      members: [],
    });
  });

  test('[SC13] all are taken out by a remove that names nobody, and a deleted user is in no group', async () => {
    const [bea, cem] = [await makeUser('Bea'), await makeUser('Cem')];
    const id = await makeGroup('Greens', [bea, cem]);
    await world.ask('DELETE', `/Users/${bea}`);
    expect(membersOf((await world.ask('GET', `/Groups/${id}`)).body)).toEqual([cem]);
    expect((await patch(id, { Operations: [{ op: 'remove', path: 'members' }] })).body.members).toEqual([]);
  });

  test('[SC4] a group without a name is refused', async () => {
    for (const body of [{}, { displayName: ' ' }, { displayName: 'x'.repeat(81) }]) {
      expect(await world.ask('POST', '/Groups', body)).toMatchObject({
        status: 400,
        body: { scimType: 'invalidValue' },
      });
    }
  });
});
