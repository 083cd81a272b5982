// The migrations, applied one after another, give exactly the schema the code speaks of.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const FOLDER = 'server/store/migrations';

/**
 * What the schema says and the migrations do not, as SQL statements and a word on what to do; empty when they agree.
 *
 * @param {string} root
 * @returns {Promise<string[]>}
 */
export async function findMissingMigration(root) {
  // drizzle-kit's ES module build calls require(); its CommonJS build is whole.
  const { generateDrizzleJson, generateMigration } = createRequire(import.meta.url)('drizzle-kit/api');
  const schema = await import(pathToFileURL(join(root, 'server/store/schema.ts')).href);
  const { entries } = JSON.parse(readFileSync(join(root, FOLDER, 'meta/_journal.json'), 'utf8'));
  const last = entries.at(-1);
  const number = String(last.idx).padStart(4, '0');
  const recorded = JSON.parse(readFileSync(join(root, FOLDER, `meta/${number}_snapshot.json`), 'utf8'));
  const statements = await generateMigration(recorded, generateDrizzleJson(schema, recorded.id));
  const faults = statements.map(
    (statement) => `not in any migration: ${statement.replace(/\s+/g, ' ').slice(0, 200)}`,
  );
  for (const { tag } of entries) {
    const sql = readFileSync(join(root, FOLDER, `${tag}.sql`), 'utf8');
    if (sql.trim() === '') faults.push(`${FOLDER}/${tag}.sql is empty`);
  }
  if (faults.length > 0) faults.push('Write the migration with: npm run migration -- --name what-changes');
  return faults;
}
