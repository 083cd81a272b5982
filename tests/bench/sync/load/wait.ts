export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves when it is so; rejects, saying what never was, after `ms`. */
export async function until(isSo: () => boolean, ms: number, what = ''): Promise<void> {
  const end = performance.now() + ms;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`it took more than ${ms / 1_000} s until ${what}`);
    await pause(5);
  }
}
