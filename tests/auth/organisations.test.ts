import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import * as schema from '../../server/store/schema.ts';
import { addUmbrella, given, letIn, makeWorld, refusalOf, setUpAcme, type World } from './world.ts';

let world: World;
let ana: Viewer;
let anaCookie: string;
beforeAll(async () => {
  world = await makeWorld();
});
beforeEach(async () => {
  await world.reset();
  ({ viewer: ana, cookie: anaCookie } = await setUpAcme(world));
});
afterAll(() => world.test.dispose());

const everyoneOf = async (viewer: Viewer): Promise<string> =>
  (await world.organisations.teams(viewer))[0]?.id ?? '';

describe('members', () => {
  test('[AU18] who are suspended are out at once, and back in when let in again', async () => {
    const bo = await letIn(world, ana, 'Bo');
    world.told.length = 0;
    const out = given(await world.organisations.changeMember(ana, bo.viewer.memberId, { suspended: true }));
    expect(out.suspended).toBe(true);
    expect(world.told).toEqual([{ memberId: bo.viewer.memberId, accountId: bo.viewer.accountId }]);
    expect(await world.auth.viewerOfCookie(bo.cookie)).toBeNull();
    expect(await world.auth.holderNow({ kind: 'sign-in', id: bo.viewer.signInId ?? '' })).toBeNull();
    expect(await world.auth.holderNow({ kind: 'ticket', memberId: bo.viewer.memberId })).toBeNull();
    given(await world.organisations.changeMember(ana, bo.viewer.memberId, { suspended: false }));
    expect(await world.auth.viewerOfCookie(bo.cookie)).toMatchObject({
      memberId: bo.viewer.memberId,
      roleVersion: 3,
    });
  });

  test('[AU18][AU25] who are suspended in one organisation still have the other', async () => {
    const umbrella = await addUmbrella(world);
    const { token } = given(await world.auth.createInvite(umbrella.viewer, { role: 'member' }));
    const bo = await letIn(world, ana, 'Bo');
    given(
      await world.auth.acceptInvite(
        token,
        { name: 'Bo', email: 'bo@example.org', password: 'four words make sense' },
        { address: '::1', userAgent: '' },
      ),
    );
    given(await world.organisations.changeMember(ana, bo.viewer.memberId, { suspended: true }));
    expect(await world.auth.viewerOfCookie(bo.cookie)).toMatchObject({ organisation: { name: 'Umbrella' } });
  });

  test('[AU19] the last administrator can neither step down nor be suspended', async () => {
    const { organisations } = world;
    expect(refusalOf(await organisations.changeMember(ana, ana.memberId, { role: 'member' }))).toBe(
      'last-administrator',
    );
    expect(refusalOf(await organisations.changeMember(ana, ana.memberId, { suspended: true }))).toBe(
      'last-administrator',
    );
    const bo = await letIn(world, ana, 'Bo', 'administrator');
    given(await organisations.changeMember(ana, bo.viewer.memberId, { suspended: true }));
    expect(refusalOf(await organisations.changeMember(ana, ana.memberId, { role: 'member' }))).toBe(
      'last-administrator',
    );
    given(await organisations.changeMember(ana, bo.viewer.memberId, { suspended: false }));
    const both = await Promise.all([
      organisations.changeMember(ana, bo.viewer.memberId, { role: 'member' }),
      organisations.changeMember(bo.viewer, ana.memberId, { role: 'member' }),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await organisations.members(ana)).filter(({ role }) => role === 'administrator')).toHaveLength(1);
  });

  test('[AU20] see names; addresses are for administrators and oneself', async () => {
    const bo = await letIn(world, ana, 'Bo');
    const emails = async (viewer: Viewer) =>
      (await world.organisations.members(viewer)).map(({ email }) => email);
    expect(await emails(ana)).toEqual(['ana@example.org', 'bo@example.org']);
    expect(await emails(bo.viewer)).toEqual(['', 'bo@example.org']);
  });

  test('[AU21] and observers administer nothing', async () => {
    const { organisations } = world;
    const team = await everyoneOf(ana);
    for (const role of ['member', 'observer'] as const) {
      const { viewer } = await letIn(world, ana, `The ${role}`.replace(' ', ''), role);
      const answers = [
        await organisations.createTeam(viewer, { name: 'Web' }),
        await organisations.createTeams(viewer, ['Web']),
        await organisations.changeTeam(viewer, team, { name: 'Mine' }),
        await organisations.putInTeam(viewer, team, { personId: viewer.personId, role: 'lead' }),
        await organisations.removeFromTeam(viewer, team, ana.personId),
        await organisations.createPerson(viewer, { name: 'X' }),
        await organisations.linkPerson(viewer, ana.personId, viewer.memberId),
        await organisations.createPeriod(viewer, {
          kind: 'custom',
          label: 'x',
          start: '2027-01-01',
          end: '2027-01-02',
        }),
        await organisations.changeMember(viewer, viewer.memberId, { role: 'administrator' }),
        await organisations.changeOrganisation(viewer, { name: 'Mine' }),
      ];
      expect(answers.map(refusalOf)).toEqual(answers.map(() => 'forbidden'));
    }
  });
});

describe('teams', () => {
  test('[AU21] are led by their leads: people, name and colour, but not putting away', async () => {
    const { organisations } = world;
    const [web, other] = [
      given(await organisations.createTeam(ana, { name: 'Web', colour: 5 })),
      await everyoneOf(ana),
    ];
    const bo = await letIn(world, ana, 'Bo');
    const cy = await letIn(world, ana, 'Cy');
    world.told.length = 0;
    given(await organisations.putInTeam(ana, web.id, { personId: bo.viewer.personId, role: 'lead' }));
    expect(world.told).toEqual([{ memberId: bo.viewer.memberId, accountId: bo.viewer.accountId }]);
    const lead = await world.auth.viewerOfCookie(bo.cookie);
    if (!lead) expect.fail('Bo is gone');
    expect(lead.teams).toEqual([{ teamId: web.id, key: 'web', role: 'lead' }]);
    const put = given(
      await organisations.putInTeam(lead, web.id, {
        personId: cy.viewer.personId,
        role: 'member',
        share: 0.5,
      }),
    );
    expect(put.members).toContainEqual({ personId: cy.viewer.personId, role: 'member', share: 0.5 });
    const changed = given(
      await organisations.changeTeam(lead, web.id, { name: 'Web and mobile', colour: 7 }),
    );
    expect(changed).toMatchObject({ name: 'Web and mobile', colour: 7, key: 'web' });
    given(await organisations.removeFromTeam(lead, web.id, cy.viewer.personId));
    expect(refusalOf(await organisations.changeTeam(lead, web.id, { archived: true }))).toBe('forbidden');
    expect(refusalOf(await organisations.changeTeam(lead, other, { name: 'Mine' }))).toBe('forbidden');
    expect(
      refusalOf(await organisations.putInTeam(lead, other, { personId: lead.personId, role: 'lead' })),
    ).toBe('forbidden');
    given(await organisations.changeTeam(ana, web.id, { archived: true }));
    expect((await organisations.teams(ana)).map(({ id }) => id)).toEqual([other]);
    expect((await world.auth.viewerOfCookie(bo.cookie))?.teams).toEqual([]);
    given(await organisations.changeTeam(ana, web.id, { archived: false }));
    expect(await organisations.teams(ana)).toHaveLength(2);
  });

  test('[AU23] are made of pasted names, and known ones are left alone', async () => {
    const { organisations } = world;
    const names = [
      ' Web ',
      '',
      'Plattform-Größe',
      'web',
      'WEB!',
      '  ',
      'Ops & Net',
      '研究',
      'everyone',
      '!!!',
    ];
    const teams = given(await organisations.createTeams(ana, names));
    expect(teams.map(({ key }) => key).sort()).toEqual(
      ['everyone', 'ops-net', 'plattform-große', 'web', '研究'].sort(),
    );
    expect(given(await organisations.createTeams(ana, names))).toEqual(teams);
    expect(refusalOf(await organisations.createTeam(ana, { name: 'WEB' }))).toBe('already-exists');
    expect(given(await organisations.createTeam(ana, { name: 'Web!' })).key).toBe('web-2');
  });
});

describe('people', () => {
  test('[AU24] without account become a member, with teams and history', async () => {
    const { organisations } = world;
    const bo = await letIn(world, ana, 'Bo');
    const team = await everyoneOf(ana);
    given(
      await organisations.putInTeam(ana, team, { personId: bo.viewer.personId, role: 'member', share: 0.4 }),
    );
    const named = given(await organisations.createPerson(ana, { name: 'Bo Berg' }));
    world.told.length = 0;
    given(await organisations.linkPerson(ana, named.id, bo.viewer.memberId));
    expect(world.told).toHaveLength(1);
    expect(await world.auth.viewerOfCookie(bo.cookie)).toMatchObject({
      personId: named.id,
      name: 'Bo Berg',
      teams: [{ teamId: team }],
    });
    expect((await organisations.people(ana)).map(({ name, joined }) => [name, joined])).toEqual([
      ['Ana Lima', true],
      ['Bo Berg', true],
    ]);
    expect((await organisations.teams(ana))[0]?.members).toContainEqual({
      personId: named.id,
      role: 'member',
      share: expect.closeTo(0.4),
    });
    const [old] = await world.test.store.db
      .select()
      .from(schema.person)
      .where(eq(schema.person.id, bo.viewer.personId));
    expect(old).toMatchObject({ mergedInto: named.id, accountId: null });
    given(await organisations.linkPerson(ana, named.id, bo.viewer.memberId));
    expect(refusalOf(await organisations.linkPerson(ana, named.id, ana.memberId))).toBe('already-joined');
    expect(refusalOf(await organisations.linkPerson(ana, bo.viewer.personId, ana.memberId))).toBe(
      'not-found',
    );
  });

  test('[AU24] have a key of their own within the organisation', async () => {
    const { organisations } = world;
    expect(given(await organisations.createPerson(ana, { name: 'Ana Lima' })).key).toBe('ana-lima-2');
    expect(given(await organisations.createPerson(ana, { name: '???' })).key).toBe('person');
    expect(refusalOf(await organisations.createPerson(ana, { name: 'X', key: 'ana-lima' }))).toBe(
      'key-taken',
    );
    expect(refusalOf(await organisations.createPerson(ana, { name: 'X', key: 'Not A Key' }))).toBe(
      'invalid-input',
    );
  });
});

describe('settings and periods', () => {
  test('[AU26] refuse what is not right by its field', async () => {
    const { organisations } = world;
    const at = async (input: object) => {
      const answer = await organisations.changeOrganisation(ana, input);
      return answer.ok ? 'changed' : answer.refusal.path;
    };
    expect(await at({ name: ' ' })).toBe('name');
    expect(await at({ timezone: 'nowhere' })).toBe('timezone');
    expect(await at({ weekStart: 0 })).toBe('weekStart');
    expect(await at({ depth: 'deep' })).toBe('depth');
    expect((await world.auth.viewerOfCookie(anaCookie))?.organisation).toEqual(ana.organisation);
    expect(
      given(await organisations.changeOrganisation(ana, { depth: 'standard', weekStart: 7 })),
    ).toMatchObject({ depth: 'standard', weekStart: 7, name: 'Acme' });

    const period = { kind: 'custom', label: 'Launch', start: '2027-02-01', end: '2027-02-28' } as const;
    const where = async (input: object) => {
      const answer = await organisations.createPeriod(ana, { ...period, ...input });
      return answer.ok ? 'made' : `${answer.refusal.code} ${answer.refusal.path}`;
    };
    expect(await where({ end: '2027-02-30' })).toBe('invalid-input end');
    expect(await where({ end: '2027-01-31' })).toBe('invalid-input end');
    expect(await where({ kind: 'decade' })).toBe('invalid-input kind');
    expect(await where({})).toBe('made');
    expect(await where({ label: 'Again' })).toBe('already-exists start');
  });
});
