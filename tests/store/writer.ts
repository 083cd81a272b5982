// A process that stores accounts as fast as it can and prints the id of each one it was told is stored.
import { openStore } from '../../server/store/open.ts';
import * as schema from '../../server/store/schema.ts';
import { accountRow } from './rows.ts';

const [, , dataDir = ''] = process.argv;
const store = await openStore({ databaseUrl: null, dataDir });
process.stdout.write('open\n');
await Promise.all(
  Array.from({ length: 8 }, async () => {
    for (;;) {
      const row = accountRow('kept');
      await store.db.insert(schema.account).values(row);
      process.stdout.write(`${row.id}\n`);
    }
  }),
);
