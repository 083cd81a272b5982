import { afterAll, beforeAll, describe } from 'vitest';
import { openTestStore, type TestStore } from '../support/embedded.ts';
import { storeContract } from './contract.ts';

describe('the embedded database', () => {
  let embedded: TestStore;
  beforeAll(async () => {
    embedded = await openTestStore();
  });
  afterAll(() => embedded.dispose());
  storeContract(() => embedded.store);
});
