/** The load generator: a process of its own, so that it shares nothing with a server but the machine. One job, one life. */
import { readFileSync } from 'node:fs';
import { playIdle, type IdleJob } from './idle-scene.ts';
import { playJoin, type JoinJob } from './join-scene.ts';
import { playKill, type KillJob } from './kill-scene.ts';
import { playLive, type LiveJob } from './live-scene.ts';
import { playReturn, type ReturnJob } from './return-scene.ts';

export type Job = LiveJob | JoinJob | ReturnJob | KillJob | IdleJob;

/** The bench that started this process. */
export interface Parent {
  tell(phase: string): Promise<void>;
  told(phase: string): Promise<{ readonly pid: number }>;
}

const parent: Parent = {
  tell: (phase) => new Promise((resolve) => process.send?.({ phase }, () => resolve())),
  told: (phase) =>
    new Promise((resolve) => {
      const hear = (message: { phase?: string; pid: number }): void => {
        if (message.phase !== phase) return;
        process.off('message', hear);
        resolve(message);
      };
      process.on('message', hear);
    }),
};

function play(job: Job): Promise<unknown> {
  if (job.scene === 'idle') return playIdle(job, parent);
  const seed = readFileSync(job.seed);
  switch (job.scene) {
    case 'live':
      return playLive(job, seed);
    case 'join':
      return playJoin(job, seed);
    case 'return':
      return playReturn(job, seed, parent);
    case 'kill':
      return playKill(job, seed, parent);
  }
}

process.once('message', (job: Job) => {
  play(job).then(
    (result) => process.send?.({ result }, () => process.exit(0)),
    (cause: unknown) =>
      process.send?.(
        { failed: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) },
        () => process.exit(1),
      ),
  );
});
