import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import * as schema from '../../server/store/schema.ts';
import { addUmbrella, day, given, letIn, makeWorld, refusalOf, setUpAcme, type World } from './world.ts';

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

describe('an API token', () => {
  test('[AU16] acts for its maker within its scope until it expires', async () => {
    const { token, view } = given(
      await world.auth.createToken(ana, { name: 'report', scope: 'read', days: 30 }),
    );
    expect(token).toMatch(/^tl_[\w-]{43}$/);
    expect(token.startsWith(view.hint)).toBe(true);
    expect(await world.auth.viewerOfBearer(token)).toMatchObject({
      memberId: ana.memberId,
      role: 'administrator',
      scope: 'read',
      via: 'api',
      signInId: null,
    });
    expect((await world.auth.tokens(ana)).map(({ lastUsedAt }) => lastUsedAt)).toEqual([world.clock.now]);
    world.clock.now += 30 * day;
    expect(await world.auth.viewerOfBearer(token)).toBeNull();
    expect(await world.auth.tokens(ana)).toEqual([]);
  });

  test('[AU16] of scope read changes nothing in the organisation', async () => {
    const { token } = given(await world.auth.createToken(ana, { name: 'report', scope: 'read', days: 1 }));
    const reader = await world.auth.viewerOfBearer(token);
    if (!reader) expect.fail('the token does not work');
    const { organisations } = world;
    const [everyone] = await organisations.teams(reader);
    const answers = [
      await organisations.createTeam(reader, { name: 'Web' }),
      await organisations.createTeams(reader, ['Web']),
      await organisations.changeTeam(reader, everyone?.id ?? '', { name: 'All' }),
      await organisations.removeFromTeam(reader, everyone?.id ?? '', ana.personId),
      await organisations.createPerson(reader, { name: 'Bo' }),
      await organisations.createPeriod(reader, {
        kind: 'custom',
        label: 'x',
        start: '2027-01-01',
        end: '2027-01-02',
      }),
      await organisations.changeMember(reader, ana.memberId, { role: 'observer' }),
      await organisations.changeOrganisation(reader, { name: 'Other' }),
      await world.auth.createInvite(reader, { role: 'member' }),
      await world.auth.createToken(reader, { name: 'more', scope: 'write', days: 1 }),
    ];
    expect(answers.map(refusalOf)).toEqual(answers.map(() => 'forbidden'));
  });

  test('[AU16] is revoked by its maker only, at once', async () => {
    const bo = await letIn(world, ana, 'Bo');
    const { token, view } = given(
      await world.auth.createToken(ana, { name: 'report', scope: 'write', days: 1 }),
    );
    expect(refusalOf(await world.auth.revokeToken(bo.viewer, view.id))).toBe('not-found');
    expect(await world.auth.viewerOfBearer(token)).not.toBeNull();
    world.told.length = 0;
    given(await world.auth.revokeToken(ana, view.id));
    expect(world.told).toEqual([{ tokenId: view.id }]);
    expect(await world.auth.viewerOfBearer(token)).toBeNull();
    for (const wrong of [
      '',
      'tl_',
      token.slice(0, -1),
      `${token}x`,
      token.slice(3),
      'tl_' + 'A'.repeat(5000),
    ]) {
      expect(await world.auth.viewerOfBearer(wrong)).toBeNull();
    }
  });

  test('[AU16] of an observer reads only, and role changes reach tokens at once', async () => {
    const { viewer } = await letIn(world, ana, 'Olga', 'observer');
    expect(refusalOf(await world.auth.createToken(viewer, { name: 'w', scope: 'write', days: 1 }))).toBe(
      'forbidden',
    );
    const bo = await letIn(world, ana, 'Bo', 'administrator');
    const { token } = given(await world.auth.createToken(bo.viewer, { name: 'w', scope: 'write', days: 1 }));
    given(await world.organisations.changeMember(ana, bo.viewer.memberId, { role: 'observer' }));
    expect(await world.auth.viewerOfBearer(token)).toMatchObject({ role: 'observer', roleVersion: 2 });
  });

  test('[AU26] with a wrong field is refused by its name', async () => {
    const at = async (input: object) => {
      const answer = await world.auth.createToken(ana, { name: 'x', scope: 'read', days: 1, ...input });
      return answer.ok ? 'made' : answer.refusal.path;
    };
    expect(await at({ name: '' })).toBe('name');
    expect(await at({ scope: 'all' })).toBe('scope');
    expect(await at({ days: 366 })).toBe('days');
    expect(await at({ days: 0.5 })).toBe('days');
    expect(await world.auth.tokens(ana)).toEqual([]);
  });
});

describe('a socket ticket', () => {
  const addBoard = async (organisationId: string): Promise<string> => {
    const id = crypto.randomUUID();
    await world.test.store.db
      .insert(schema.board)
      .values({ id, organisationId, title: 'Plan', createdAt: new Date(world.clock.now) });
    return id;
  };

  test('[AU17] opens its board once, for the one who asked', async () => {
    const boardId = await addBoard(ana.organisationId);
    const { ticket, expiresAt } = given(await world.auth.createTicket(ana, boardId));
    expect(expiresAt).toBe(world.clock.now + 60_000);
    const twins = await Promise.all([1, 2, 3].map(() => world.auth.redeemTicket(ticket, boardId)));
    expect(twins.filter((viewer) => viewer !== null).map((viewer) => viewer?.personId)).toEqual([
      ana.personId,
    ]);
    expect(await world.auth.redeemTicket(ticket, boardId)).toBeNull();
  });

  test('[AU17] is worth nothing after a minute, on another board, or for a suspended member', async () => {
    const [boardId, other] = [await addBoard(ana.organisationId), await addBoard(ana.organisationId)];
    const bo = await letIn(world, ana, 'Bo');
    const make = async (viewer: Viewer) => given(await world.auth.createTicket(viewer, boardId)).ticket;
    expect(await world.auth.redeemTicket(await make(ana), other)).toBeNull();
    const late = await make(ana);
    world.clock.now += 60_000;
    expect(await world.auth.redeemTicket(late, boardId)).toBeNull();
    const his = await make(bo.viewer);
    given(await world.organisations.changeMember(ana, bo.viewer.memberId, { suspended: true }));
    expect(await world.auth.redeemTicket(his, boardId)).toBeNull();
    expect(await world.auth.redeemTicket('', boardId)).toBeNull();
  });

  test('[AU17][AU22] is not made for another organisation’s board, nor for none', async () => {
    const zoe = (await addUmbrella(world)).viewer;
    const boardId = await addBoard(ana.organisationId);
    expect(refusalOf(await world.auth.createTicket(zoe, boardId))).toBe('not-found');
    expect(refusalOf(await world.auth.createTicket(ana, crypto.randomUUID()))).toBe('not-found');
    expect(refusalOf(await world.auth.createTicket(ana, 'no-board'))).toBe('not-found');
  });
});
