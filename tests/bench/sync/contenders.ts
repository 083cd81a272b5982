import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serverUrl } from '../../support/postgres.ts';
import type { DialectName } from './load/dialects.ts';
import { embeddedBoards, fileBoards, postgresBoards, type Place } from './places.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A server and the client it is met with. */
export interface Contender {
  readonly id: 'ours' | 'ours embedded' | 'ours stock' | 'hocuspocus' | 'y-websocket';
  readonly name: string;
  readonly file: string;
  readonly dialect: DialectName;
  readonly place: Place;
}

/** All there are on this machine. The peers' packages are installed when missing, from their own lock files. */
export async function findContenders(root: string): Promise<readonly Contender[]> {
  for (const peer of ['hocuspocus', 'y-websocket']) install(at(`peers/${peer}`));
  const files = fileBoards(root);
  const found: Contender[] = [];
  const add = (id: Contender['id'], name: string, file: string, dialect: DialectName, place: Place): void =>
    void found.push({ id, name, file: at(file), dialect, place });
  if (serverUrl !== null) {
    const place = await postgresBoards();
    add('ours', 'Throughline', 'our-server.ts', 'own', place);
    add('ours stock', 'Throughline, stock clients', 'our-server.ts', 'stock on ours', place);
  }
  add('ours embedded', 'Throughline, embedded database', 'our-server.ts', 'own', await embeddedBoards());
  add('hocuspocus', 'Hocuspocus 4.7.0', 'peers/hocuspocus/server.mjs', 'hocuspocus', files);
  add('y-websocket', '@y/websocket-server 0.1.5', 'peers/y-websocket/server.mjs', 'stock', files);
  return found;
}

function install(folder: string): void {
  const installed = `${folder}/node_modules/.package-lock.json`;
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${folder}/package-lock.json`).mtimeMs)
    return;
  console.log(`Installing the packages of ${folder.split('/').at(-1)} ...`);
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'inherit',
  });
}
