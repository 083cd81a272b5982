import { afterAll, beforeAll, describe } from 'vitest';
import { openStore } from '../../server/store/open.ts';
import type { Store } from '../../server/store/store.ts';
import { createDatabase, serverUrl, type TestDatabase } from '../support/postgres.ts';
import { compactionContract } from './compaction-contract.ts';
import { journalContract } from './journal-contract.ts';

describe.skipIf(!serverUrl)('the journal on PostgreSQL', () => {
  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await createDatabase();
    store = await openStore({ databaseUrl: database.url, dataDir: '' });
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });
  journalContract(() => store);
  compactionContract(() => store);
});
