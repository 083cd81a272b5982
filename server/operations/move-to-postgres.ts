import type { Store } from '../store/store.ts';
import { backUp } from './backup/back-up.ts';
import type { Header } from './backup/format.ts';
import { restore, type Restored } from './backup/restore.ts';

/**
 * Copies everything of the embedded store into an empty PostgreSQL database, verified by hash table by table, and leaves
 * the source as it is. While it runs, and while `moved` runs, nothing is written to the source: whoever ends this process
 * in `moved` knows that both hold the same.
 */
export async function moveToPostgres(
  source: Pick<Store, 'sql'>,
  target: Pick<Store, 'sql'>,
  about: Pick<Header, 'app' | 'madeAt'>,
  moved: (what: Restored) => Promise<void>,
): Promise<void> {
  await source.sql.begin('isolation level repeatable read read only', async (tx) => {
    const lines = backUp(tx, { ...about, from: 'embedded' });
    await moved(await restore(target, lines, { replace: false, raiseEpochs: false }));
  });
}
