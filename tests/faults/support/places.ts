import { openStore } from '#server/store/open.ts';
import type { Store } from '#server/store/store.ts';
import { openTestStore } from '../../support/embedded.ts';
import { createDatabase, serverUrl } from '../../support/postgres.ts';

/** Where a server process finds its store; `read` looks at it when no process has it open. */
export interface Place {
  readonly dataDir: string;
  readonly env: Record<string, string>;
  read<T>(look: (store: Store) => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

const onEmbedded = async (): Promise<Place> => {
  const made = await openTestStore();
  await made.store.close();
  const read = async <T>(look: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openStore({ databaseUrl: null, dataDir: made.dataDir });
    return look(store).finally(() => store.close());
  };
  return { dataDir: made.dataDir, env: {}, read, end: () => made.dispose().catch(() => {}) };
};

/** On a PostgreSQL database that is there already. */
export const onDatabase = (url: string, end: () => Promise<void>): Place => ({
  dataDir: '',
  env: { DATABASE_URL: url },
  read: async (look) => {
    const store = await openStore({ databaseUrl: url, dataDir: '' });
    return look(store).finally(() => store.close());
  },
  end,
});

const onPostgresql = async (): Promise<Place> => {
  const database = await createDatabase();
  return onDatabase(database.url, () => database.drop());
};

export const places = [
  ['the embedded database', onEmbedded, true],
  ['PostgreSQL', onPostgresql, serverUrl !== null],
] as const;
