import type { Log } from './log.ts';

/** Something that is due again and again. */
export interface Chore {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<void>;
}

/**
 * Runs chores in the background, each never beside itself; one that fails is logged and comes again. The answer stops
 * them and waits for what is under way.
 */
export function startHousekeeping(chores: readonly Chore[], log: Log): () => Promise<void> {
  const underWay = new Map<string, Promise<void>>();
  const timers = chores.map((chore) => {
    const timer = setInterval(() => {
      if (underWay.has(chore.name)) return;
      const run = chore
        .run()
        .catch((error: unknown) => log.error({ err: error, chore: chore.name }, 'a chore failed'))
        .finally(() => underWay.delete(chore.name));
      underWay.set(chore.name, run);
    }, chore.everyMs);
    timer.unref();
    return timer;
  });
  return async () => {
    timers.forEach((timer) => clearInterval(timer));
    await Promise.all(underWay.values());
  };
}
