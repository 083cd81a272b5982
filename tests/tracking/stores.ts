import { openStore } from '../../server/store/open.ts';
import type { Store } from '../../server/store/store.ts';
import { openTestStore } from '../support/embedded.ts';
import { createDatabase, serverUrl } from '../support/postgres.ts';

export interface OpenedStore {
  readonly store: Store;
  dispose(): Promise<void>;
}

/** Both stores: what the server does must be the same on either. */
export const stores: readonly { name: string; missing: boolean; open: () => Promise<OpenedStore> }[] = [
  { name: 'embedded', missing: false, open: openTestStore },
  { name: 'PostgreSQL', missing: serverUrl === null, open: openPostgresql },
];

async function openPostgresql(): Promise<OpenedStore> {
  const database = await createDatabase();
  const store = await openStore({ databaseUrl: database.url, dataDir: '' });
  return {
    store,
    dispose: async () => {
      await store.close();
      await database.drop();
    },
  };
}
