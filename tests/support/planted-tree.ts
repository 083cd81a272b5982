import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

const planted: string[] = [];

afterAll(async () => {
  for (const root of planted.splice(0)) await rm(root, { recursive: true, force: true });
});

/**
 * A folder holding exactly these files (path -> content; anything but a text is written as JSON), deleted when the test
 * file that asked for it ends. For tests of tools that judge a tree.
 */
export async function plantTree(files: Readonly<Record<string, unknown>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'throughline-tree-'));
  planted.push(root);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return root;
}
