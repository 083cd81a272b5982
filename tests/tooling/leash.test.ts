import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { startOnLeash } from '../../scripts/services/leash.mjs';

const makeDir = () => mkdtempSync(join(tmpdir(), 'throughline-leash-'));
/** A service that notes its process id in its folder and says when it is ready. */
const service = ['-c', 'echo $$ > pid; echo ready; exec sleep 600'];
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a service on a leash', () => {
  test('[TL8] is stopped with its folder when asked', async () => {
    const dir = makeDir();
    const running = await startOnLeash({ command: '/bin/sh', args: service, dir, ready: /ready/ });
    const pid = Number(readFileSync(join(dir, 'pid'), 'utf8'));
    expect(isAlive(pid)).toBe(true);
    await running.stop();
    expect([isAlive(pid), existsSync(dir)]).toEqual([false, false]);
  });

  test('[TL8] is gone when its starter is killed', async () => {
    const dir = makeDir();
    const leash = new URL('../../scripts/services/leash.mjs', import.meta.url).href;
    const options = JSON.stringify({ command: '/bin/sh', args: service, dir });
    const source = `import { startOnLeash } from '${leash}'; await startOnLeash({ ...${options}, ready: /ready/ }); console.log('up');`;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(starter.stdout, 'data');
    const pid = Number(readFileSync(join(dir, 'pid'), 'utf8'));
    expect(isAlive(pid)).toBe(true);
    starter.kill('SIGKILL');
    await vi.waitFor(() => expect([isAlive(pid), existsSync(dir)]).toEqual([false, false]), 10_000);
  });

  test('[TL8] goes on whatever it says once it is up', async () => {
    const dir = makeDir();
    const chatty = 'while read line < go; do yes FATAL | head -c 20000; echo > said; done';
    const args = ['-c', `mkfifo go said; echo $$ > pid; echo ready; ${chatty}`];
    const running = await startOnLeash({ command: '/bin/sh', args, dir, ready: /ready/ });
    for (let round = 0; round < 30; round++) {
      await writeFile(join(dir, 'go'), 'on\n');
      await readFile(join(dir, 'said'));
    }
    expect(isAlive(Number(readFileSync(join(dir, 'pid'), 'utf8')))).toBe(true);
    await running.stop();
  });

  test('[TL8] that does not come up says what it printed, and leaves nothing', async () => {
    const dir = makeDir();
    const failing = { command: '/bin/sh', args: ['-c', 'echo no room; exit 3'], dir, ready: /ready/ };
    await expect(startOnLeash(failing)).rejects.toThrow('no room');
    await vi.waitFor(() => expect(existsSync(dir)).toBe(false), 10_000);
  });
});
