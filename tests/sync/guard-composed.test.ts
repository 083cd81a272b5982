import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeRecord } from '#board/document.ts';
import type { SessionCommand } from '#domain/facilitation/command.ts';
import type { Viewer } from '#server/app.ts';
import { compose, type Composition } from '#server/compose.ts';
import { readConfig } from '#server/config.ts';
import { encodeEdit, encodeOpenOutbox } from '#protocol/messages.ts';
import { password, value } from '../planning/world.ts';
import { area, objective } from '../support/board-records.ts';
import { openTestStore } from '../support/embedded.ts';
import { RawClient } from './support/raw-client.ts';

/** Told at once, not found out when rights are looked at again a minute later; a busy machine may take its time. */
const promptlyMs = 10_000;

/** Rights, levels and locks of a whole server, on real sockets, with real sign-ins, tokens and tickets. */
let composition: Composition;
let server: Server;
let origin: string;
let dataDir: string;
let dispose: () => Promise<void>;
let ana: Viewer;
let board: string;
const client = { address: '127.0.0.1', userAgent: 'test' };
const closed = area('closed');

const start = async (): Promise<void> => {
  composition = await compose(readConfig({ DATA_DIR: dataDir }), { log: pino({ level: 'silent' }) });
  server = createServer((request, response) =>
    composition.frontDoor(request, response, () => response.end()),
  );
  server.on('upgrade', (request, socket, head) => composition.handleUpgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const stop = async (): Promise<void> => {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await composition.close();
};

beforeAll(async () => {
  const prepared = await openTestStore();
  await prepared.store.close();
  ({ dataDir, dispose } = prepared);
  await start();
  const { auth, planning } = composition.application;
  const input = { organisation: 'Acme', name: 'Ana', email: 'ana@example.org', password, teams: ['Red'] };
  ana = value(await auth.setup(input, client)).viewer;
  board = value(await planning.createBoard(ana, { title: 'Plan', template: 'blank' })).id;
});
afterAll(async () => {
  await stop();
  await dispose();
});

const join = async (name: string): Promise<{ viewer: Viewer; cookie: string }> => {
  const { auth } = composition.application;
  const invite = value(await auth.createInvite(ana, { role: 'member' }));
  const email = `${name}-${randomBytes(4).toString('hex')}@example.org`;
  return value(await auth.acceptInvite(invite.token, { name, email, password }, client));
};
const withCookie = (cookie: string) => ({ cookie: `__Host-session=${cookie}`, origin });
const sockets = (): string => `${origin.replace('http', 'ws')}/sync`;

/** Writes one card after the other until it is stopped; the answer tells when the last of them was acknowledged. */
async function writeOn(
  who: Record<string, string>,
  query = '',
): Promise<{ wrote: Promise<void>; ended: Promise<number> }> {
  const id = Math.floor(Math.random() * 2 ** 31);
  const raw = await RawClient.connect(sockets(), board, who, `v=1&client=${id}${query}`);
  raw.doc.clientID = id;
  raw.send(encodeOpenOutbox(0, randomBytes(16).toString('hex')));
  let first = (): void => {};
  const wrote = new Promise<void>((resolve) => (first = resolve));
  const run = async (): Promise<number> => {
    let last = 0;
    for (let n = 1; ; n++) {
      const bytes = raw.edit((doc) => writeRecord(doc, objective(`${id}-${n}`)));
      raw.send(encodeEdit(0, n, bytes));
      await raw.until(() => (raw.acks.at(-1)?.n ?? 0) >= n || raw.nacks.length > 0 || raw.closed !== null);
      if ((raw.acks.at(-1)?.n ?? 0) < n) break;
      last = performance.now();
      if (n > 3) first();
    }
    await raw.end();
    return last;
  };
  return { wrote, ended: run() };
}

test('[GU17] suspended, made an observer, signed out, token or ticket revoked: nothing is kept a second later', async () => {
  const { auth, organisations } = composition.application;
  const [suspended, demoted, signedOut, byToken, byTicket] = await Promise.all(
    ['Sue', 'Dan', 'Sid', 'Tom', 'Tia'].map(join),
  );
  if (!suspended || !demoted || !signedOut || !byToken || !byTicket) throw new Error('nobody joined');
  const token = value(await auth.createToken(byToken.viewer, { name: 'script', scope: 'write', days: 1 }));
  const { ticket } = value(await auth.createTicket(byTicket.viewer, board));
  const cases: { who: Record<string, string>; query?: string; revoke: () => Promise<unknown> }[] = [
    {
      who: withCookie(suspended.cookie),
      revoke: async () =>
        value(await organisations.changeMember(ana, suspended.viewer.memberId, { suspended: true })),
    },
    {
      who: withCookie(demoted.cookie),
      revoke: async () =>
        value(await organisations.changeMember(ana, demoted.viewer.memberId, { role: 'observer' })),
    },
    {
      who: withCookie(signedOut.cookie),
      revoke: () => auth.signOut(signedOut.viewer.signInId ?? ''),
    },
    {
      who: { authorization: `Bearer ${token.token}` },
      revoke: async () => value(await auth.revokeToken(byToken.viewer, token.view.id)),
    },
    {
      who: {},
      query: `&ticket=${ticket}`,
      revoke: async () =>
        value(await organisations.changeMember(ana, byTicket.viewer.memberId, { suspended: true })),
    },
  ];
  for (const { who, query, revoke } of cases) {
    const { wrote, ended } = await writeOn(who, query);
    await wrote;
    const asked = performance.now();
    await revoke();
    const last = await ended;
    expect(last).toBeGreaterThan(0);
    expect(last - asked).toBeLessThan(promptlyMs);
  }
});

test('[AC5] a board closed to somebody shuts the windows in which he has it open, within a second', async () => {
  const { planning } = composition.application;
  const eve = await join('Eve');
  const { wrote, ended } = await writeOn(withCookie(eve.cookie));
  await wrote;
  const asked = performance.now();
  value(await planning.changeBoard(ana, board, { scope: 'private' }));
  expect((await ended) - asked).toBeLessThan(promptlyMs);
  const again = await RawClient.connect(sockets(), board, withCookie(eve.cookie), 'v=1&client=1').catch(
    () => null,
  );
  await again?.until(() => again.closed !== null);
  expect((await planning.board(eve.viewer, board)).ok).toBe(false);
  value(await planning.changeBoard(ana, board, { scope: 'organisation' }));
});

test('[GU16] levels, locks and pause are set over the API, hold on open sockets, and survive a restart', async () => {
  const token = value(
    await composition.application.auth.createToken(ana, { name: 'script', scope: 'write', days: 1 }),
  ).token;
  const ask = async (
    method: string,
    body?: unknown,
  ): Promise<{ status: number; guard: Record<string, unknown> }> => {
    const answer = await fetch(`${origin}/api/v1/boards/${board}/guard`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, guard: (await answer.json()) as Record<string, unknown> };
  };
  const ben = await join('Ben');
  const { wrote, ended } = await writeOn(withCookie(ben.cookie));
  await wrote;
  const asked = performance.now();
  expect(await ask('POST', { act: 'pause' })).toMatchObject({
    status: 200,
    guard: { paused: { by: ana.personId } },
  });
  expect((await ended) - asked).toBeLessThan(promptlyMs);
  expect((await ask('POST', { act: 'set-area', area: 'shape:a', level: 'read' })).status).toBe(200);
  expect((await ask('POST', { act: 'lock', record: 'shape:c', kind: 'facilitator' })).status).toBe(200);
  expect((await ask('POST', { act: 'set-area', area: 'shape:a', level: 'nobody' })).status).toBe(422);
  const refusal = await composition.application.planning.changeGuard(ben.viewer, board, {
    act: 'unlock',
    record: 'shape:c',
  });
  expect(refusal).toMatchObject({ ok: false, refusal: { code: 'locked' } });
  await stop();
  await start();
  const { guard } = await ask('GET');
  expect(guard).toMatchObject({
    areas: { 'shape:a': { level: 'read' } },
    locks: { 'shape:c': { kind: 'facilitator', by: ana.personId } },
    paused: { by: ana.personId },
  });
  expect((await ask('POST', { act: 'resume' })).guard).toMatchObject({ paused: null });
});

test('[GU10] a member locks the own card and nobody else’s', async () => {
  const { planning } = composition.application;
  const cy = await join('Cy');
  const raw = await RawClient.connect(sockets(), board, withCookie(cy.cookie), 'v=1&client=77');
  raw.send(encodeOpenOutbox(0, randomBytes(16).toString('hex')));
  raw.send(
    encodeEdit(
      0,
      1,
      raw.edit((doc) => writeRecord(doc, objective('of-cy'))),
    ),
  );
  await raw.until(() => raw.acks.length > 0);
  const lock = (viewer: Viewer) =>
    planning.changeGuard(viewer, board, { act: 'lock', record: 'shape:of-cy', kind: 'item' });
  const dee = await join('Dee');
  expect(await lock(dee.viewer)).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
  expect(value(await lock(cy.viewer)).locks['shape:of-cy']).toMatchObject({ by: cy.viewer.personId });
  await raw.end();
});

test('[GU23] who leads the session on the board sets levels, locks and the pause, on open sockets too, and only while it runs', async () => {
  const { planning, facilitation } = composition.application;
  const fay = await join('Fay');
  const gus = await join('Gus');
  const place = value(await planning.createBoard(ana, { title: 'Led', template: 'blank' })).id;
  const raw = await RawClient.connect(sockets(), place, withCookie(fay.cookie), 'v=1&client=91');
  raw.doc.clientID = 91;
  raw.send(encodeOpenOutbox(0, randomBytes(16).toString('hex')));
  let n = 0;
  const write = async (card: string): Promise<'kept' | 'refused'> => {
    const nacks = raw.nacks.length;
    const bytes = raw.edit((doc) => writeRecord(doc, objective(card, {}, { parentId: 'shape:closed' })));
    raw.send(encodeEdit(0, ++n, bytes));
    await raw.until(() => (raw.acks.at(-1)?.n ?? 0) >= n || raw.nacks.length > nacks);
    return raw.nacks.length > nacks ? 'refused' : 'kept';
  };
  raw.send(
    encodeEdit(
      0,
      ++n,
      raw.edit((doc) => writeRecord(doc, closed)),
    ),
  );
  await raw.until(() => raw.acks.length > 0);
  const shut = { act: 'set-area', area: 'shape:closed', level: 'read' } as const;
  expect(await planning.changeGuard(fay.viewer, place, shut)).toMatchObject({
    refusal: { code: 'forbidden' },
  });
  const open = async (by: Viewer): Promise<string> =>
    value(await facilitation.plan(by, { kind: 'custom', title: 'Planning', boardId: place })).session.id;
  const say = async (by: Viewer, id: string, command: SessionCommand): Promise<void> => {
    const { rev } = value(await facilitation.session(by, id)).session;
    value(await facilitation.command(by, id, { command, expectedRev: rev }));
  };
  const own = await open(fay.viewer);
  await say(fay.viewer, own, { type: 'start' });
  await say(fay.viewer, own, { type: 'arrive' });
  expect(
    await planning.changeGuard(fay.viewer, place, shut),
    'a session of her own on another’s board',
  ).toMatchObject({ refusal: { code: 'forbidden' } });
  await say(fay.viewer, own, { type: 'end', leaveOpen: true });

  const called = await open(ana);
  const lead = (command: SessionCommand): Promise<void> => say(fay.viewer, called, command);
  await say(ana, called, { type: 'start' });
  await say(ana, called, { type: 'arrive' });
  await lead({ type: 'arrive' });
  expect(await planning.changeGuard(fay.viewer, place, shut)).toMatchObject({ ok: false });
  await say(ana, called, { type: 'add-facilitator', person: fay.viewer.personId });
  expect(value(await planning.changeGuard(fay.viewer, place, shut))).toMatchObject({
    facilitators: [ana.personId, fay.viewer.personId].sort(),
    areas: { 'shape:closed': { level: 'read', by: fay.viewer.personId } },
  });
  const lock = { act: 'lock', record: 'shape:closed', kind: 'facilitator' } as const;
  value(await planning.changeGuard(fay.viewer, place, lock));
  for (const act of [
    { act: 'pause' },
    { act: 'resume' },
    { act: 'unlock', record: 'shape:closed' },
  ] as const) {
    expect(await planning.changeGuard(gus.viewer, place, act)).toMatchObject({ ok: false });
    value(await planning.changeGuard(fay.viewer, place, act));
  }
  expect(await write('by-who-leads')).toBe('kept');
  await lead({ type: 'end', leaveOpen: true });
  expect(await planning.changeGuard(fay.viewer, place, { act: 'pause' })).toMatchObject({ ok: false });
  expect(await write('by-who-led')).toBe('refused');
  expect(value(await planning.guard(ana, place)).facilitators).toEqual([]);
  await raw.end();
});
