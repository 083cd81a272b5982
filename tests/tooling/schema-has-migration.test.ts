import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { findMissingMigration } from '../../scripts/checks/schema-has-migration.mjs';
import { plantTree } from '../support/planted-tree.ts';

/** The project's own schema and migrations, in a folder where they may be changed. */
async function copyStore(): Promise<string> {
  const root = await plantTree({ 'package.json': { type: 'module' } });
  await symlink(resolve('node_modules'), `${root}/node_modules`);
  for (const path of [
    'server/store/schema.ts',
    'server/store/schema',
    'server/store/migrations',
    'src/domain',
  ]) {
    await cp(path, `${root}/${path}`, { recursive: true });
  }
  return root;
}

test('[TL12] the migrations give the schema the code speaks of', async () => {
  expect(await findMissingMigration(await copyStore())).toEqual([]);
});

test('[TL12] a table nobody wrote a migration for, and one nobody dropped, are refused with what to do', async () => {
  const root = await copyStore();
  await writeFile(`${root}/server/store/schema.ts`, "export * from './schema/extra.ts';");
  await writeFile(
    `${root}/server/store/schema/extra.ts`,
    "import { pgTable, text } from 'drizzle-orm/pg-core';\nexport const extra = pgTable('extra', { a: text('a') });\n",
  );
  const faults = await findMissingMigration(root);
  expect(faults).toContain('tables: public.extra is in the schema and in no migration');
  expect(faults).toContainEqual(expect.stringMatching(/board is in the migrations and not in the schema/));
  expect(faults.at(-1)).toContain('npm run migration');
});

test('[TL12] a column nobody wrote a migration for is refused', async () => {
  const root = await copyStore();
  const record = `${root}/server/store/migrations/meta/_journal.json`;
  const { entries } = JSON.parse(await readFile(record, 'utf8')) as { entries: { idx: number }[] };
  const snapshot = `${root}/server/store/migrations/meta/${String(entries.at(-1)?.idx).padStart(4, '0')}_snapshot.json`;
  const recorded = JSON.parse(await readFile(snapshot, 'utf8')) as {
    tables: Record<string, { columns: Record<string, { notNull: boolean }> }>;
  };
  const id = recorded.tables['public.board']?.columns['id'];
  if (!id) throw new Error('the record has no board.id');
  id.notNull = !id.notNull;
  await writeFile(snapshot, JSON.stringify(recorded));
  expect(await findMissingMigration(root)).toContain(
    'tables: public.board differs between the schema and the migrations',
  );
});
