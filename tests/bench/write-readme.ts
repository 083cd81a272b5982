import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

const file = 'README.md';
const until = '<!-- until here -->';

/**
 * Puts the tables of a run into the README, between the mark of its bench, such as `bench:sync`, and the end mark that
 * follows. Throws when they are not there.
 */
export async function writeReadme(bench: string, text: string): Promise<void> {
  const from = `<!-- npm run ${bench} -- --readme -->`;
  const readme = readFileSync(file, 'utf8');
  const start = readme.indexOf(from);
  const end = readme.indexOf(until, start);
  if (start < 0 || end < start) throw new Error(`${file} has no place for the figures of ${bench}`);
  const changed = `${readme.slice(0, start)}${from}\n\n${text}\n\n${readme.slice(end)}`;
  const config = (await resolveConfig(file)) ?? {};
  writeFileSync(file, await format(changed, { ...config, filepath: file }));
}
