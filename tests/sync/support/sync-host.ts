import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket as NodeWebSocket } from 'ws';
import type * as Y from 'yjs';
import { BoardConnection } from '#lib/live/board-connection.ts';
import { overWebSocket } from '#lib/live/live-provider.ts';
import type { LiveState } from '#lib/live/live-state.ts';
import type { LiveStore } from '#lib/live/live-store.ts';
import { MemoryStore } from '#lib/live/storage/memory-store.ts';
import { ProcessLocks } from '#lib/live/tab-locks.ts';
import { browserClock } from '#lib/live/transport.ts';
import type { Doorbell, Journal, Member, SyncHooks, SyncLog } from '#server/sync/hooks.ts';
import { createSyncServer, type SyncServer } from '#server/sync/sync-server.ts';
import { systemClock } from '#server/sync/system-clock.ts';
import { cardRules } from './card-rules.ts';

export const silentLog: SyncLog = { info: () => {}, warn: () => {}, error: () => {} };

/** People of the tests; the token in `Authorization: Bearer <person>` names one. */
export interface Cast {
  [person: string]: Member;
}

export const person = (id: string, right: Member['right'] = 'write'): Member => ({
  person: id,
  account: id,
  name: id.toUpperCase(),
  colour: 1,
  signIn: `sign-in-${id}`,
  right,
  roleVersion: 1,
});

/** A real sync server on a real port, with people from a table instead of cookies. */
export interface SyncHost {
  readonly sync: SyncServer;
  readonly http: Server;
  readonly url: string;
  stop(): Promise<void>;
}

export async function startHost(at: {
  journal: Journal;
  cast: Cast;
  hooks?: Partial<SyncHooks>;
  port?: number;
  log?: SyncLog;
  doorbell?: Doorbell;
}): Promise<SyncHost> {
  const hooks: SyncHooks = {
    admit: ({ headers, url }) => {
      const name =
        (headers.authorization ?? '').replace('Bearer ', '') || url.searchParams.get('ticket') || '';
      const member = at.cast[name];
      if (!member) {
        return Promise.resolve({ ok: false, refusal: { code: 'unauthorised', message: 'who are you?' } });
      }
      if (member.right === 'none') {
        return Promise.resolve({ ok: false, refusal: { code: 'forbidden', message: 'not for you' } });
      }
      return Promise.resolve({ ok: true, value: member });
    },
    rightNow: (member) => Promise.resolve(at.cast[member.person]?.right ?? 'none'),
    journal: at.journal,
    rules: cardRules,
    ...at.hooks,
  };
  const base = { hooks, clock: systemClock, random: Math.random, log: at.log ?? silentLog };
  const sync = createSyncServer(at.doorbell ? { ...base, doorbell: at.doorbell } : base);
  const http = createServer((_request, response) => response.end());
  http.on('upgrade', (request, socket, head) => {
    if (!sync.handleUpgrade(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve) => http.listen(at.port ?? 0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    sync,
    http,
    url: `ws://127.0.0.1:${port}/sync`,
    stop: async () => {
      await sync.drain();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** A WebSocket class that says who it is, as a script does. */
export const socketAs = (name: string): typeof WebSocket =>
  class extends NodeWebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols, { headers: { authorization: `Bearer ${name}` } });
    }
  } as unknown as typeof WebSocket;

/** One of our tabs. */
export async function openTab(at: {
  url: string;
  board: string;
  name: string;
  store?: LiveStore;
  locks?: ProcessLocks;
  /** Version of the document that the page understands, when it is not this code's. */
  schema?: number;
}): Promise<BoardConnection> {
  const line = overWebSocket({
    url: at.url,
    board: at.board,
    random: Math.random,
    WebSocket: socketAs(at.name),
  });
  const { schema } = at;
  const connection = new BoardConnection({
    board: at.board,
    person: at.name,
    transport: (doc, awareness, query, ears) =>
      line(
        doc,
        awareness,
        () => (schema === undefined ? query() : { ...query(), schema: String(schema) }),
        ears,
      ),
    store: at.store ?? new MemoryStore(),
    locks: at.locks ?? new ProcessLocks(),
    clock: browserClock,
    random: Math.random,
    roots: ['cards'],
  });
  await connection.start();
  return connection;
}

/** Resolves when the state satisfies `wanted`; rejects after `ms`, telling what it was instead. */
export const reaches = (
  tab: BoardConnection,
  wanted: (state: LiveState) => boolean,
  ms = 5_000,
): Promise<LiveState> =>
  new Promise((resolve, reject) => {
    if (wanted(tab.state)) return resolve(tab.state);
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`it never came to that; it is ${JSON.stringify(tab.state)}`));
    }, ms);
    const stop = tab.subscribe((state) => {
      if (!wanted(state)) return;
      clearTimeout(timer);
      stop();
      resolve(state);
    });
  });

/** Everything this tab made is durable, and it shows what the server has. */
export const saved = (tab: BoardConnection, ms?: number): Promise<LiveState> =>
  reaches(tab, (state) => state.save.kind === 'saved' && state.source === 'server', ms);

/** Resolves when the document satisfies `wanted`. */
export const shows = (doc: Y.Doc, wanted: (doc: Y.Doc) => boolean, ms = 5_000): Promise<void> =>
  new Promise((resolve, reject) => {
    if (wanted(doc)) return resolve();
    const timer = setTimeout(() => {
      doc.off('update', look);
      reject(
        new Error(
          `it never showed that; it shows ${JSON.stringify(doc.getMap('cards').toJSON()).slice(0, 500)}`,
        ),
      );
    }, ms);
    const look = (): void => {
      if (!wanted(doc)) return;
      clearTimeout(timer);
      doc.off('update', look);
      resolve();
    };
    doc.on('update', look);
  });
