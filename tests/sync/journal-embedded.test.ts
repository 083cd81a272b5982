import { afterAll, beforeAll, describe } from 'vitest';
import { openTestStore, type TestStore } from '../support/embedded.ts';
import { compactionContract } from './compaction-contract.ts';
import { journalContract } from './journal-contract.ts';

describe('the journal on the embedded database', () => {
  let embedded: TestStore;
  beforeAll(async () => {
    embedded = await openTestStore();
  });
  afterAll(() => embedded.dispose());
  journalContract(() => embedded.store);
  compactionContract(() => embedded.store);
});
