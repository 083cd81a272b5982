import { createHash } from 'node:crypto';
import { getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import type postgres from 'postgres';
import * as schema from '../../store/schema.ts';
import type { TableSum } from './format.ts';

export type Tx = postgres.TransactionSql;

/** Every table of ours, in a fixed order. */
export const tableNames: readonly string[] = Object.values(schema)
  .filter((value) => is(value, PgTable))
  .map((table) => getTableName(table as PgTable))
  .sort();

export interface Shape {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Columns of the primary key. */
  readonly key: readonly string[];
}

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** So much text is asked for at once; some rows hold megabytes. */
const chunkChars = 2_000_000;
const mostRows = 1_000;

/** Makes the database write every value the same way, wherever it runs, and lets a long reading be. */
export async function settle(tx: Tx): Promise<void> {
  await tx.unsafe(`set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
    set local bytea_output = 'hex'; set local extra_float_digits = 1;
    set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`);
}

/** How a table looks in this database; columns by name, so that two histories of migrations read alike. */
export async function readShape(tx: Tx, name: string): Promise<Shape> {
  const columns = await tx.unsafe<{ name: string; type: string }[]>(
    `select attname::text as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = to_regclass($1) and attnum > 0 and not attisdropped order by attname::text collate "C"`,
    [`public.${quote(name)}`],
  );
  const key = await tx.unsafe<{ name: string }[]>(
    `select a.attname::text as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
     where i.indrelid = to_regclass($1) and i.indisprimary order by a.attname::text collate "C"`,
    [`public.${quote(name)}`],
  );
  return { name, columns: columns.map(({ name, type }) => ({ name, type })), key: key.map((it) => it.name) };
}

/** All rows of a table as lines, ordered by key in a way no database's own collation changes. */
export async function* readRows(tx: Tx, { name, columns, key }: Shape): AsyncGenerator<string> {
  const order = (key.length > 0 ? key : columns.map((column) => column.name))
    .map((column) => `${quote(column)}::text collate "C"`)
    .join(', ');
  const texts = columns.map((column, i) => `${quote(column.name)}::text as c${i}`).join(', ');
  // Ordered before it is written as text: what is sorted are keys and references to large values, not the values.
  await tx.unsafe(
    `declare backup_rows no scroll cursor for
     select ${texts} from (select * from ${quote(name)} order by ${order} offset 0) sorted`,
  );
  let ask = 20;
  for (;;) {
    const rows = await tx.unsafe<Record<string, string | null>[]>(`fetch forward ${ask} from backup_rows`);
    let chars = 0;
    for (const row of rows) {
      const line = JSON.stringify(columns.map((_column, i) => row[`c${i}`] ?? null));
      chars += line.length;
      yield line;
    }
    if (rows.length < ask) break;
    ask = Math.max(1, Math.min(mostRows, Math.floor((ask * chunkChars) / chars)));
  }
  await tx.unsafe('close backup_rows');
}

/** Adds up the lines of one table. */
export class TableDigest {
  #rows = 0;
  readonly #hash = createHash('sha256');

  add(line: string): void {
    this.#rows += 1;
    this.#hash.update(line).update('\n');
  }

  end(): TableSum {
    return { rows: this.#rows, sha256: this.#hash.digest('hex') };
  }
}

/** What a table holds now. */
export async function sumTable(tx: Tx, name: string): Promise<TableSum> {
  const digest = new TableDigest();
  for await (const line of readRows(tx, await readShape(tx, name))) digest.add(line);
  return digest.end();
}
