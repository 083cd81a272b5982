import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A node that plans, mails and posts, as a process of its own. */
export interface MailNode {
  /** Resolves after so many more whole rounds of planning and sending. */
  rounds(count: number): Promise<void>;
  kill9(): Promise<void>;
}

/** Starts one whose clock begins at `now`; resolves once it runs. */
export async function startMailNode(
  now: number,
  settings: Readonly<Record<string, string>>,
): Promise<MailNode> {
  const child = spawn(process.execPath, ['tests/faults/mail-process.ts', String(now)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...settings },
  });
  let over = false;
  const ended = once(child, 'exit').then(() => (over = true));
  const waiting: (() => void)[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const _round of text.match(/round/g) ?? []) waiting.forEach((told) => told());
  });
  await once(child.stdout, 'data');
  return {
    rounds: (count) =>
      new Promise((done) => {
        let left = count;
        waiting.push(() => {
          left -= 1;
          if (left === 0) done();
        });
      }),
    kill9: async () => {
      if (!over) child.kill('SIGKILL');
      await ended;
    },
  };
}
