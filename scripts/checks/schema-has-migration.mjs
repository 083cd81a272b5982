// The migrations, applied one after another, give exactly the schema the code speaks of.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

const FOLDER = 'server/store/migrations';

/**
 * Every table and type the schema and the last migration's record do not agree on, and a word on what to do; empty when
 * they agree. Compares the records themselves: drizzle-kit's own difference asks questions when something may have been
 * renamed.
 *
 * @param {string} root
 * @returns {Promise<string[]>}
 */
export async function findMissingMigration(root) {
  // drizzle-kit's ES module build calls require(); its CommonJS build is whole.
  const { generateDrizzleJson } = createRequire(import.meta.url)('drizzle-kit/api');
  const schema = generateDrizzleJson(await import(pathToFileURL(join(root, 'server/store/schema.ts')).href));
  const { entries } = JSON.parse(readFileSync(join(root, FOLDER, 'meta/_journal.json'), 'utf8'));
  const number = String(entries.at(-1).idx).padStart(4, '0');
  const recorded = JSON.parse(readFileSync(join(root, FOLDER, `meta/${number}_snapshot.json`), 'utf8'));
  const faults = ['tables', 'enums', 'schemas', 'sequences', 'roles', 'policies', 'views'].flatMap((kind) =>
    compare(kind, plain(schema[kind]), recorded[kind] ?? {}),
  );
  for (const { tag } of entries) {
    const sql = readFileSync(join(root, FOLDER, `${tag}.sql`), 'utf8');
    if (sql.trim() === '') faults.push(`${FOLDER}/${tag}.sql is empty`);
  }
  if (faults.length > 0) faults.push('Write the migration: npm run migration -- --name what-changes');
  return faults;
}

function compare(kind, wanted, recorded) {
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(recorded)])].sort();
  return names.flatMap((name) => {
    if (isDeepStrictEqual(wanted[name], recorded[name])) return [];
    if (!(name in recorded)) return [`${kind}: ${name} is in the schema and in no migration`];
    if (!(name in wanted)) return [`${kind}: ${name} is in the migrations and not in the schema`];
    return [`${kind}: ${name} differs between the schema and the migrations`];
  });
}

/** As it would be read back from the record. */
const plain = (value) => JSON.parse(JSON.stringify(value ?? {}));
