import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { Client, Organisations, Viewer } from '../../server/app.ts';
import { createAuth, type AuthServer } from '../../server/auth/auth.ts';
import type { IdentityProvider } from '../../server/auth/provider/identity-provider.ts';
import type { AccessDependencies } from '../../server/organisations/dependencies.ts';
import { createOrganisations } from '../../server/organisations/organisations.ts';
import { makeRightsChanges, type RightsChanged } from '../../server/organisations/rights-changes.ts';
import * as schema from '../../server/store/schema.ts';
import { openTestStore, type TestStore } from '../support/embedded.ts';

export const minute = 60_000;
export const day = 24 * 60 * minute;
export const password = 'four words make sense';

/** Auth and organisations on a real embedded store, with a clock to turn. */
export interface World {
  readonly auth: AuthServer;
  readonly organisations: Organisations;
  readonly test: Pick<TestStore, 'store' | 'dispose'>;
  readonly clock: { now: number };
  /** What both are built on. */
  readonly parts: AccessDependencies;
  /** What open sockets were told. */
  readonly told: RightsChanged[];
  /** What was mailed to owners of accounts, and what was logged. */
  readonly mails: { readonly to: string; readonly subject: string; readonly what: string }[];
  readonly logged: string[];
  /** Empties all tables, turns the clock back and forgets tries with passwords. */
  reset(): Promise<void>;
}

export const setupToken = 'the token of the log';

/** On an embedded store of its own, or on the store given. */
export async function makeWorld(
  on?: World['test'],
  ...providers: readonly IdentityProvider[]
): Promise<World> {
  const test = on ?? (await openTestStore());
  const start = Date.UTC(2026, 10, 23, 12);
  const clock = { now: start };
  const told: RightsChanged[] = [];
  const mails: World['mails'] = [];
  const logged: string[] = [];
  const log = (_about: unknown, words?: string) => void logged.push(words ?? '');
  const rights = makeRightsChanges();
  rights.listen((change) => told.push(change));
  const parts = { store: test.store, now: () => clock.now, newId: randomUUID, rights };
  const startAuth = () =>
    createAuth({
      ...parts,
      setupToken,
      isLocal: ({ socket }) => socket.remoteAddress === '127.0.0.1',
      originOf: () => new URL('https://plan.example.org'),
      providers,
      tellOwner: (_queries, { name }, mail) => Promise.resolve(void mails.push({ to: name, ...mail })),
      log: { info: log, warn: log },
    });
  let auth = startAuth();
  return {
    get auth() {
      return auth;
    },
    organisations: createOrganisations(parts),
    test,
    clock,
    parts,
    told,
    mails,
    logged,
    reset: async () => {
      await test.store.sql`truncate organisation, account cascade`;
      auth = startAuth();
      clock.now = start;
      told.length = mails.length = logged.length = 0;
    },
  };
}

let lastAddress = 0;
/** A browser at an address nobody else has, so that limits of one test do not meet another's. */
export const browser = (): Client => ({
  address: `10.0.${(lastAddress += 1) >> 8}.${lastAddress & 255}`,
  userAgent: 'Firefox',
});

/** The value of an outcome that must be allowed; a refusal fails the test with its words. */
export function given<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) expect.fail(`refused: ${outcome.refusal.code}: ${outcome.refusal.message}`);
  return outcome.value;
}

/** The code of an outcome that must be refused. */
export function refusalOf(outcome: Outcome<unknown>): string {
  if (outcome.ok) expect.fail('this should have been refused');
  return outcome.refusal.code;
}

/** Sets up *Acme* with Ana as its administrator. */
export async function setUpAcme({ auth }: World): Promise<{ viewer: Viewer; cookie: string }> {
  return given(
    await auth.setup(
      {
        organisation: 'Acme',
        name: 'Ana Lima',
        email: 'ana@example.org',
        password,
        timezone: 'Europe/Berlin',
      },
      browser(),
    ),
  );
}

/** Lets somebody in with a role; the e-mail is the name. */
export async function letIn(
  { auth }: World,
  by: Viewer,
  name: string,
  role: 'administrator' | 'member' | 'observer' = 'member',
): Promise<{ viewer: Viewer; cookie: string }> {
  const { token } = given(await auth.createInvite(by, { role }));
  return given(
    await auth.acceptInvite(token, { name, email: `${name.toLowerCase()}@example.org`, password }, browser()),
  );
}

/** A second organisation, *Umbrella*, with Zoe as its administrator. Only one is set up by the form, so rows make it. */
export async function addUmbrella({ auth, test, clock }: World): Promise<{ viewer: Viewer; cookie: string }> {
  const createdAt = new Date(clock.now);
  const ids = { organisation: randomUUID(), account: randomUUID(), person: randomUUID() };
  await test.store.db
    .insert(schema.organisation)
    .values({ id: ids.organisation, name: 'Umbrella', kind: 'own', timezone: 'UTC', createdAt });
  await test.store.db
    .insert(schema.account)
    .values({ id: ids.account, email: 'zoe@example.org', name: 'Zoe', passwordHash: null, createdAt });
  await test.store.db.insert(schema.person).values({
    id: ids.person,
    organisationId: ids.organisation,
    key: 'zoe',
    name: 'Zoe',
    colour: 1,
    accountId: ids.account,
    createdAt,
  });
  await test.store.db.insert(schema.member).values({
    id: randomUUID(),
    organisationId: ids.organisation,
    accountId: ids.account,
    personId: ids.person,
    role: 'administrator',
    createdAt,
  });
  const cookie = await auth.startSignIn(ids.account, ids.organisation, browser());
  const viewer = await auth.viewerOfCookie(cookie);
  if (viewer === null) expect.fail('Zoe could not sign in');
  return { cookie, viewer };
}
