import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What tools make and no commit holds. Names at any depth; with a slash, from the root. */
const MADE = [
  '.git',
  'node_modules',
  '.svelte-kit',
  'build',
  'test-results',
  'playwright-report',
  '.tmp',
  '/data',
];

/**
 * Every file a commit could hold, as paths with forward slashes from `root`, sorted. Reads the disk and not git's index:
 * a file is judged before it is added, and an unpacked archive has no git.
 *
 * @param {string} root
 * @param {string} [below]
 * @returns {string[]}
 */
export function listFiles(root, below = '') {
  return readdirSync(join(root, below), { withFileTypes: true })
    .flatMap((entry) => {
      const path = below ? `${below}/${entry.name}` : entry.name;
      if (MADE.includes(entry.name) || MADE.includes(`/${path}`)) return [];
      if (entry.isDirectory()) return listFiles(root, path);
      return entry.isFile() && !path.endsWith('.log') ? [path] : [];
    })
    .sort();
}
