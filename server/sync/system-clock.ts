import type { SyncClock } from './hooks.ts';

/** The machine's clock and timers. Timers do not keep the process alive. */
export const systemClock: SyncClock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
