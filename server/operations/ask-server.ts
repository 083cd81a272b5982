import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StartFailure } from '../start-failure.ts';
import type { Done } from './acts.ts';
import { addressFile, type AdminAddress } from './admin-door.ts';
import { explainFile, verifyBackupFile } from './backup/backup-file.ts';

/** The running server of a data folder, as its command line sees it. */
export interface RunningServer {
  backup(path: string): Promise<Done>;
  restore(path: string, replace: boolean): Promise<Done>;
  toPostgres(url: string): Promise<Done>;
}

/** Null when no server runs on this folder. */
export async function findRunningServer(dataDir: string): Promise<RunningServer | null> {
  const address = readAddress(dataDir);
  if (address === null) return null;
  const ask = (path: string, body: Readable): Promise<IncomingMessage> => post(address, path, body);
  // A file left by a killed server leads nowhere; then the folder is free.
  const alive = await ask('/', Readable.from([])).then(
    (answer) => (answer.resume(), answer.statusCode !== 401),
    () => false,
  );
  if (!alive) return null;
  return {
    async backup(path) {
      const answer = await ask('/backup', Readable.from([]));
      if (answer.statusCode !== 200) throw await refusal(answer);
      const partial = `${path}.partial`;
      try {
        await pipeline(answer, createWriteStream(partial, { mode: 0o600, flush: true }));
        await verifyBackupFile(partial);
        await rename(partial, path);
      } catch (error) {
        await rm(partial, { force: true });
        throw explainFile(error, path);
      }
      return JSON.parse(String(answer.headers['x-done'])) as Done;
    },
    async restore(path, replace) {
      await verifyBackupFile(path);
      return readDone(await ask(replace ? '/restore?replace=1' : '/restore', createReadStream(path)));
    },
    toPostgres: async (url) => readDone(await ask('/to-postgres', Readable.from([url]))),
  };
}

function readAddress(dataDir: string): AdminAddress | null {
  try {
    return JSON.parse(readFileSync(addressFile(dataDir), 'utf8')) as AdminAddress;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') {
      throw new StartFailure(
        `A server runs on ${dataDir}, and this user may not ask it. Run the command as the user that runs the server.`,
      );
    }
    return null;
  }
}

async function post({ port, token }: AdminAddress, path: string, body: Readable): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path, method: 'POST', headers: { authorization: `Bearer ${token}` } },
      resolve,
    );
    asked.on('error', reject);
    body.on('error', reject);
    body.pipe(asked);
  });
}

async function readDone(answer: IncomingMessage): Promise<Done> {
  if (answer.statusCode !== 200) throw await refusal(answer);
  return JSON.parse(await text(answer)) as Done;
}

const refusal = async (answer: IncomingMessage): Promise<StartFailure> =>
  new StartFailure((JSON.parse(await text(answer)) as { message: string }).message);

async function text(answer: IncomingMessage): Promise<string> {
  let all = '';
  for await (const chunk of answer) all += String(chunk);
  return all;
}
