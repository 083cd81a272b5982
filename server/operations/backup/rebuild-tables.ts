import { readMigrations } from '../../store/migrations.ts';
import { quote, tableNames, type Tx } from './table-rows.ts';

/** Drops all tables of ours and makes them anew, empty, as they were at a migration of the past. */
export async function rebuildTables(tx: Tx, at: number): Promise<void> {
  await tx.unsafe(`drop table ${tableNames.map((name) => `${quote(name)}`).join(', ')} cascade`);
  await tx.unsafe('delete from drizzle.__drizzle_migrations');
  await applyMigrations(tx, (migration) => migration <= at);
}

/** Brings tables of an older backup up to today. */
export const upgradeTables = (tx: Tx, from: number): Promise<void> =>
  applyMigrations(tx, (migration) => migration > from);

async function applyMigrations(tx: Tx, wanted: (at: number) => boolean): Promise<void> {
  for (const { statements, at, hash } of readMigrations()) {
    if (!wanted(at)) continue;
    for (const statement of statements) await tx.unsafe(statement);
    await tx.unsafe('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
      hash,
      String(at),
    ]);
  }
}

/** Takes all references between tables away while rows come in, in whatever order; the answer puts them back, checked. */
export async function dropReferences(tx: Tx): Promise<() => Promise<void>> {
  const references = await tx.unsafe<{ on: string; name: string; definition: string }[]>(
    `select conrelid::regclass::text as on, conname::text as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by conname`,
  );
  for (const { on, name } of references) {
    await tx.unsafe(`alter table ${on} drop constraint ${quote(name)}`);
  }
  return async () => {
    for (const { on, name, definition } of references) {
      await tx.unsafe(`alter table ${on} add constraint ${quote(name)} ${definition}`);
    }
  };
}

/** Numbered columns go on behind the highest number there is. */
export async function moveSequences(tx: Tx): Promise<void> {
  const numbered = await tx.unsafe<{ table: string; column: string; sequence: string }[]>(
    `select c.oid::regclass::text as table, a.attname::text as column,
       pg_get_serial_sequence(c.oid::regclass::text, a.attname::text) as sequence
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
       and pg_get_serial_sequence(c.oid::regclass::text, a.attname::text) is not null`,
  );
  for (const { table, column, sequence } of numbered) {
    await tx.unsafe(
      `select setval($1::text::regclass, (select coalesce(max(${quote(column)}), 0) + 1 from ${table}), false)`,
      [sequence],
    );
  }
}
