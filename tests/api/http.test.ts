import { request as rawRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiRoutes } from '../../server/api/table.ts';
import { apiToken, idempotentAnswer } from '../../server/store/schema.ts';
import type { Viewer } from '../../server/app.ts';
import { asText, realPlan, smallPlan } from '../planning/plan-files.ts';
import { password, value } from '../planning/world.ts';
import { openApiWorld, type ApiWorld } from './api-world.ts';

let world: ApiWorld;
let ana: string;
let finn: Viewer;

beforeAll(async () => {
  world = await openApiWorld();
  ana = await world.token(world.ana);
  finn = await world.join('Finn', 'observer');
});
afterAll(() => world.dispose());

const newBoard = async (): Promise<string> => {
  const made = await world.call('POST', '/boards', { token: ana, body: { title: 'Board' } });
  expect(made.status).toBe(201);
  return made.body.id ?? '';
};

describe('errors', () => {
  test('[AP4] an unknown path is 404, a wrong method 405 with what is possible', async () => {
    const unknown = await world.call('GET', '/nothing', { token: ana });
    expect(unknown.status).toBe(404);
    expect(unknown.headers.get('content-type')).toBe('application/problem+json');
    expect(unknown.body).toMatchObject({ code: 'not-found', status: 404 });
    expect((await world.call('GET', '/boards/not-a-uuid', { token: ana })).status).toBe(404);
    const method = await world.call('DELETE', '/boards', { token: ana });
    expect(method.status).toBe(405);
    expect(method.headers.get('allow')).toBe('GET, POST');
    expect((await fetch(`${world.url}/elsewhere`)).status).toBe(404);
    expect(await (await fetch(`${world.url}/api/v10`)).text()).toBe('a page');
  });

  test('[AP3][AP15] bad input names every fault with its path and changes nothing', async () => {
    const bad = [
      { body: '{"title": ', status: 400, code: 'broken-json' },
      { body: { title: 7, template: 'x', extra: true }, status: 422, code: 'invalid' },
      { body: '{"title":"x","__proto__":{"admin":true}}', status: 422, code: 'invalid' },
      { body: [], status: 422, code: 'invalid' },
      { body: { title: '   ' }, status: 422, code: 'invalid' },
    ];
    const before = await world.call('GET', '/boards', { token: ana });
    for (const { body, status, code } of bad) {
      const answer = await world.call('POST', '/boards', { token: ana, body });
      expect(answer.body).toMatchObject({ status, code });
      expect(answer.body.detail?.length).toBeGreaterThan(10);
    }
    const two = await world.call('POST', '/boards', { token: ana, body: { title: 7, template: 'x' } });
    expect(JSON.stringify(two.body.faults)).toContain('"path":"template"');
    const form = await world.call('POST', '/boards', {
      token: ana,
      body: 'title=x',
      headers: { 'content-type': 'text/plain' },
    });
    expect(form.body).toMatchObject({ status: 415, code: 'not-json' });
    expect((await world.call('GET', '/boards', { token: ana })).text).toBe(before.text);
  });

  test('[AP5] a body beyond the limit is 413 and names the limit', async () => {
    const large = await world.call('POST', '/boards', { token: ana, body: { title: 'x'.repeat(600_000) } });
    expect(large.body).toMatchObject({ status: 413, code: 'body-too-large' });
    expect(large.body.detail).toContain('512 kB');
    const id = await newBoard();
    const file = await world.call('POST', `/boards/${id}/import`, {
      token: ana,
      body: 'x'.repeat(26 * 1024 * 1024),
    });
    expect(file.body).toMatchObject({ status: 413, code: 'body-too-large' });
    expect(file.body.detail).toContain('25 MB');
  });

  test('[AP5] a body that does not say how large it is, is stopped at the limit as well', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const sent = rawRequest(`${world.url}/api/v1/boards`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ana}`, 'content-type': 'application/json' },
      });
      sent.on('response', (response) => resolve(response.statusCode ?? 0));
      sent.on('error', reject);
      for (let part = 0; part < 10; part += 1) sent.write('x'.repeat(100_000));
      sent.end();
    });
    expect(status).toBe(413);
  });

  test('[AP17] a failure inside says nothing about the inside', async () => {
    const broken = world.app.planning.boards;
    world.app.planning.boards = () => Promise.reject(new Error('secret of the database'));
    const answer = await world.call('GET', '/boards', { token: ana });
    world.app.planning.boards = broken;
    expect(answer.body).toMatchObject({ status: 500, code: 'internal' });
    expect(answer.text).not.toContain('secret');
    expect(String(world.failures.at(-1))).toContain('secret');
  });
});

describe('who is calling', () => {
  test('[AP1][AP10] no token, an invented, an expired and a revoked one are refused', async () => {
    expect((await world.call('GET', '/me')).body).toMatchObject({ status: 401, code: 'not-signed-in' });
    expect((await world.call('GET', '/me', { token: 'tl_invented' })).status).toBe(401);
    const spent = await world.call('POST', '/tokens', {
      token: ana,
      body: { name: 'x', scope: 'read', days: 1 },
    });
    const { token, view } = spent.body as unknown as { token: string; view: { id: string } };
    expect((await world.call('GET', '/me', { token })).status).toBe(200);
    expect((await world.call('DELETE', `/tokens/${view.id}`, { token: ana })).status).toBe(200);
    expect((await world.call('GET', '/me', { token })).status).toBe(401);
    const late = await world.token(world.ana);
    await world.store.db.update(apiToken).set({ expiresAt: new Date(Date.now() - 1_000) });
    expect((await world.call('GET', '/me', { token: late })).status).toBe(401);
    ana = await world.token(world.ana);
  });

  test('[AP2] a read token and an observer only read', async () => {
    const read = await world.token(world.ana, 'read');
    const observer = await world.token(finn, 'read');
    for (const token of [read, observer]) {
      expect((await world.call('GET', '/boards', { token })).status).toBe(200);
      const made = await world.call('POST', '/boards', { token, body: { title: 'x' } });
      expect(made.body).toMatchObject({ status: 403, code: 'read-only' });
    }
  });

  test('[AP9] a cookie changes something only from a page of this server', async () => {
    const signedIn = value(
      await world.auth.signIn({ email: 'ana@example.org', password }, { address: '::1', userAgent: '' }),
    );
    const cookie = `__Host-session=${signedIn.cookie}`;
    const post = (headers: Record<string, string>) =>
      world.call('POST', '/boards', { body: { title: 'By page' }, headers: { cookie, ...headers } });
    expect((await world.call('GET', '/me', { headers: { cookie } })).status).toBe(200);
    expect((await post({})).body).toMatchObject({ status: 403, code: 'cross-site' });
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ origin: 'null' })).status).toBe(403);
    expect((await post({ origin: world.url, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post({ origin: world.url })).status).toBe(201);
    expect((await post({ 'sec-fetch-site': 'same-origin' })).status).toBe(201);
  });
});

describe('set-up', () => {
  test('[AP13] a server that has its organisation is not set up again', async () => {
    const again = await world.call('POST', '/setup', {
      body: { organisation: 'Other', name: 'Eve', email: 'eve@example.org', password },
    });
    expect(again.body).toMatchObject({ status: 409, code: 'already-set-up' });
  });
});

describe('Idempotency-Key', () => {
  const boards = async () => (await world.call('GET', '/boards', { token: ana })).body.items?.length ?? 0;

  test('[AP6] the same key, route and body give the first answer again, another body 422', async () => {
    const headers = { 'idempotency-key': 'first' };
    const before = await boards();
    const one = await world.call('POST', '/boards', { token: ana, headers, body: { title: 'Once' } });
    const two = await world.call('POST', '/boards', { token: ana, headers, body: { title: 'Once' } });
    expect([one.status, two.status, two.text]).toEqual([201, 201, one.text]);
    expect(two.headers.get('idempotency-replayed')).toBe('true');
    expect(await boards()).toBe(before + 1);
    const other = await world.call('POST', '/boards', { token: ana, headers, body: { title: 'Twice' } });
    expect(other.body).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
    const otherToken = await world.token(world.ana);
    await world.call('POST', '/boards', { token: otherToken, headers, body: { title: 'Once' } });
    expect(await boards()).toBe(before + 2);
  });

  test('[AP6] a refusal is an answer too and is repeated', async () => {
    const headers = { 'idempotency-key': 'refused' };
    const body = { title: 'x', period: crypto.randomUUID() };
    const answers = [];
    for (let i = 0; i < 2; i += 1)
      answers.push((await world.call('POST', '/boards', { token: ana, headers, body })).text);
    expect(answers[0]).toContain('unknown-period');
    expect(answers[1]).toBe(answers[0]);
  });

  test('[AP7] twins at once do the work once', async () => {
    const headers = { 'idempotency-key': 'twins' };
    const before = await boards();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        world.call('POST', '/boards', { token: ana, headers, body: { title: 'Twin' } }),
      ),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await boards()).toBe(before + 1);
  });

  test('[AP8] kept answers hold no token in clear', async () => {
    const headers = { 'idempotency-key': 'secret' };
    const body = { name: 'kept', scope: 'read', days: 1 };
    const made = await world.call('POST', '/tokens', { token: ana, headers, body });
    const again = await world.call('POST', '/tokens', { token: ana, headers, body });
    expect(again.text).toBe(made.text);
    const rows = await world.store.db.select().from(idempotentAnswer);
    const kept = JSON.stringify(rows);
    expect(kept).not.toContain(made.body.token);
    expect(kept).not.toContain(ana);
  });
});

describe('importing and exporting over HTTP', () => {
  test('[AP16] a long import answers its progress line by line', async () => {
    const id = await newBoard();
    const answer = await world.call('POST', `/boards/${id}/import?progress=1`, {
      token: ana,
      body: realPlan(),
    });
    expect(answer.headers.get('content-type')).toContain('application/x-ndjson');
    const lines = answer.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.slice(0, -1)).toEqual([0, 1, 2, 3].map((done) => ({ done, of: 3 })));
    expect(lines.at(-1)).toMatchObject({ answer: { newTeams: 19 } });
    const broken = await world.call('POST', `/boards/${id}/import?progress=1`, { token: ana, body: '{' });
    expect(JSON.parse(broken.text.trim().split('\n').at(-1) ?? '')).toMatchObject({
      problem: { code: 'not-json' },
    });
  });

  test('[PL10][AP3] a faulty file is 422 with every fault', async () => {
    const id = await newBoard();
    const body = asText(smallPlan({ objectives: [{ title: 'No key' }, { key: 'a', due: 3 }] }));
    const answer = await world.call('POST', `/boards/${id}/import`, { token: ana, body });
    expect(answer.body).toMatchObject({ status: 422, code: 'faulty-plan' });
    expect(answer.body.faults?.length).toBeGreaterThan(1);
  });

  test('[AP18] downloads are attachments in a sandbox', async () => {
    const id = await newBoard();
    await world.call('POST', `/boards/${id}/import`, { token: ana, body: asText(smallPlan()) });
    for (const [format, type] of [
      ['plan', 'application/json'],
      ['csv', 'text/csv'],
      ['md', 'text/markdown'],
      ['tldr', 'application/vnd.tldraw+json'],
      ['svg', 'image/svg+xml'],
    ]) {
      const answer = await world.call('GET', `/boards/${id}/export?format=${format}`, { token: ana });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain(type);
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/);
      expect(answer.headers.get('content-security-policy')).toContain('sandbox');
      expect(answer.text.length).toBeGreaterThan(100);
    }
    expect((await world.call('GET', `/boards/${id}/export?format=exe`, { token: ana })).status).toBe(422);
  });
});

test('[AP12] the description lists every call, with its schemas resolved', async () => {
  const { body, text, status } = await world.call('GET', '/openapi.json');
  expect(status).toBe(200);
  const { openapi, paths, components } = body as unknown as {
    openapi: string;
    paths: Record<string, Record<string, unknown>>;
    components: { schemas: Record<string, unknown> };
  };
  expect(openapi).toBe('3.1.0');
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    expect(components.schemas[name ?? '']).toBeDefined();
  }
  expect(text).not.toContain('#/$defs/');
  const listed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const known = apiRoutes.map(({ method, path }) => `${method} ${path.replace(/:([a-zA-Z]+)/g, '{$1}')}`);
  expect(listed.sort()).toEqual(known.sort());
});

test('[AP11] too many calls are 429 with the seconds to wait', async () => {
  const answers = [];
  for (let i = 0; i < 70; i += 1) answers.push(await world.call('GET', '/me', { token: 'tl_guess' }));
  const last = answers.at(-1);
  expect(last?.body).toMatchObject({ status: 429, code: 'too-many-requests' });
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await world.call('GET', '/me', { token: ana })).status).toBe(200);
});
