const most = 30_000;
const least = 1_000;
const perConnection = 5;

/**
 * What a server that restarts says with its goodbye: within how many milliseconds those who were on it should come back,
 * the more of them the wider, so that nobody waits longer than needed and not all knock at once.
 */
export const restartReason = (connections: number): string =>
  `the server is restarting, retry=${Math.min(most, Math.max(least, connections * perConnection))}`;

/** The milliseconds of such a goodbye; null when it names none. */
export function spreadOf(reason: string): number | null {
  const ms = Number(/\bretry=(\d{1,6})$/.exec(reason)?.[1] ?? NaN);
  return Number.isNaN(ms) ? null : Math.min(most, Math.max(least, ms));
}
