import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import type { Viewer } from '../../server/app.ts';
import type { Provisioning } from '../../server/app-provisioning.ts';
import { sendMails } from '../../server/notify/send-mails.ts';
import { inviteMails } from '../../server/notify/invite-mail.ts';
import type { NotifyDeps } from '../../server/notify/deps.ts';
import { createProvisioning } from '../../server/scim/provisioning.ts';
import { createScim } from '../../server/scim/scim.ts';
import { mail } from '../../server/store/schema.ts';
import { given, makeWorld, setUpAcme, type World } from '../auth/world.ts';

/** An answer of the door, as far as tests look into it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Resource;
}

/** A resource, a list or an error. */
export interface Resource {
  readonly id?: string;
  readonly status?: string;
  readonly scimType?: string;
  readonly detail?: string;
  readonly active?: boolean;
  readonly displayName?: string;
  readonly totalResults?: number;
  readonly itemsPerPage?: number;
  readonly Resources?: readonly Resource[];
  readonly members?: readonly { readonly value: string; readonly display: string }[];
  readonly [name: string]: unknown;
}

/** The directory's door over real HTTP, on a real embedded store. */
export interface ScimWorld extends World {
  readonly url: string;
  readonly provisioning: Provisioning;
  readonly failures: unknown[];
  ana: Viewer;
  token: string;
  ask(method: string, path: string, body?: unknown, token?: string): Promise<Answer>;
  /** Sends what waits to be sent; the links in it, by address. */
  deliver(): Promise<ReadonlyMap<string, string>>;
  /** Empty tables, Acme with Ana, and a token of its directory. */
  fresh(): Promise<void>;
  close(): Promise<void>;
}

export async function openScimWorld(): Promise<ScimWorld> {
  const world = await makeWorld();
  const failures: unknown[] = [];
  const { parts } = world;
  const startedAt = world.clock.now;
  const log = { info() {}, warn() {}, error: (about: unknown) => failures.push(about) };
  const notifying = {
    ...{ store: parts.store, now: parts.now, newId: parts.newId, node: 'test', log },
    ...{ baseUrl: 'https://plan.example.org', mail: { smtpUrl: null, from: 'plan@example.org' } },
  } as unknown as NotifyDeps;
  const deps = { ...parts, mailInvite: inviteMails(notifying) };
  const scim = createScim(deps, {
    originOf: () => new URL('https://plan.example.org'),
    addressOf: (request) => String(request.headers['x-forwarded-for'] ?? 'here'),
    failed: (error) => failures.push(error),
  });
  const server = createServer((request, response) => {
    if (!scim(request, response)) response.writeHead(404).end('a page');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provisioning = createProvisioning(deps);
  const opened: ScimWorld = {
    ...{ ...world, url, provisioning, failures },
    // Made anew by every reset.
    get auth() {
      return world.auth;
    },
    ana: null as unknown as Viewer,
    token: '',
    ask: (method, path, body, token) => ask(url, { method, path, body, token: token ?? opened.token }),
    async deliver() {
      const links = new Map<string, string>();
      await sendMails(notifying, {
        server: 'mail.example.org',
        deliver: async ({ to, text }, handOver) => {
          await handOver();
          links.set(to, /\/invite\/(\S+)/.exec(text)?.[1] ?? '');
          return { kind: 'sent' };
        },
      });
      return links;
    },
    async fresh() {
      // Cheaper than emptying every table, and all that a test makes hangs on these two.
      await parts.store.sql`delete from organisation`;
      await parts.store.sql`delete from account`;
      world.clock.now = startedAt;
      world.told.length = 0;
      failures.length = 0;
      opened.ana = (await setUpAcme(world)).viewer;
      opened.token = given(await provisioning.createToken(opened.ana, { name: 'Okta' })).token;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await world.test.dispose();
    },
  };
  return opened;
}

async function ask(
  url: string,
  of: { method: string; path: string; body: unknown; token: string },
): Promise<Answer> {
  const { method, path, body, token } = of;
  const response = await fetch(`${url}/scim/v2${path}`, {
    method,
    headers: {
      ...(token !== '' && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/scim+json; charset=utf-8' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? {} : JSON.parse(text)) as Resource,
  };
}

/** What is kept of mails to an address. */
export const keptMails = (world: ScimWorld, to: string) =>
  world.test.store.db.select().from(mail).where(eq(mail.to, to));
