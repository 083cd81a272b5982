import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createJournal } from '#server/store/journal/journal.ts';
import { openStore } from '#server/store/open.ts';
import type { Store } from '#server/store/store.ts';
import { addBoard } from '../../store/rows.ts';
import { newDataDir } from '../../support/embedded.ts';
import { createDatabase } from '../../support/postgres.ts';

/** Where a server under measurement finds its boards. Boards are added while it does not run. */
export interface Place {
  readonly env: Readonly<Record<string, string>>;
  /** Name of its PostgreSQL database, whose processes are counted apart. */
  readonly database: string | null;
  addBoards(seed: Uint8Array, count: number): Promise<readonly string[]>;
  drop(): Promise<void>;
}

/** A folder with one file a board: what the peers load from. */
export function fileBoards(root: string): Place {
  const folder = join(root, 'seeds');
  mkdirSync(folder, { recursive: true });
  return {
    env: { SEEDS: folder },
    database: null,
    addBoards: (seed, count) => {
      const boards = Array.from({ length: count }, () => randomUUID());
      for (const board of boards) writeFileSync(join(folder, board), seed);
      return Promise.resolve(boards);
    },
    drop: () => Promise.resolve(),
  };
}

export async function postgresBoards(): Promise<Place> {
  const database = await createDatabase();
  return {
    env: { DATABASE_URL: database.url },
    database: new URL(database.url).pathname.slice(1),
    addBoards: (seed, count) => withStore({ databaseUrl: database.url, dataDir: '' }, seed, count),
    drop: () => database.drop(),
  };
}

export async function embeddedBoards(): Promise<Place> {
  const dataDir = await newDataDir();
  return {
    env: { DATA_DIR: dataDir },
    database: null,
    addBoards: (seed, count) => withStore({ databaseUrl: null, dataDir }, seed, count),
    drop: () => rm(dataDir, { recursive: true, force: true }),
  };
}

async function withStore(
  where: { databaseUrl: string | null; dataDir: string },
  seed: Uint8Array,
  count: number,
): Promise<readonly string[]> {
  const store = await openStore(where);
  try {
    const boards: string[] = [];
    for (let i = 0; i < count; i++) boards.push(await addSeeded(store, seed));
    return boards;
  } finally {
    await store.close();
  }
}

/** A board at rest as a server leaves it: its log, and the checkpoint that spares reading it. */
async function addSeeded(store: Store, seed: Uint8Array): Promise<string> {
  const { boardId } = await addBoard(store.db, 'bench');
  const journal = createJournal(store);
  const sha256 = createHash('sha256').update(seed).digest();
  const row = { outbox: randomUUID().replaceAll('-', ''), n: 1, person: null, signIn: null, at: Date.now() };
  await journal.append(boardId, { epoch: 1, head: 0 }, [{ ...row, clientIds: [7], bytes: seed, sha256 }]);
  await journal.saveCheckpoint(boardId, 1, { seq: 1, bytes: seed, sha256 });
  return boardId;
}
