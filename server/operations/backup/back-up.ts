import { readMigrations } from '../../store/migrations.ts';
import type { Header, Manifest, TableSum } from './format.ts';
import { readRows, readShape, settle, TableDigest, tableNames, type Tx } from './table-rows.ts';

/**
 * Everything a store holds, line by line. All of it is one moment: `tx` must be a repeatable read transaction. On the
 * embedded store everybody else waits for as long as it is open.
 */
export async function* backUp(
  tx: Tx,
  about: Pick<Header, 'app' | 'from' | 'madeAt'>,
): AsyncGenerator<string> {
  await settle(tx);
  const migration = readMigrations().at(-1)?.at ?? 0;
  yield JSON.stringify({ format: 'throughline-backup/1', migration, ...about } satisfies Header);
  const sums: Record<string, TableSum> = {};
  for (const name of tableNames) {
    const shape = await readShape(tx, name);
    yield JSON.stringify({ table: name, columns: shape.columns.map((column) => column.name) });
    const digest = new TableDigest();
    for await (const line of readRows(tx, shape)) {
      digest.add(line);
      yield line;
    }
    sums[name] = digest.end();
  }
  yield JSON.stringify({ end: sums satisfies Manifest });
}
