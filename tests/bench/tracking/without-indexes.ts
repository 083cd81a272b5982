import type { Store } from '../../../server/store/store.ts';

/**
 * Fills tables whose indexes are made when all rows are there: one index over a million rows takes seconds, a million rows
 * put into it one after the other take minutes. Primary keys stay.
 */
export async function withoutIndexes(
  store: Store,
  tables: readonly string[],
  fill: () => Promise<void>,
): Promise<void> {
  const indexes = await store.sql<{ name: string; made: string }[]>`
    select i.relname as name, pg_get_indexdef(i.oid) as made
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
    where t.relname in ${store.sql([...tables])} and not x.indisprimary`;
  for (const { name } of indexes) await store.sql.unsafe(`drop index "${name}"`);
  await fill();
  await Promise.all(indexes.map(({ made }) => store.sql.unsafe(made)));
}
