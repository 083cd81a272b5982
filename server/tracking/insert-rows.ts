import { getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Queries } from '../store/store.ts';

/**
 * Inserts any number of rows with one statement and one parameter: a plan of thousands commits in one round trip
 * (board.md B5.9). All rows have the fields of the first. `onConflict`: a column list (then existing rows are
 * overwritten), or nothing (then a conflict fails).
 */
export async function insertRows<T extends PgTable>(
  tx: Queries,
  table: T,
  rows: readonly T['$inferInsert'][],
  { overwriteBy }: { readonly overwriteBy?: string } = {},
): Promise<void> {
  const first = rows[0] as Readonly<Record<string, unknown>> | undefined;
  if (first === undefined) return;
  const columns = Object.entries(getTableColumns(table)).filter(([field]) => field in first);
  const records = rows.map((row) => {
    const values = row as Readonly<Record<string, unknown>>;
    return Object.fromEntries(columns.map(([field, column]) => [column.name, values[field] ?? null]));
  });
  const names = list(columns.map(([, column]) => sql.identifier(column.name)));
  const types = list(columns.map(([, it]) => sql`${sql.identifier(it.name)} ${sql.raw(it.getSQLType())}`));
  const updates = columns.filter(([, { name }]) => name !== overwriteBy);
  const setting = updates.map(
    ([, { name }]) => sql`${sql.identifier(name)} = excluded.${sql.identifier(name)}`,
  );
  const conflict =
    overwriteBy === undefined
      ? sql``
      : sql` on conflict (${sql.identifier(overwriteBy)}) do update set ${list(setting)}`;
  const source = sql`jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(${types})`;
  await tx.execute(sql`insert into ${table} (${names}) select ${names} from ${source}${conflict}`);
}

const list = (parts: readonly SQL[] | readonly ReturnType<typeof sql.identifier>[]): SQL =>
  sql.join([...parts], sql`, `);
