import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { makeAssertionDoor } from '../../server/auth/provider/assertion-door.ts';
import { readConfig } from '../../server/config.ts';
import { makeFrontDoor } from '../../server/http/front-door.ts';
import { makeOriginPolicy } from '../../server/http/origin-policy.ts';
import { makeLog } from '../../server/log.ts';
import { startSaml } from '../support/saml-provider.ts';

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

/** The front door with the one for assertions; behind it a page. */
async function open(isOpen = true) {
  const config = readConfig({});
  const door = makeFrontDoor({
    policy: makeOriginPolicy(config.origin, config.trustedProxies),
    log: makeLog('silent', false),
    notReady: () => Promise.resolve(null),
    api: makeAssertionDoor(isOpen),
  });
  const server = createServer((request, response) => door(request, response, () => response.end('a page')));
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return (
    path: string,
    body: URLSearchParams | string,
    headers: Record<string, string> = {},
    method = 'POST',
  ) =>
    fetch(`${url}${path}`, {
      method,
      ...(method === 'GET' ? {} : { body }),
      headers: { origin: 'https://idp.example.org', 'sec-fetch-site': 'cross-site', ...headers },
    });
}

const form = (answer: string) => new URLSearchParams({ SAMLResponse: answer, RelayState: '' });

test('[SM8] the form of a provider is let in, sets nothing, and leads on to a page of ours with the same', async () => {
  const post = await open();
  const answer = await post('/sign-in/saml/back', form('PHg+\r\nPC94Pg=='));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('set-cookie')).toBeNull();
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/default-src 'none'.*form-action 'self'/);
  const page = await answer.text();
  expect(page).toContain('<form method="post" action="/sign-in/saml/finish">');
  expect(page).toContain('name="SAMLResponse" value="PHg+PC94Pg=="');
  expect(page).toContain('<button>Go on</button>');
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
  expect(page).toContain(`<script nonce="${nonce}">`);
  const again = await post('/sign-in/saml/back', form('PHg+'));
  expect(again.headers.get('content-security-policy')).not.toBe(policy);
});

test('[SM8] nothing else of another site is let in, and no markup comes through', async () => {
  const post = await open();
  for (const path of ['/sign-in/saml/finish', '/sign-in/saml/back/x', '/sign-in/saml', '/settings/account']) {
    expect((await post(path, form('PHg+'))).status, path).toBe(403);
  }
  for (const method of ['PUT', 'DELETE']) {
    expect((await post('/sign-in/saml/back', form('PHg+'), {}, method)).status, method).toBe(403);
  }
  const marked = await post('/sign-in/saml/back', form('"><script>alert(1)</script>'));
  expect([marked.status, await marked.text()]).toEqual([400, expect.not.stringContaining('<script')]);
  for (const body of [form(''), new URLSearchParams({ x: 'y' }), form('A'.repeat(600_000))]) {
    expect((await post('/sign-in/saml/back', body)).status).toBe(400);
  }
  const json = await post('/sign-in/saml/back', '{}', { 'content-type': 'application/json' });
  expect(json.status).toBe(400);
});

test('[SM8] without a SAML provider the door is shut', async () => {
  const post = await open(false);
  expect((await post('/sign-in/saml/back', form('PHg+'))).status).toBe(403);
});

test('[SM11] the settings belong together and hold certificates', async () => {
  const idp = await startSaml();
  await idp.close();
  const { environment, settings } = idp;
  const certificate = environment['SAML_CERTIFICATE'] ?? '';
  expect(readConfig({ ...environment, SAML_NAME: '' }).saml).toMatchObject({
    ...{ entryPoint: settings.entryPoint, issuer: settings.issuer },
    name: new URL(settings.entryPoint).host,
  });
  const two = readConfig({ ...environment, SAML_CERTIFICATE: `${certificate}\n${certificate}\n` });
  expect(two.saml?.certificates).toHaveLength(2);
  expect(readConfig({}).saml).toBeNull();
  for (const name of ['SAML_ENTRY_POINT', 'SAML_ISSUER', 'SAML_CERTIFICATE']) {
    expect(() => readConfig({ ...environment, [name]: '' }), name).toThrow(/belong together/);
  }
  for (const wrong of ['x', `${certificate} and more`, certificate.replace('MII', 'AAA')]) {
    const found = () => readConfig({ ...environment, SAML_CERTIFICATE: wrong });
    expect(found).toThrow(/SAML_CERTIFICATE is not right; allowed: one or more certificates as PEM/);
  }
});
