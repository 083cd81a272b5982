/** One exchange with the server: sent and heard by this device's clock, and what the server's clock said between. */
export interface Exchange {
  readonly sentAt: number;
  readonly serverTime: number;
  readonly heardAt: number;
}

const kept = 5;

/**
 * Milliseconds to add to this device's clock to get the server's (facilitation.md F0.4): the median of the five quickest
 * exchanges, so that one slow answer or a wrong wall clock moves no deadline.
 */
export function clockOffset(exchanges: readonly Exchange[]): number {
  const quickest = exchanges
    .toSorted((a, b) => a.heardAt - a.sentAt - (b.heardAt - b.sentAt))
    .slice(0, kept)
    .map(({ sentAt, serverTime, heardAt }) => serverTime - (sentAt + heardAt) / 2)
    .sort((a, b) => a - b);
  return quickest[Math.floor(quickest.length / 2)] ?? 0;
}
