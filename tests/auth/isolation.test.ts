import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import { addUmbrella, given, letIn, makeWorld, refusalOf, setUpAcme, type World } from './world.ts';

let world: World;
let ana: Viewer;
beforeAll(async () => {
  world = await makeWorld();
});
beforeEach(async () => {
  await world.reset();
  ana = (await setUpAcme(world)).viewer;
});
afterAll(() => world.test.dispose());

const unknown = '00000000-0000-4000-8000-000000000000';
const everyoneOf = async (viewer: Viewer): Promise<string> =>
  (await world.organisations.teams(viewer))[0]?.id ?? '';

describe('another organisation', () => {
  test('[AU22] sees, changes and links nothing of this one', async () => {
    const { organisations, auth } = world;
    const zoe = (await addUmbrella(world)).viewer;
    const team = await everyoneOf(ana);
    const bo = await letIn(world, ana, 'Bo');
    const hers = given(await organisations.createTeam(zoe, { name: 'Hers' }));
    const { invite } = given(await auth.createInvite(ana, { role: 'member' }));
    expect(await organisations.people(zoe)).toHaveLength(1);
    expect(await organisations.members(zoe)).toHaveLength(1);
    expect((await organisations.teams(zoe)).map(({ name }) => name)).toEqual(['Hers']);
    expect(await organisations.periods(zoe)).toEqual([]);
    expect(await auth.invites(zoe)).toEqual([]);
    expect(await auth.organisationsOf(zoe)).toHaveLength(1);
    /** The same call with an id of Acme and with one that never was: the answers must be equal. */
    const calls: ((id: string) => Promise<unknown>)[] = [
      (id) => organisations.changeTeam(zoe, id === unknown ? id : team, { name: 'Taken' }),
      (id) => organisations.changeTeam(zoe, id === unknown ? id : team, { archived: true }),
      (id) =>
        organisations.putInTeam(zoe, id === unknown ? id : team, { personId: zoe.personId, role: 'lead' }),
      (id) =>
        organisations.putInTeam(zoe, hers.id, {
          personId: id === unknown ? id : bo.viewer.personId,
          role: 'member',
        }),
      (id) => organisations.removeFromTeam(zoe, id === unknown ? id : team, ana.personId),
      (id) => organisations.linkPerson(zoe, id === unknown ? id : bo.viewer.personId, zoe.memberId),
      (id) => organisations.changeMember(zoe, id === unknown ? id : bo.viewer.memberId, { role: 'observer' }),
      (id) => auth.revokeInvite(zoe, id === unknown ? id : invite.id),
      (id) => auth.createInvite(zoe, { role: 'member', teamId: id === unknown ? id : team }),
      (id) => auth.createInvite(zoe, { role: 'member', personId: id === unknown ? id : bo.viewer.personId }),
      (id) => auth.switchOrganisation(zoe, id === unknown ? id : ana.organisationId),
      (id) => auth.revokeSignIn(zoe, id === unknown ? id : (bo.viewer.signInId ?? '')),
    ];
    for (const call of calls) {
      const [foreign, none] = [await call('Acme'), await call(unknown)];
      expect(foreign).toMatchObject({ ok: false });
      expect(foreign).toEqual(none);
    }
    expect(given(await organisations.changeTeam(ana, team, {})).name).toBe('Everyone');
    expect(await auth.viewerOfCookie(bo.cookie)).toEqual(bo.viewer);
  });

  test('[AU22] ids that are no ids are refused like unknown ones', async () => {
    const { organisations, auth } = world;
    for (const id of ['', 'x', "' or 1=1 --", '../..', `${unknown}0`]) {
      expect(refusalOf(await organisations.changeTeam(ana, id, { name: 'X' }))).toBe('not-found');
      expect(
        refusalOf(await organisations.putInTeam(ana, id, { personId: ana.personId, role: 'lead' })),
      ).toBe('not-found');
      expect(refusalOf(await organisations.changeMember(ana, id, { role: 'member' }))).toBe('not-found');
      expect(refusalOf(await organisations.linkPerson(ana, id, id))).toBe('not-found');
      expect(refusalOf(await auth.revokeInvite(ana, id))).toBe('not-found');
      expect(refusalOf(await auth.revokeToken(ana, id))).toBe('not-found');
      expect(refusalOf(await auth.revokeSignIn(ana, id))).toBe('not-found');
      expect(refusalOf(await auth.switchOrganisation(ana, id))).toBe('not-found');
      expect(refusalOf(await auth.createTicket(ana, id))).toBe('not-found');
    }
  });
});
