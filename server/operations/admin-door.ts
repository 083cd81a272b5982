import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Log } from '../log.ts';
import { StartFailure } from '../start-failure.ts';
import type { Store } from '../store/store.ts';
import { backUpTo, moveTo, restoreFrom } from './acts.ts';

/** Where a running server on the embedded store can be asked, in a file of its data folder only its user can read. */
export interface AdminAddress {
  readonly port: number;
  readonly token: string;
}

export const addressFile = (dataDir: string): string => join(dataDir, 'admin.json');
const scratch = 'backup-under-way-';

export interface AdminDoorParts {
  readonly store: Store;
  readonly dataDir: string;
  readonly log: Log;
  /**
   * What this process knows is not what the store holds any more, or the store has moved: it must end at once, before
   * it writes anything. The asker has been answered.
   */
  readonly end: (why: string) => void;
}

/**
 * The door for `npm run backup`, `restore` and `to-postgres`: only one process may open the embedded database, so the
 * one that has it does what they ask. On loopback, behind a token in a file that only this user can read.
 */
export async function openAdminDoor(parts: AdminDoorParts): Promise<() => Promise<void>> {
  const { dataDir } = parts;
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith(scratch)) rmSync(join(dataDir, name), { force: true });
  }
  const token = randomBytes(32).toString('base64url');
  const server = createServer((request, response) => {
    serve(parts, token, request, response).catch((error: unknown) => {
      if (!(error instanceof StartFailure)) parts.log.error({ err: error }, 'an operator’s command failed');
      const message = error instanceof Error ? error.message : 'unknown reason';
      if (response.headersSent) return response.destroy();
      sendJson(response, 422, { message });
    });
  });
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // Removed first: what is written into an existing file keeps that file's rights.
  rmSync(addressFile(dataDir), { force: true });
  writeFileSync(addressFile(dataDir), JSON.stringify({ port, token } satisfies AdminAddress), {
    mode: 0o600,
    flag: 'wx',
  });
  return async () => {
    rmSync(addressFile(dataDir), { force: true });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
}

async function serve(
  { store, dataDir, log, end }: AdminDoorParts,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (request.method !== 'POST' || !isToken(token, request.headers.authorization)) {
    return sendJson(response, 401, { message: 'This is not for you.' });
  }
  const file = join(dataDir, `${scratch}${randomBytes(6).toString('hex')}`);
  try {
    switch (url.pathname) {
      case '/backup': {
        const done = await backUpTo(store, file);
        log.info(done, 'a backup was made');
        response.writeHead(200, { 'x-done': JSON.stringify(done) });
        return await pipeline(createReadStream(file), response);
      }
      case '/restore': {
        await pipeline(request, createWriteStream(file, { mode: 0o600 }));
        const done = await restoreFrom(store, file, url.searchParams.has('replace'));
        log.warn(done, 'a backup was restored');
        await rm(file, { force: true });
        sendJson(response, 200, done);
        await once(response, 'close');
        return end('A backup was restored. Start the server again.');
      }
      case '/to-postgres': {
        let address = '';
        for await (const chunk of request) address += String(chunk);
        return await moveTo(store, address, async (done) => {
          log.warn(done, 'everything was moved to PostgreSQL');
          sendJson(response, 200, done);
          await once(response, 'close');
          end('Everything is on PostgreSQL now. Start the server again with DATABASE_URL.');
        });
      }
      default:
        return sendJson(response, 404, { message: 'There is no such command.' });
    }
  } finally {
    await rm(file, { force: true });
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(body));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compared as digests, so that the time tells nothing of where they differ. */
const isToken = (token: string, authorization: string | undefined): boolean =>
  timingSafeEqual(digest(`Bearer ${token}`), digest(authorization ?? ''));
