/**
 * The server's clock as seen from here, for timers that everybody must see alike (facilitation.md F0.4). The estimate of
 * the quickest exchange of the last eight wins: its possible error is half its own duration.
 */
export class ServerTime {
  #samples: { offset: number; took: number }[] = [];

  /** One exchange: sent at, server's own time, answer received at. */
  learn(sentAt: number, serverTime: number, receivedAt: number): void {
    const took = Math.max(0, receivedAt - sentAt);
    this.#samples.push({ offset: serverTime + took / 2 - receivedAt, took });
    if (this.#samples.length > 8) this.#samples.shift();
  }

  /** Milliseconds to add to this device's clock. */
  get offsetMs(): number {
    let best = this.#samples[0];
    for (const sample of this.#samples) if (best && sample.took < best.took) best = sample;
    return best?.offset ?? 0;
  }
}
