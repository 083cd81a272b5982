import type { SyncClock } from './hooks.ts';

const waitMs = { first: 250, most: 1_000 };

/** Tries after a while, and again after a longer one, until it succeeds; jittered, so that rooms do not try together. */
export function tryUntilDone(clock: SyncClock, random: () => number, run: () => Promise<void>): void {
  const after = (ms: number): void => {
    clock.after(ms * (0.5 + random() / 2), () => {
      run().catch(() => after(Math.min(ms * 2, waitMs.most)));
    });
  };
  after(waitMs.first);
}
