import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hash } from '@node-rs/argon2';
import * as schema from '../../server/store/schema.ts';
import {
  addUmbrella,
  browser,
  given,
  makeWorld,
  password,
  refusalOf,
  setUpAcme,
  setupToken,
  type World,
} from './world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.test.dispose());

const acme = { organisation: 'Acme', name: 'Ana Lima', email: 'Ana@Example.org ', password };

describe('set-up', () => {
  test('[AU1] makes organisation, administrator, team and quarters', async () => {
    expect(await world.auth.needsSetup()).toBe(true);
    const { viewer, cookie } = given(
      await world.auth.setup({ ...acme, timezone: 'America/New_York', fiscalStartMonth: 4 }, browser()),
    );
    expect(viewer).toMatchObject({
      name: 'Ana Lima',
      personKey: 'ana-lima',
      role: 'administrator',
      via: 'web',
      scope: 'write',
    });
    expect(viewer.organisation).toMatchObject({
      name: 'Acme',
      kind: 'own',
      depth: 'light',
      timezone: 'America/New_York',
      now: world.clock.now,
    });
    expect(await world.auth.viewerOfCookie(cookie)).toEqual(viewer);
    expect(await world.auth.needsSetup()).toBe(false);
    const [team, ...more] = await world.organisations.teams(viewer);
    expect([team, more]).toMatchObject([
      { name: 'Everyone', members: [{ personId: viewer.personId, role: 'lead' }] },
      [],
    ]);
    const periods = await world.organisations.periods(viewer);
    expect(periods).toHaveLength(8);
    expect(periods[0]).toMatchObject({ kind: 'quarter', start: '2026-04-01', end: '2026-06-30' });
    expect(periods[7]).toMatchObject({ kind: 'quarter', start: '2028-01-01', end: '2028-03-31' });
  });

  test('[AU1] with team names makes those instead of *Everyone*', async () => {
    const { viewer } = given(
      await world.auth.setup({ ...acme, teams: ['Web', ' Platform ', 'web'] }, browser()),
    );
    expect((await world.organisations.teams(viewer)).map(({ name, key }) => [name, key])).toEqual([
      ['Platform', 'platform'],
      ['web', 'web'],
    ]);
  });

  test('[AU1] works once, also when several try at the same moment', async () => {
    const tries = await Promise.all(
      [1, 2, 3].map((n) => world.auth.setup({ ...acme, email: `ana${n}@example.org` }, browser())),
    );
    expect(tries.filter((it) => it.ok)).toHaveLength(1);
    expect(refusalOf(await world.auth.setup(acme, browser()))).toBe('already-set-up');
    expect(await world.test.store.db.select().from(schema.organisation)).toHaveLength(1);
    expect(await world.test.store.db.select().from(schema.account)).toHaveLength(1);
  });

  test('[AU26] names the wrong field and makes nothing', async () => {
    const fault = async (wrong: object) => {
      const outcome = await world.auth.setup({ ...acme, ...wrong }, browser());
      return outcome.ok ? 'done' : outcome.refusal.path;
    };
    expect(await fault({ organisation: '  ' })).toBe('organisation');
    expect(await fault({ organisation: 'A\u0000cme' })).toBe('organisation');
    expect(await fault({ name: 'x'.repeat(121) })).toBe('name');
    expect(await fault({ email: 'ana' })).toBe('email');
    expect(await fault({ email: 'a@b.c\r\nBcc: all@example.org' })).toBe('email');
    expect(await fault({ password: 'password1' })).toBe('password');
    expect(await fault({ timezone: 'Mars/Olympus' })).toBe('timezone');
    expect(await fault({ weekStart: 8 })).toBe('weekStart');
    expect(await fault({ fiscalStartMonth: 0 })).toBe('fiscalStartMonth');
    expect(await fault({ teams: ['Web', ''] })).toBe('teams.1');
    expect(await world.test.store.db.select().from(schema.organisation)).toEqual([]);
    expect(await world.test.store.db.select().from(schema.account)).toEqual([]);
  });

  test('[AU2] asks for the token of the log unless the request was made on this machine', () => {
    const from = (address: string): IncomingMessage => {
      const socket = new Socket();
      Object.defineProperty(socket, 'remoteAddress', { value: address });
      return new IncomingMessage(socket);
    };
    expect(world.auth.checkSetupToken(from('127.0.0.1'), null).ok).toBe(true);
    expect(world.auth.checkSetupToken(from('192.0.2.1'), setupToken).ok).toBe(true);
    for (const token of [null, '', 'the token of the lo', `${setupToken}x`]) {
      expect(refusalOf(world.auth.checkSetupToken(from('192.0.2.1'), token))).toBe('forbidden');
    }
  });
});

describe('signing in', () => {
  test('[AU5] gives one answer for a wrong password, an unknown address and a visitor without password', async () => {
    await setUpAcme(world);
    await addUmbrella(world);
    const answers = await Promise.all(
      [
        { email: 'ana@example.org', password: 'not this one' },
        { email: 'nobody@example.org', password },
        { email: 'zoe@example.org', password },
        { email: '', password: '' },
      ].map((input) => world.auth.signIn(input, browser())),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ ok: false, refusal: { code: 'wrong-credentials' } });
    expect(
      given(await world.auth.signIn({ email: ' ANA@example.org', password }, browser())).viewer.name,
    ).toBe('Ana Lima');
  });

  test('[AU5] takes as long for an unknown address as for a wrong password', async () => {
    await setUpAcme(world);
    const time = async (email: string): Promise<number> => {
      const start = performance.now();
      await world.auth.signIn({ email, password: 'not this one' }, browser());
      return performance.now() - start;
    };
    await time('warm@example.org');
    const known: number[] = [];
    const unknown: number[] = [];
    // Nine, because ten wrong ones lock the account; alternating, so that a busy machine slows both.
    for (let n = 0; n < 9; n += 1) {
      known.push(await time('ana@example.org'));
      unknown.push(await time(`nobody${n}@example.org`));
    }
    const median = (list: number[]): number => [...list].sort((a, b) => a - b)[4] ?? 0;
    // Without the decoy an unknown address answers in under a tenth of the time.
    expect(median(unknown) / median(known)).toBeGreaterThan(0.4);
    expect(median(unknown) / median(known)).toBeLessThan(2.5);
  });

  test('[AU6] an account is closed after ten wrong tries, whatever comes then', async () => {
    await setUpAcme(world);
    for (let n = 0; n < 10; n += 1) {
      expect(
        refusalOf(await world.auth.signIn({ email: 'ana@example.org', password: `wrong ${n}` }, browser())),
      ).toBe('wrong-credentials');
    }
    expect(refusalOf(await world.auth.signIn({ email: 'ana@example.org', password }, browser()))).toBe(
      'too-many-requests',
    );
  });

  test('[AU4] makes an outdated hash anew', async () => {
    const email = 'outdated@example.org';
    const { viewer } = await setUpAcme(world);
    const old = await hash(password, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    const { account } = schema;
    await world.test.store.db
      .update(account)
      .set({ email, passwordHash: old })
      .where(eq(account.id, viewer.accountId));
    given(await world.auth.signIn({ email, password }, browser()));
    const [row] = await world.test.store.db.select().from(account).where(eq(account.id, viewer.accountId));
    expect(row?.passwordHash).toMatch(/m=19456,t=2,p=1/);
    given(await world.auth.signIn({ email, password }, browser()));
  });
});
