import { once } from 'node:events';
import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { makeLog } from '../log.ts';
import { currentRequestKey, type CurrentRequest } from './current-request.ts';
import { makeFrontDoor } from './front-door.ts';
import { makeOriginPolicy } from './origin-policy.ts';

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A real server with our front door; behind it a page that says what reached it. */
async function open(
  environment: Record<string, string> = {},
  notReady: () => Promise<string | null> = async () => null,
) {
  const config = readConfig(environment);
  const lines: string[] = [];
  const log = makeLog('silent', false);
  const policy = makeOriginPolicy(config.origin, config.trustedProxies);
  const door = makeFrontDoor({
    policy,
    log,
    notReady,
    api: (incoming, response) => {
      if (!incoming.url?.startsWith('/api/')) return false;
      response.end('api');
      return true;
    },
  });
  const server = createServer((incoming, response) =>
    door(incoming, response, () => {
      const current = (
        Reflect.get(globalThis, currentRequestKey) as { getStore(): CurrentRequest }
      ).getStore();
      lines.push(current.address);
      response.end(
        JSON.stringify({ address: current.address, cookie: current.cookie, headers: incoming.headers }),
      );
    }),
  );
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return async (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> => {
    const asked = request({
      host: '127.0.0.1',
      port,
      path,
      method,
      headers: { host: `localhost:${port}`, ...headers },
    });
    asked.end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    let body = '';
    for await (const chunk of response) body += String(chunk);
    return { status: response.statusCode ?? 0, headers: response.headers, body };
  };
}

const https = { ORIGIN: 'https://plan.example.org', TRUSTED_PROXIES: '127.0.0.1' };
const own = { host: 'plan.example.org' };

describe('the name of the server', () => {
  test('[HT1] without ORIGIN is a loopback name, on any port', async () => {
    const ask = await open();
    for (const host of ['localhost', 'LOCALHOST:8080', '127.0.0.1:3000', '[::1]:3000']) {
      expect((await ask('/', { host })).status).toBe(200);
    }
    for (const host of [
      'example.org',
      'localhost.example.org',
      '127.0.0.1.example.org',
      '192.168.0.7',
      'localhost@example.org',
      '@localhost',
      'localhost/',
      'localhost#x',
      'local host',
    ]) {
      const answer = await ask('/', { host });
      expect(answer.status, host).toBe(421);
      expect(answer.body).toMatch(/does not answer under the name .*Set ORIGIN/);
    }
  });

  test('[HT1] with ORIGIN is its host and port, and no other', async () => {
    const ask = await open(https);
    for (const host of ['plan.example.org', 'PLAN.example.org', 'plan.example.org:443']) {
      expect((await ask('/', { host })).status).toBe(200);
    }
    for (const host of [
      'localhost',
      'plan.example.org:8443',
      'evil.plan.example.org',
      'plan.example.org.evil.org',
    ]) {
      expect((await ask('/', { host })).status).toBe(421);
    }
  });

  test('[HT1] cannot be lied about by forwarding headers', async () => {
    const ask = await open();
    expect((await ask('/', { host: 'example.org', 'x-forwarded-host': 'localhost' })).status).toBe(421);
    const { headers } = JSON.parse(
      (await ask('/', { 'x-throughline-host': 'evil.org', 'x-throughline-address': '6.6.6.6' })).body,
    );
    expect(headers['x-throughline-host']).toMatch(/^localhost:\d+$/);
    expect(headers['x-throughline-address']).toBe('127.0.0.1');
    expect(headers['x-throughline-protocol']).toBe('http');
  });
});

describe('a request that may change something', () => {
  const types = [
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/json',
    'application/x-sveltekit-formdata',
    '',
  ];
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.org' },
    { 'sec-fetch-site': 'same-site', origin: 'https://other.example.org' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.org' },
    { origin: 'null' },
    { origin: 'http://plan.example.org' },
    { origin: 'https://plan.example.org:8443' },
    { origin: 'https://plan.example.org.evil.org' },
    { cookie: '__Host-session=a.b' },
  ];

  test('[HT2] is refused from another site, by any method and content type', async () => {
    const ask = await open(https);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      for (const type of types) {
        for (const headers of foreign) {
          const answer = await ask(
            '/settings',
            { ...own, ...headers, ...(type ? { 'content-type': type } : {}) },
            method,
          );
          expect(answer.status, `${method} ${type} ${JSON.stringify(headers)}`).toBe(403);
        }
      }
    }
  });

  test('[PK18] is refused for passkeys from another site, in JSON or as a form', async () => {
    const ask = await open(https);
    for (const path of [
      ...['/sign-in/passkey', '/sign-in/passkey/begin', '/settings/account/passkey'],
      ...['/settings/account/passkey/begin', '/settings/account?/removePasskey'],
    ]) {
      for (const headers of foreign) {
        for (const type of types) {
          const sent = { ...own, ...headers, ...(type ? { 'content-type': type } : {}) };
          expect((await ask(path, sent, 'POST')).status, `${path} ${JSON.stringify(headers)}`).toBe(403);
        }
      }
      const fromHere = { 'sec-fetch-site': 'same-origin', origin: 'https://plan.example.org' };
      expect((await ask(path, { ...own, ...fromHere }, 'POST')).status).toBe(200);
    }
  });

  test('[HT2] passes from a page of our own, and from a script that brings no cookie', async () => {
    const ask = await open(https);
    for (const headers of [
      { 'sec-fetch-site': 'same-origin', origin: 'https://plan.example.org', cookie: '__Host-session=a.b' },
      { origin: 'https://plan.example.org', cookie: '__Host-session=a.b' },
      {},
    ]) {
      expect((await ask('/settings', { ...own, ...headers } as Record<string, string>, 'POST')).status).toBe(
        200,
      );
    }
    expect((await ask('/board/1', { ...own, 'sec-fetch-site': 'cross-site' })).status).toBe(200);
  });
});

describe('every answer', () => {
  test('[HT3] forbids sniffing, framing and leaking', async () => {
    const plain = (await (await open())('/')).headers;
    expect(plain).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'x-frame-options': 'SAMEORIGIN',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'private, no-cache',
      'permissions-policy': expect.stringContaining('camera=()'),
    });
    expect(plain['strict-transport-security']).toBeUndefined();
    const ask = await open(https);
    expect((await ask('/', own)).headers['strict-transport-security']).toBe('max-age=31536000');
    expect((await ask('/api/v1/x', own)).headers['x-content-type-options']).toBe('nosniff');
  });

  test('[HT4] of an invite names its address to nobody', async () => {
    const { headers } = await (await open())('/invite/abc123');
    expect(headers).toMatchObject({
      'referrer-policy': 'strict-origin',
      'x-robots-tag': 'noindex, nofollow',
    });
  });
});

describe('the sign-in cookie', () => {
  test('[HT5] is bound to the host over https and on loopback, else an ordinary one', async () => {
    const style = async (environment: Record<string, string>, host: Record<string, string>) =>
      JSON.parse((await (await open(environment))('/', host)).body).cookie;
    const bound = { name: '__Host-session', secure: true };
    expect(await style({}, {})).toEqual(bound);
    expect(await style({}, { host: '[::1]:3000' })).toEqual(bound);
    expect(await style(https, own)).toEqual(bound);
    const lan = { ORIGIN: 'http://192.168.1.20:3000' };
    expect(await style(lan, { host: '192.168.1.20:3000' })).toEqual({ name: 'session', secure: false });
  });
});

describe('the address of the far end', () => {
  const seen = async (environment: Record<string, string>, forwarded: string) =>
    JSON.parse((await (await open(environment))('/', { ...own, 'x-forwarded-for': forwarded })).body).address;

  test('[HT6] is the socket’s unless a trusted proxy says another', async () => {
    expect(await seen({ ORIGIN: https.ORIGIN }, '6.6.6.6')).toBe('127.0.0.1');
    expect(await seen(https, '203.0.113.9')).toBe('203.0.113.9');
    expect(await seen(https, '6.6.6.6, 203.0.113.9')).toBe('203.0.113.9');
    expect(await seen({ ...https, TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8' }, '203.0.113.9, 10.1.1.1')).toBe(
      '203.0.113.9',
    );
    expect(await seen(https, 'not an address')).toBe('127.0.0.1');
    expect(await seen(https, '')).toBe('127.0.0.1');
  });
});

describe('health', () => {
  test('[HT7] is told under any name; ready only when it is', async () => {
    let reason: string | null = null;
    const ask = await open({}, async () => {
      if (reason === 'throw') throw new Error('the pool is gone');
      return reason;
    });
    const host = { host: '10.0.0.5:3000' };
    expect(await ask('/healthz', host)).toMatchObject({ status: 200, body: 'alive\n' });
    expect(await ask('/readyz', host)).toMatchObject({ status: 200, body: 'ready\n' });
    reason = 'the server is going down';
    expect(await ask('/readyz', host)).toMatchObject({ status: 503, body: 'the server is going down\n' });
    reason = 'throw';
    expect((await ask('/readyz', host)).status).toBe(503);
    expect((await ask('/healthz', host)).status).toBe(200);
  });
});
