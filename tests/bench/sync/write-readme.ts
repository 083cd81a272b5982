import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

const file = 'README.md';
const [from, to] = ['<!-- npm run bench:sync -- --readme -->', '<!-- until here -->'];

/** Puts the tables of this run into the README, between the two marks. Throws when they are not there. */
export async function writeReadme(text: string): Promise<void> {
  const readme = readFileSync(file, 'utf8');
  const [start, end] = [readme.indexOf(from), readme.indexOf(to)];
  if (start < 0 || end < start) throw new Error(`${file} has no place for the figures of the sync server`);
  const changed = `${readme.slice(0, start)}${from}\n\n${text}\n\n${readme.slice(end)}`;
  const config = (await resolveConfig(file)) ?? {};
  writeFileSync(file, await format(changed, { ...config, filepath: file }));
}
