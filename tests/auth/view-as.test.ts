import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import * as schema from '../../server/store/schema.ts';
import { given, letIn, makeWorld, refusalOf, setUpAcme, type World } from './world.ts';

let world: World;
let ana: Viewer;
let cookie: string;
beforeAll(async () => {
  world = await makeWorld();
});
beforeEach(async () => {
  await world.reset();
  ({ viewer: ana, cookie } = await setUpAcme(world));
});
afterAll(() => world.test.dispose());

/** What *View as* writes; the example's own checks are tested with the example. */
const lookThrough = async (personId: string | null): Promise<Viewer | null> => {
  await world.test.store.db
    .update(schema.signIn)
    .set({ viewAs: personId })
    .where(eq(schema.signIn.id, ana.signInId ?? ''));
  return world.auth.viewerOfCookie(cookie);
};

describe('looking through another’s eyes', () => {
  test('[AU27] does nothing in an organisation of one’s own, whatever the table says', async () => {
    const bo = await letIn(world, ana, 'Bo');
    expect(await lookThrough(bo.viewer.personId)).toEqual(ana);
  });

  test('[AU27] is that person in the example, with their teams, and administers nothing', async () => {
    const { organisations, auth } = world;
    const bo = await letIn(world, ana, 'Bo');
    const web = given(await organisations.createTeam(ana, { name: 'Web' }));
    given(await organisations.putInTeam(ana, web.id, { personId: bo.viewer.personId, role: 'lead' }));
    await world.test.store.db.update(schema.organisation).set({ kind: 'example', clockNow: new Date(1000) });
    const seen = await lookThrough(bo.viewer.personId);
    if (!seen) expect.fail('the sign-in is gone');
    expect(seen).toMatchObject({
      personId: bo.viewer.personId,
      name: 'Bo',
      viewingAs: true,
      accountId: ana.accountId,
      teams: [{ teamId: web.id, role: 'lead' }],
      organisation: { kind: 'example', now: 1000 },
    });
    expect(refusalOf(await organisations.changeMember(seen, ana.memberId, { role: 'observer' }))).toBe(
      'forbidden',
    );
    expect(refusalOf(await auth.createInvite(seen, { role: 'member' }))).toBe('forbidden');
    expect(refusalOf(await auth.createToken(seen, { name: 'x', scope: 'read', days: 1 }))).toBe('example');
    expect((await organisations.members(seen)).map(({ email }) => email)).toEqual(['ana@example.org', '']);
    expect(await lookThrough(null)).toMatchObject({ personId: ana.personId, viewingAs: false });
  });

  test('[AU27] ends when that person is not in the example', async () => {
    await world.test.store.db.update(schema.organisation).set({ kind: 'example' });
    const elsewhere = crypto.randomUUID();
    const other = crypto.randomUUID();
    await world.test.store.db
      .insert(schema.organisation)
      .values({ id: other, name: 'Other', kind: 'own', timezone: 'UTC', createdAt: new Date() });
    await world.test.store.db.insert(schema.person).values({
      id: elsewhere,
      organisationId: other,
      key: 'x',
      name: 'X',
      colour: 1,
      createdAt: new Date(),
    });
    expect(await lookThrough(elsewhere)).toMatchObject({ personId: ana.personId, viewingAs: false });
  });
});
