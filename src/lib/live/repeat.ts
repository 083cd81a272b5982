import type { LiveClock } from './transport.ts';

/** Runs every `ms` until the returned function is called. */
export function repeat(clock: LiveClock, ms: number, run: () => void): () => void {
  let stopped = false;
  let stop = (): void => {};
  const begin = (): void => {
    stop = clock.after(ms, () => {
      if (stopped) return;
      run();
      begin();
    });
  };
  begin();
  return () => {
    stopped = true;
    stop();
  };
}
