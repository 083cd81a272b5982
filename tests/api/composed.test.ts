import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { compose, type Composition } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { openTestStore } from '../support/embedded.ts';
import { realPlan } from '../planning/plan-files.ts';
import { password } from '../planning/world.ts';

let composition: Composition;
let server: Server;
let url: string;
let dispose: () => Promise<void>;
let token = '';

beforeAll(async () => {
  const prepared = await openTestStore();
  await prepared.store.close();
  dispose = prepared.dispose;
  const config = readConfig({ DATA_DIR: prepared.dataDir, PORT: '3000' });
  // A Thursday in the plan's first week: what it plans can still be promised, and a check-in is open.
  const now = () => Date.parse('2025-01-02T10:00Z');
  composition = await compose(config, { log: pino({ level: 'silent' }), now });
  server = createServer((request, response) => {
    composition.frontDoor(request, response, () => response.writeHead(200).end('a page'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await composition.close();
  await dispose();
});

interface Got {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Got> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const owner = { organisation: 'The Rust Project', name: 'Ana Lima', email: 'ana@example.org', password };

test('[AP13] set-up from this machine is free once; through a proxy it asks for the token of the log', async () => {
  const proxied = await call('POST', '/setup', owner, { 'x-forwarded-for': '203.0.113.9' });
  expect(proxied).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  const wrong = await call(
    'POST',
    '/setup',
    { ...owner, setupToken: 'guess' },
    { 'x-forwarded-for': '203.0.113.9' },
  );
  expect(wrong.status).toBe(403);
  const weak = await call('POST', '/setup', { ...owner, password: 'password' });
  expect(weak.status).toBe(422);
  const done = await call('POST', '/setup', owner);
  expect(done).toMatchObject({
    status: 201,
    body: {
      organisation: { name: 'The Rust Project' },
      user: { name: 'Ana Lima', email: 'ana@example.org' },
    },
  });
  token = done.body.token as string;
  expect(token).toMatch(/^tl_/);
  expect((await call('POST', '/setup', owner)).status).toBe(409);
});

test('[AP14][PL60] a plan goes from a file to promises that are kept, through the API alone', async () => {
  const board = await call('POST', '/boards', { title: '2025H1' });
  expect(board).toMatchObject({ status: 201, body: { url: `/board/${String(board.body.id)}` } });
  const id = String(board.body.id);
  const imported = await call('POST', `/boards/${id}/import`, realPlan());
  expect(imported).toMatchObject({ status: 200, body: { newTeams: 19, newPeople: 58 } });
  const planned = await call('GET', `/boards/${id}/plan`);
  expect((planned.body.plan as { objectives: unknown[] }).objectives).toHaveLength(42);
  const dry = await call('POST', `/boards/${id}/commit`, { dryRun: true });
  expect(dry.body).toMatchObject({ snapshot: null, commitments: [] });
  const blocked = await call('POST', `/boards/${id}/commit`, {});
  expect(blocked).toMatchObject({ status: 422, body: { code: 'blocked' } });
  const overrides = { reason: 'As published.' };
  const pressed = await Promise.all([1, 2].map(() => call('POST', `/boards/${id}/commit`, { overrides })));
  expect(pressed.map(({ status }) => status)).toEqual([200, 200]);
  const [one, two] = pressed.map(
    ({ body }) => body as unknown as { snapshot: { id: string }; commitments: string[] },
  );
  expect(two?.snapshot.id).toBe(one?.snapshot.id);
  expect(one?.commitments).toHaveLength(40);
  const listed = await call('GET', `/commitments?board=${id}&state=proposed`);
  expect(listed.body.items).toHaveLength(40);
  const notMine = await call('POST', `/commitments/${one?.commitments[0] ?? ''}/accept`, { confidence: 50 });
  expect(notMine).toMatchObject({ status: 403, body: { code: 'not-yours' } });
  const asks = await call('GET', `/dependencies?board=${id}`);
  expect((asks.body.items as unknown[]).length).toBeGreaterThan(140);
  const frozen = await call('GET', `/snapshots/${one?.snapshot.id ?? ''}`);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Buffer.from(frozen.body.document as string, 'base64'));
  expect(doc.getMap('records').size).toBeGreaterThan(200);
  const ticket = await call('POST', `/boards/${id}/tickets`);
  expect(ticket.status).toBe(201);
});

test('[AP14] an owner accepts and checks in', async () => {
  const me = await call('GET', '/me');
  const key = String(me.body.personKey);
  const board = await call('POST', '/boards', { title: 'Mine' });
  const id = String(board.body.id);
  const plan = {
    format: 'throughline-plan/1',
    title: 'Mine',
    period: { label: 'Q1', start: '2025-01-01', end: '2025-03-31' },
    teams: [{ key: 'everyone', name: 'Everyone' }],
    people: [{ key, name: 'Ana Lima' }],
    objectives: [{ key: 'mine', title: 'Ship it', team: 'everyone', owner: key, status: 'committed' }],
  };
  expect((await call('POST', `/boards/${id}/import`, plan)).status).toBe(200);
  const committed = await call('POST', `/boards/${id}/commit`, {});
  const [commitment] = committed.body.commitments as string[];
  const accepted = await call('POST', `/commitments/${commitment ?? ''}/accept`, { confidence: 80 });
  expect(accepted).toMatchObject({
    status: 200,
    body: { status: 'committed', baseline: { due: '2025-03-31' } },
  });
  const said = await call('POST', `/commitments/${commitment ?? ''}/check-ins`, {
    status: 'risk',
    confidence: 40,
    whatChanged: 'Slow',
  });
  expect(said).toMatchObject({ status: 201, body: { reportedStatus: 'risk', confidence: 40 } });
  const stale = await call('POST', `/commitments/${commitment ?? ''}/complete`, {
    evidence: 'It is out',
    version: 1,
  });
  expect(stale).toMatchObject({ status: 409, body: { code: 'changed-meanwhile' } });
  expect((await call('GET', '/inbox')).body.mine).toHaveLength(1);
});

test('[AP2] a visitor of the example sees nothing of another organisation, nor the reverse', async () => {
  const entered = await composition.application.example.enter({ address: '127.0.0.1', userAgent: 'test' });
  if (!entered.ok) throw new Error(entered.refusal.message);
  const boards = await call('GET', '/boards');
  const own = (boards.body.items as { id: string }[]).map((it) => it.id);
  expect(own).not.toContain(entered.value.boardId);
  const [first] = own;
  const mine = token;
  token = '';
  const cookie = `__Host-session=${entered.value.cookie}`;
  expect((await call('GET', `/boards/${first ?? ''}`, undefined, { cookie })).status).toBe(404);
  expect((await call('GET', `/boards/${entered.value.boardId}`, undefined, { cookie })).status).toBe(200);
  expect(((await call('GET', '/commitments', undefined, { cookie })).body.items as unknown[]).length).toBe(
    40,
  );
  token = mine;
  expect((await call('GET', `/boards/${entered.value.boardId}`)).status).toBe(404);
});
