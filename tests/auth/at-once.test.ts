import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import { openStore } from '../../server/store/open.ts';
import * as schema from '../../server/store/schema.ts';
import { addDevice, enter, signed } from './passkeys/steps.ts';
import { createDatabase, serverUrl } from '../support/postgres.ts';
import { browser, given, letIn, makeWorld, password, setUpAcme, type World } from './world.ts';

/** On the embedded store everything is one after the other anyway; a PostgreSQL server really does things at once. */
describe.skipIf(!serverUrl)('several at once on a PostgreSQL server', () => {
  let world: World;
  let ana: Viewer;
  beforeAll(async () => {
    const database = await createDatabase();
    const store = await openStore({ databaseUrl: database.url, dataDir: 'unused' });
    world = await makeWorld({
      store,
      dispose: async () => {
        await store.close();
        await database.drop();
      },
    });
  });
  beforeEach(async () => {
    await world.reset();
    ana = (await setUpAcme(world)).viewer;
  });
  afterAll(() => world.test.dispose());

  test('[AU12] an invite for four lets four in, of twelve', async () => {
    const { token } = given(await world.auth.createInvite(ana, { role: 'member', maxUses: 4 }));
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        world.auth.acceptInvite(token, { name: 'Sam', email: `sam${n}@example.org`, password }, browser()),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(4);
    const people = await world.organisations.people(ana);
    expect(people.map(({ key }) => key).sort()).toEqual(['ana-lima', 'sam', 'sam-2', 'sam-3', 'sam-4']);
    expect(new Set(people.map(({ colour }) => colour)).size).toBe(5);
    expect(await world.test.store.db.select().from(schema.account)).toHaveLength(5);
  });

  test('[AU13] a form sent twice makes one account and signs both windows in', async () => {
    const { token } = given(await world.auth.createInvite(ana, { role: 'member', maxUses: 4 }));
    const form = { name: 'Sam', email: 'sam@example.org', password };
    const answers = await Promise.all([1, 2, 3].map(() => world.auth.acceptInvite(token, form, browser())));
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(new Set(answers.map((answer) => given(answer).viewer.memberId)).size).toBe(1);
    expect(await world.organisations.members(ana)).toHaveLength(2);
  });

  test('[AU1] of several set-ups one goes through', async () => {
    await world.reset();
    const tries = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        world.auth.setup(
          { organisation: `Acme ${n}`, name: 'Ana', email: `ana${n}@example.org`, password },
          browser(),
        ),
      ),
    );
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.test.store.db.select().from(schema.organisation)).toHaveLength(1);
  });

  test('[AU19] administrators who demote each other leave one', async () => {
    const others = [
      await letIn(world, ana, 'Bo', 'administrator'),
      await letIn(world, ana, 'Cy', 'administrator'),
    ];
    const all = [ana, ...others.map(({ viewer }) => viewer)];
    await Promise.all(
      all.flatMap((viewer) =>
        all.map((other) => world.organisations.changeMember(viewer, other.memberId, { role: 'member' })),
      ),
    );
    const left = (await world.organisations.members(ana)).filter(({ role }) => role === 'administrator');
    expect(left).toHaveLength(1);
  });

  test('[AU23] the same names pasted by several make each team once', async () => {
    const names = ['Web', 'Ops', 'Platform'];
    await Promise.all([1, 2, 3, 4].map(() => world.organisations.createTeams(ana, names)));
    expect((await world.organisations.teams(ana)).map(({ name }) => name)).toEqual([
      'Everyone',
      'Ops',
      'Platform',
      'Web',
    ]);
  });

  test('[PK4][PK6] of many answers to one challenge, and of many with one count, one node takes one', async () => {
    const other = await makeWorld(world.test);
    const device = await addDevice(world, ana, true);
    const came = await signed(world, device, { counter: 5 });
    const same = await Promise.all([world, other, world, other].map((node) => enter(node, came)));
    expect(same.filter(({ ok }) => ok)).toHaveLength(1);
    const twins = await Promise.all([1, 2, 3, 4].map(() => signed(world, device, { counter: 6 })));
    const counted = await Promise.all(twins.map((it, n) => enter(n % 2 === 0 ? world : other, it)));
    expect(counted.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('[PK8] of two windows that remove the last two passkeys one is right', async () => {
    await addDevice(world, ana);
    await addDevice(world, ana);
    await world.test.store.db.update(schema.account).set({ passwordHash: null });
    const mine = await world.auth.passkeys.list(ana);
    const both = await Promise.all(mine.map(({ id }) => world.auth.passkeys.remove(ana, id, browser())));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.auth.passkeys.list(ana)).toHaveLength(1);
  });
});
