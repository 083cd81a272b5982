import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { closeCode } from '../../src/protocol/close-codes.ts';
import { kind } from '../../src/protocol/kinds.ts';
import { readJson } from '../../src/protocol/messages.ts';
import type { Viewer } from '../../server/app.ts';
import { compose, type Composition } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { makeLog } from '../../server/log.ts';
import { given } from '../auth/world.ts';
import { newDataDir } from '../support/embedded.ts';

/** A whole server in this process: real store, real rooms, real sockets. */
let composition: Composition;
let server: Server;
let dataDir: string;
let ana: Viewer;
let anaCookie: string;
let boardId: string;
const password = 'four words make sense';
const client = { address: '127.0.0.1', userAgent: 'test' };

beforeAll(async () => {
  dataDir = await newDataDir();
  composition = await compose(readConfig({ DATA_DIR: dataDir }), { log: makeLog('silent', false) });
  server = createServer((request, response) =>
    composition.frontDoor(request, response, () => response.end('page')),
  );
  server.on('upgrade', (request, socket, head) => {
    if (!composition.handleUpgrade(request, socket, head)) socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { auth, planning } = composition.application;
  ({ viewer: ana, cookie: anaCookie } = given(
    await auth.setup({ organisation: 'Acme', name: 'Ana', email: 'ana@example.org', password }, client),
  ));
  boardId = given(await planning.createBoard(ana, { title: 'Plan', template: 'blank' })).id;
});
afterAll(async () => {
  await composition.close();
  server.close();
  await rm(dataDir, { recursive: true, force: true });
});

const port = (): number => (server.address() as AddressInfo).port;
const page = (): string => `http://localhost:${port()}`;
const cookieOf = (cookie: string): { cookie: string } => ({ cookie: `__Host-session=${cookie}` });

/** What became of an upgrade: its HTTP status when it was turned away, or the first thing the socket did. */
async function knock(
  headers: Record<string, string>,
  { query = '', board = boardId } = {},
): Promise<{ status: number } | { closed: number } | { said: true; socket: WebSocket }> {
  const socket = new WebSocket(`ws://localhost:${port()}/sync/${board}${query}`, { headers });
  return new Promise((resolve) => {
    socket.once('unexpected-response', (_request, response) => resolve({ status: response.statusCode ?? 0 }));
    socket.once('close', (code) => resolve({ closed: code }));
    // An empty document asks for all there is: y-protocols' first step.
    socket.once('open', () => socket.send(Uint8Array.of(0, 0, 1, 0)));
    socket.once('message', () => resolve({ said: true, socket }));
    socket.on('error', () => {});
  });
}

/** A socket that must have opened. */
async function openSocket(
  headers: Record<string, string>,
  where: { query?: string; board?: string } = {},
): Promise<WebSocket> {
  const answer = await knock(headers, where);
  if (!('socket' in answer)) expect.fail(`it did not open: ${JSON.stringify(answer)}`);
  return answer.socket;
}

async function join(name: string, role: 'member' | 'observer' | 'administrator' = 'member') {
  const { auth } = composition.application;
  const { token } = given(await auth.createInvite(ana, { role }));
  return given(await auth.acceptInvite(token, { name, email: `${name}@example.org`, password }, client));
}

/** Number of the last edit that was kept. */
async function headOf(board: string): Promise<number> {
  const snapshot = given(await composition.application.planning.takeSnapshot(ana, board, { why: 'manual' }));
  return snapshot.seq;
}

describe('a board’s socket', () => {
  test('[HT13] opens for a cookie from a page of this origin', async () => {
    const socket = await openSocket({ ...cookieOf(anaCookie), origin: page() });
    socket.terminate();
  });

  test('[HT13] turns every other origin away before it opens, with a cookie or without', async () => {
    const origins = [
      'http://evil.org',
      'null',
      '',
      'https://localhost:' + port(),
      `http://localhost:${port() + 1}`,
      'http://localhost',
      `http://localhost:${port()}.evil.org`,
      `http://localhost.evil.org:${port()}`,
      `http://evil.org#http://localhost:${port()}`,
      `http://localhost:${port()}/`,
      `http://127.0.0.1:${port()}`,
      `HTTP://LOCALHOST:${port()}`,
      `http://user@localhost:${port()}`,
      'file://',
      'chrome-extension://abcdef',
    ];
    for (const origin of origins) {
      for (const headers of [{ origin }, { origin, ...cookieOf(anaCookie) }]) {
        expect(await knock(headers), `origin ${origin}`).toEqual({ status: 403 });
      }
    }
    expect(await knock(cookieOf(anaCookie)), 'a cookie without origin').toEqual({ status: 403 });
    expect(await knock({ host: 'evil.org', origin: 'http://evil.org', ...cookieOf(anaCookie) })).toEqual({
      status: 403,
    });
  });

  test('[HT14] opens for a bearer token without origin, and for a ticket once', async () => {
    const { auth } = composition.application;
    const { token } = given(await auth.createToken(ana, { name: 'script', scope: 'write', days: 1 }));
    (await openSocket({ authorization: `Bearer ${token}` })).terminate();
    const { ticket } = given(await auth.createTicket(ana, boardId));
    (await openSocket({}, { query: `?ticket=${ticket}` })).terminate();
    expect(await knock({}, { query: `?ticket=${ticket}` })).toEqual({ closed: closeCode.unauthorised });
  });

  test('[HT14] tells a bad credential by its close code, and says nothing before', async () => {
    const bad = { closed: closeCode.unauthorised };
    expect(await knock({})).toEqual(bad);
    expect(await knock({ authorization: 'Bearer tl_wrong' })).toEqual(bad);
    expect(await knock({ authorization: 'Basic YTpi' })).toEqual(bad);
    expect(await knock({}, { query: '?ticket=' })).toEqual(bad);
    expect(await knock({ origin: page(), ...cookieOf('a.b') })).toEqual(bad);
    // A wrong ticket is not made good by a right cookie.
    expect(await knock({ origin: page(), ...cookieOf(anaCookie) }, { query: '?ticket=wrong' })).toEqual(bad);
  });

  test('[SN68] does not open for a guest of a session on that very board, whatever the cookie is called', async () => {
    const { facilitation } = composition.application;
    const { session } = given(await facilitation.plan(ana, { kind: 'custom', boardId }));
    const ask = { command: { type: 'let-guests-in' }, expectedRev: session.rev } as const;
    const code = given(await facilitation.command(ana, session.id, ask)).guestCode ?? '';
    const from = { address: '127.0.0.1', viewer: null };
    const { token } = given(await facilitation.guests.join({ name: 'Gil', code }, from));
    expect(await facilitation.guests.room(token)).toMatchObject({ me: 'Gil', status: 'planned' });
    const bad = { closed: closeCode.unauthorised };
    for (const cookie of [`guest=${token}`, `session=${token}`, `__Host-session=${token}`])
      expect(await knock({ origin: page(), cookie })).toEqual(bad);
    expect(await knock({ authorization: `Bearer ${token}` })).toEqual(bad);
    expect(await knock({}, { query: `?ticket=${token}` })).toEqual(bad);
  });

  test('[HT16] does not open for a stranger to the organisation, nor for a board that never was', async () => {
    const unknown = { closed: closeCode.unknownBoard };
    const headers = { ...cookieOf(anaCookie), origin: page() };
    expect(await knock(headers, { board: crypto.randomUUID() })).toEqual(unknown);
    expect(await knock(headers, { board: 'not-a-uuid' })).toEqual(unknown);
    const { auth } = composition.application;
    const { ticket } = given(await auth.createTicket(ana, boardId));
    expect(await knock({}, { board: crypto.randomUUID(), query: `?ticket=${ticket}` })).toEqual({
      closed: closeCode.unauthorised,
    });
  });

  test('[HT15] closes within a second when its sign-in ends', async () => {
    const bo = await join('bo');
    const socket = await openSocket({ ...cookieOf(bo.cookie), origin: page() });
    const closed = once(socket, 'close');
    const start = performance.now();
    await composition.application.auth.signOut(bo.viewer.signInId ?? '');
    expect((await closed)[0]).toBe(closeCode.forbidden);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('[HT15] narrows within a second when its member may only look from now on', async () => {
    const dan = await join('dan');
    const socket = await openSocket({ ...cookieOf(dan.cookie), origin: page() }, { query: '?v=1' });
    const narrowed = new Promise((resolve) =>
      socket.on('message', (data: Buffer) => {
        const from = decoding.createDecoder(data);
        if (decoding.readVarUint(from) === kind.rights) resolve(readJson(from));
      }),
    );
    const start = performance.now();
    given(
      await composition.application.organisations.changeMember(ana, dan.viewer.memberId, {
        role: 'observer',
      }),
    );
    expect(await narrowed).toMatchObject({ right: 'read' });
    expect(performance.now() - start).toBeLessThan(1000);
    socket.terminate();
  });

  test('[HT16] shows an observer the board and keeps nothing of what it sends', async () => {
    const olga = await join('olga', 'observer');
    const socket = await openSocket({ ...cookieOf(olga.cookie), origin: page() });
    const before = await headOf(boardId);
    const doc = new Y.Doc();
    doc.getMap('records').set('shape:planted', new Y.Map());
    const update = encoding.createEncoder();
    encoding.writeVarUint(update, kind.sync);
    encoding.writeVarUint(update, 2);
    encoding.writeVarUint8Array(update, Y.encodeStateAsUpdate(doc));
    const closed = once(socket, 'close');
    socket.send(encoding.toUint8Array(update));
    expect((await closed)[0]).toBe(closeCode.refusedEdit);
    expect(await headOf(boardId)).toBe(before);
  });

  test('[HT15] closes when its member is suspended or its token revoked, whatever it came in with', async () => {
    const { auth, organisations } = composition.application;
    const cy = await join('cy');
    const { token, view } = given(
      await auth.createToken(cy.viewer, { name: 'script', scope: 'write', days: 1 }),
    );
    const { token: second } = given(
      await auth.createToken(cy.viewer, { name: 'other', scope: 'write', days: 1 }),
    );
    const { ticket } = given(await auth.createTicket(cy.viewer, boardId));
    const byToken = await openSocket({ authorization: `Bearer ${token}` });
    const others = [
      await openSocket({ ...cookieOf(cy.cookie), origin: page() }),
      await openSocket({ authorization: `Bearer ${second}` }),
      await openSocket({}, { query: `?ticket=${ticket}` }),
    ];
    const first = once(byToken, 'close');
    given(await auth.revokeToken(cy.viewer, view.id));
    expect((await first)[0]).toBe(closeCode.forbidden);
    expect(others.map(({ readyState }) => readyState)).toEqual(others.map(() => WebSocket.OPEN));
    const rest = others.map((socket) => once(socket, 'close'));
    given(await organisations.changeMember(ana, cy.viewer.memberId, { suspended: true }));
    expect((await Promise.all(rest)).map(([code]) => Number(code))).toEqual(
      others.map(() => closeCode.forbidden),
    );
  });
});
