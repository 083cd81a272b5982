import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import * as schema from '../../server/store/schema.ts';
import {
  addUmbrella,
  browser,
  day,
  given,
  letIn,
  makeWorld,
  password,
  refusalOf,
  setUpAcme,
  type World,
} from './world.ts';

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

const bo = { name: 'Bo', email: 'bo@example.org', password };

describe('an invite', () => {
  test('[AU11] says what it opens and changes nothing by being looked at', async () => {
    const [everyone] = await world.organisations.teams(ana);
    const { invite, token } = given(
      await world.auth.createInvite(ana, {
        role: 'observer',
        teamId: everyone?.id ?? '',
        email: 'Bo@Example.org',
      }),
    );
    expect(invite).toMatchObject({
      role: 'observer',
      email: 'bo@example.org',
      uses: 0,
      maxUses: 1,
      revoked: false,
    });
    expect(invite.expiresAt - invite.createdAt).toBe(7 * day);
    for (let n = 0; n < 3; n += 1) {
      expect(given(await world.auth.readInvite(token))).toMatchObject({
        organisation: 'Acme',
        role: 'observer',
        teamId: everyone?.id,
        email: 'bo@example.org',
        teams: [{ name: 'Everyone' }],
      });
    }
    expect((await world.auth.invites(ana)).map(({ uses }) => uses)).toEqual([0]);
    const accepted = given(await world.auth.acceptInvite(token, bo, browser()));
    expect(accepted.viewer).toMatchObject({
      name: 'Bo',
      role: 'observer',
      teams: [{ teamId: everyone?.id, role: 'member' }],
    });
    expect(await world.auth.viewerOfCookie(accepted.cookie)).toEqual(accepted.viewer);
  });

  test('[AU11] unknown, expired, withdrawn, used up and another’s get one answer', async () => {
    const make = async (more = {}) => given(await world.auth.createInvite(ana, { role: 'member', ...more }));
    const expired = await make();
    world.clock.now += 7 * day;
    const [withdrawn, used, others] = [await make(), await make(), await make({ email: 'cy@example.org' })];
    given(await world.auth.revokeInvite(ana, withdrawn.invite.id));
    given(await world.auth.acceptInvite(used.token, bo, browser()));
    const dan = { name: 'Dan', email: 'dan@example.org', password };
    const tokens = [
      '',
      'unknown',
      'x'.repeat(9999),
      expired.token,
      withdrawn.token,
      used.token,
      others.token,
    ];
    const answers = await Promise.all(tokens.map((token) => world.auth.acceptInvite(token, dan, browser())));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({
      ok: false,
      refusal: { code: 'not-found', message: expect.stringMatching(/Ask for a new one/) },
    });
    const looks = await Promise.all(tokens.slice(0, -1).map((token) => world.auth.readInvite(token)));
    expect(new Set(looks.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(looks[0]).toEqual(answers[0]);
    expect((await world.organisations.members(ana)).map(({ person }) => person.name)).toEqual([
      'Ana Lima',
      'Bo',
    ]);
  });

  test('[AU12] for three lets three in, of ten who press at once', async () => {
    const { token } = given(await world.auth.createInvite(ana, { role: 'member', maxUses: 3 }));
    const people = Array.from({ length: 10 }, (_, n) => ({
      name: `Person ${n}`,
      email: `person${n}@example.org`,
      password,
    }));
    const answers = await Promise.all(
      people.map((person) => world.auth.acceptInvite(token, person, browser())),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
    expect(await world.organisations.members(ana)).toHaveLength(4);
    expect(await world.test.store.db.select().from(schema.account)).toHaveLength(4);
    const people2 = await world.organisations.people(ana);
    expect(new Set(people2.map(({ key }) => key)).size).toBe(4);
  });

  test('[AU13][AU25] takes an existing account by its password and keeps its first organisation', async () => {
    const umbrella = await addUmbrella(world);
    const first = await letIn(world, ana, 'Bo');
    const { token } = given(await world.auth.createInvite(umbrella.viewer, { role: 'administrator' }));
    expect(
      refusalOf(await world.auth.acceptInvite(token, { ...bo, password: 'not this one' }, browser())),
    ).toBe('wrong-credentials');
    const second = given(await world.auth.acceptInvite(token, bo, browser()));
    expect(second.viewer).toMatchObject({
      accountId: first.viewer.accountId,
      role: 'administrator',
      organisation: { name: 'Umbrella' },
    });
    expect((await world.auth.organisationsOf(second.viewer)).map(({ name }) => name)).toEqual([
      'Acme',
      'Umbrella',
    ]);
    given(await world.auth.switchOrganisation(second.viewer, ana.organisationId));
    expect(await world.auth.viewerOfCookie(second.cookie)).toMatchObject({
      role: 'member',
      organisation: { name: 'Acme' },
    });
    expect(refusalOf(await world.auth.switchOrganisation(ana, umbrella.viewer.organisationId))).toBe(
      'not-found',
    );
  });

  test('[AU13] raises nobody who is already in', async () => {
    const before = await letIn(world, ana, 'Bo', 'observer');
    const { token, invite } = given(await world.auth.createInvite(ana, { role: 'administrator' }));
    const again = given(await world.auth.acceptInvite(token, bo, browser()));
    expect(again.viewer).toMatchObject({ memberId: before.viewer.memberId, role: 'observer' });
    expect((await world.auth.invites(ana)).find(({ id }) => id === invite.id)?.uses).toBe(0);
  });

  test('[AU13] does not let a suspended member back in', async () => {
    const { viewer } = await letIn(world, ana, 'Bo');
    given(await world.organisations.changeMember(ana, viewer.memberId, { suspended: true }));
    const { token } = given(await world.auth.createInvite(ana, { role: 'member' }));
    expect(refusalOf(await world.auth.acceptInvite(token, bo, browser()))).toBe('suspended');
  });

  test('[AU14] that carries a name makes whoever accepts that person', async () => {
    const named = given(await world.organisations.createPerson(ana, { name: 'Robert Hall', key: 'bob' }));
    expect(named.joined).toBe(false);
    const { token, invite } = given(
      await world.auth.createInvite(ana, { role: 'member', personId: named.id, maxUses: 50 }),
    );
    expect(invite.maxUses).toBe(1);
    expect(given(await world.auth.readInvite(token)).personName).toBe('Robert Hall');
    const { viewer } = given(await world.auth.acceptInvite(token, bo, browser()));
    expect(viewer).toMatchObject({ personId: named.id, personKey: 'bob', name: 'Robert Hall' });
    expect(refusalOf(await world.auth.createInvite(ana, { role: 'member', personId: named.id }))).toBe(
      'already-joined',
    );
  });

  test('[AU15] is made by administrators, and by a lead for the own team', async () => {
    const lead = await letIn(world, ana, 'Lea');
    const member = await letIn(world, ana, 'Max');
    const [web, platform] = given(await world.organisations.createTeams(ana, ['Platform', 'Web']))
      .filter(({ key }) => key !== 'everyone')
      .reverse();
    given(
      await world.organisations.putInTeam(ana, web?.id ?? '', {
        personId: lead.viewer.personId,
        role: 'lead',
      }),
    );
    const lea = await world.auth.viewerOfCookie(lead.cookie);
    if (!lea) expect.fail('Lea is gone');
    const tryAs = async (
      viewer: Viewer,
      role: 'administrator' | 'member' | 'observer',
      teamId: string | null,
    ) => {
      const answer = await world.auth.createInvite(viewer, { role, teamId });
      return answer.ok ? 'made' : answer.refusal.code;
    };
    expect(await tryAs(lea, 'member', web?.id ?? '')).toBe('made');
    expect(await tryAs(lea, 'observer', web?.id ?? '')).toBe('made');
    expect(await tryAs(lea, 'administrator', web?.id ?? '')).toBe('forbidden');
    expect(await tryAs(lea, 'member', platform?.id ?? '')).toBe('forbidden');
    expect(await tryAs(lea, 'member', null)).toBe('forbidden');
    expect(await tryAs(member.viewer, 'observer', web?.id ?? '')).toBe('forbidden');
    expect(await tryAs({ ...ana, scope: 'read' }, 'member', null)).toBe('forbidden');
    expect(await tryAs(ana, 'administrator', null)).toBe('made');
    expect((await world.auth.invites(lea)).length).toBe(2);
    expect((await world.auth.invites(member.viewer)).length).toBe(0);
    const [hers] = await world.auth.invites(lea);
    expect(refusalOf(await world.auth.revokeInvite(member.viewer, hers?.id ?? ''))).toBe('not-found');
    given(await world.auth.revokeInvite(ana, hers?.id ?? ''));
  });

  test('[AU26] with a wrong field is refused by its name and makes nobody', async () => {
    const at = async (input: object) => {
      const answer = await world.auth.createInvite(ana, { role: 'member', ...input });
      return answer.ok ? 'made' : answer.refusal.path;
    };
    expect(await at({ role: 'king' })).toBe('role');
    expect(await at({ days: 31 })).toBe('days');
    expect(await at({ maxUses: 0 })).toBe('maxUses');
    expect(await at({ email: 'not one' })).toBe('email');
    expect(await at({ boardId: 'not-a-board' })).toBe('boardId');
    expect(await at({ boardId: crypto.randomUUID() })).toBe('boardId');
    expect(await at({ teamId: crypto.randomUUID() })).toBe('teamId');
    expect(await at({ personId: crypto.randomUUID() })).toBe('personId');
    expect(await world.auth.invites(ana)).toEqual([]);

    const { token } = given(await world.auth.createInvite(ana, { role: 'member' }));
    const accept = async (input: object) => {
      const answer = await world.auth.acceptInvite(token, { ...bo, ...input }, browser());
      return answer.ok ? 'in' : answer.refusal.path;
    };
    expect(await accept({ name: '' })).toBe('name');
    expect(await accept({ email: 'bo' })).toBe('email');
    expect(await accept({ password: 'bo@example.org' })).toBe('password');
    expect(await accept({ teamId: '1; drop table account' })).toBe('teamId');
    expect(await world.test.store.db.select().from(schema.account)).toHaveLength(1);
    // A team that went away meanwhile is no reason to turn the person away.
    expect(await accept({ teamId: crypto.randomUUID() })).toBe('in');
  });

  test('[AU11] ends with whoever made it', async () => {
    const admin = await letIn(world, ana, 'Bo', 'administrator');
    const { token } = given(await world.auth.createInvite(admin.viewer, { role: 'member' }));
    await world.test.store.db.delete(schema.member).where(eq(schema.member.id, admin.viewer.memberId));
    expect(refusalOf(await world.auth.readInvite(token))).toBe('not-found');
  });
});
