import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAnswers } from '../../server/api/answers.ts';
import { createApi } from '../../server/api/api.ts';
import type { Application, Viewer } from '../../server/app.ts';
import { createNotify } from '../../server/notify/notify.ts';
import { readReminders } from '../../server/registers/reminders.ts';
import { createRegisters } from '../../server/registers/registers.ts';
import { createInsight } from '../../server/insight/insight.ts';
import { makeRightsChanges } from '../../server/organisations/rights-changes.ts';
import { createExample } from '../../server/planning/example.ts';
import { createProvisioning } from '../../server/scim/provisioning.ts';
import { sessionsOf } from '../facilitation/sessions-of.ts';
import { openWorld, value, type World } from '../planning/world.ts';

/** The API over real HTTP on a whole application. */
export interface ApiWorld extends World {
  readonly app: Application;
  readonly url: string;
  /** Exceptions that were logged. */
  readonly failures: unknown[];
  /** A fresh token of somebody. */
  token(viewer: Viewer, scope?: 'read' | 'write'): Promise<string>;
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
}

export interface CallOptions {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly headers: Headers;
  readonly text: string;
}

/** A problem, as far as tests look into it. */
export interface Json {
  readonly code?: string;
  readonly detail?: string;
  readonly status?: number;
  readonly id?: string;
  readonly token?: string;
  readonly items?: readonly Json[];
  readonly faults?: readonly { readonly path: string }[];
  readonly [name: string]: unknown;
}

export async function openApiWorld(now: () => number = Date.now): Promise<ApiWorld> {
  const world = await openWorld(['Red', 'Blue'], now);
  const failures: unknown[] = [];
  const { store, auth, organisations, planning, tracking, rhythm } = world;
  const app: Application = {
    ...{ store: store.info, auth, organisations, planning, tracking, rhythm },
    notify: createNotify({
      ...{ store, tracking, now, newId: randomUUID, node: 'test', baseUrl: 'http://localhost' },
      reminders: readReminders,
      mail: { smtpUrl: null, from: 'Throughline <throughline@localhost>' },
      viewerOf: (memberId) => auth.holderNow({ kind: 'ticket', memberId }),
      log: { info: () => undefined, warn: () => undefined, error: (about: unknown) => failures.push(about) },
    }),
    registers: createRegisters({ store, now, newId: randomUUID, truthChanged: () => undefined }),
    insight: createInsight({ store, now, newId: randomUUID }),
    facilitation: sessionsOf(world),
    provisioning: createProvisioning({
      ...{ store, now, newId: randomUUID, rights: makeRightsChanges() },
      mailInvite: () => Promise.resolve(),
    }),
    live: { handleUpgrade: () => false, pushTruth: () => Promise.resolve() },
    example: createExample({
      ...world.deps,
      startSignIn: (accountId, organisationId, client) => auth.startSignIn(accountId, organisationId, client),
      rightsChanged: () => undefined,
    }),
    notReady: () => Promise.resolve(null),
  };
  const api = createApi(app, {
    answers: createAnswers(world.store, now),
    version: '0.0.0-test',
    isOwnOrigin: (request) => request.headers.origin === `http://${request.headers.host ?? ''}`,
    // So that callers without a token do not use up each other's share.
    addressOf: (request) => String(request.headers['x-forwarded-for'] ?? 'here'),
    failed: (error) => failures.push(error),
  });
  const server = createServer((request, response) => {
    if (!api(request, response)) response.writeHead(404).end('a page');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...world,
    app,
    url,
    failures,
    async token(viewer, scope = 'write') {
      return value(await world.auth.createToken(viewer, { name: 'test', scope, days: 1 })).token;
    },
    call: (method, path, options) => call(url, method, path, options),
    async dispose() {
      await closeServer(server);
      await world.dispose();
    },
  };
}

async function call(
  url: string,
  method: string,
  path: string,
  { token, body, headers }: CallOptions = {},
): Promise<Answer> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (json ? JSON.parse(text) : {}) as Json,
  };
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
