import type { Manifest, TableSum } from '../../server/operations/backup/format.ts';
import { settle, sumTable, tableNames } from '../../server/operations/backup/table-rows.ts';
import type { Store } from '../../server/store/store.ts';

/** What a store holds, table by table. */
export const sumsOf = (store: Pick<Store, 'sql'>): Promise<Manifest> =>
  store.sql.begin('isolation level repeatable read read only', async (tx) => {
    await settle(tx);
    const sums: Record<string, TableSum> = {};
    for (const name of tableNames) sums[name] = await sumTable(tx, name);
    return sums;
  });
