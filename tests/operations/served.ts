import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import type { Viewer } from '../../server/app.ts';
import { compose, type Composition } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { makeLog } from '../../server/log.ts';
import { given } from '../auth/world.ts';
import { newDataDir } from '../support/embedded.ts';

export const password = 'four words make sense';

/** A whole server in this process, with everything it logs. */
export interface Served {
  readonly composition: Composition;
  readonly url: string;
  readonly dataDir: string;
  readonly ana: Viewer;
  readonly cookie: string;
  readonly boardId: string;
  /** Lines as they would stand in a file. */
  readonly lines: string[];
  /** Opens a board's socket and waits for its first message or its end. */
  knock(
    headers: Record<string, string>,
    query?: string,
  ): Promise<{ socket: WebSocket; closed: number | null }>;
  end(): Promise<void>;
}

/** Serves Acme with Ana and one board, on a store of its own. */
export async function serve(
  settings: Record<string, string> = {},
  onReplaced?: (why: string) => void,
): Promise<Served> {
  const dataDir = settings.DATA_DIR ?? (await newDataDir());
  const lines: string[] = [];
  const log = makeLog('trace', false, { write: (line) => void lines.push(line) });
  const composition = await compose(
    readConfig({ DATA_DIR: dataDir, ...settings }),
    onReplaced ? { log, onReplaced } : { log },
  );
  const server = createServer((request, response) =>
    composition.frontDoor(request, response, () => response.end('page')),
  );
  server.on('upgrade', (request, socket, head) => {
    if (!composition.handleUpgrade(request, socket, head)) socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { auth, planning } = composition.application;
  const client = { address: '127.0.0.1', userAgent: 'test' };
  const { viewer: ana, cookie } = given(
    await auth.setup({ organisation: 'Acme', name: 'Ana', email: 'ana@example.org', password }, client),
  );
  const boardId = given(await planning.createBoard(ana, { title: 'Plan', template: 'blank' })).id;
  return {
    ...{ composition, dataDir, ana, cookie, boardId, lines },
    url: `http://localhost:${port}`,
    knock: (headers, query = '') =>
      // Version 1: a client of our own is greeted at once, a stock one hears nothing for 10 s.
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`ws://localhost:${port}/sync/${boardId}?v=1${query}`, { headers });
        socket.once('message', () => resolve({ socket, closed: null }));
        socket.once('close', (closed) => resolve({ socket, closed }));
        socket.once('error', reject);
      }),
    end: async () => {
      await composition.close();
      server.closeAllConnections();
      server.close();
      if (!settings.DATA_DIR) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
