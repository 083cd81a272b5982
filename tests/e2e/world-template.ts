import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startServer, type TestServer } from '../support/server.ts';

/** Playwright empties its folder of results when a run begins, so what is kept here is of this run and this build. */
const kept = 'test-results/worlds';

/** A real server on a world of this name, and what there is to know about it. */
export interface OpenedWorld<Facts> {
  readonly server: TestServer;
  readonly facts: Facts;
}

/**
 * Starts a server on a world that `make` furnishes through its doors. The first test file of a run that asks for it makes
 * it; all get a copy of its data folder and a server of their own, in a third of the time. `Facts` must survive JSON.
 */
export async function openWorldLike<Facts>(
  name: string,
  make: (server: TestServer) => Promise<Facts>,
): Promise<OpenedWorld<Facts>> {
  const template = join(kept, name);
  if (!existsSync(template)) await keep(template, make);
  const server = await startServer({ copyOf: join(template, 'data'), readyWithinMs: 120_000 });
  const facts = JSON.parse(await readFile(join(template, 'facts.json'), 'utf8')) as Facts;
  return { server, facts };
}

/** Made under another name and renamed when complete: a test file that fails half way leaves nothing to be taken for whole. */
async function keep<Facts>(template: string, make: (server: TestServer) => Promise<Facts>): Promise<void> {
  await mkdir(kept, { recursive: true });
  const making = await mkdtemp(`${template}-`);
  const server = await startServer({ readyWithinMs: 120_000 });
  try {
    const facts = await make(server);
    await server.stop();
    await cp(server.dataDir, join(making, 'data'), { recursive: true });
    await writeFile(join(making, 'facts.json'), JSON.stringify(facts));
    await rename(making, template);
  } finally {
    await server.dispose();
    await rm(making, { recursive: true, force: true });
  }
}
