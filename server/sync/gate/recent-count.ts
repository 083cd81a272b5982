/** How much happened within the last `windowMs`. */
export class RecentCount {
  readonly #windowMs: number;
  #events: { at: number; amount: number }[] = [];

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Adds and gives the sum within the window. */
  add(amount: number, now: number): number {
    this.#events = this.#events.filter((event) => event.at > now - this.#windowMs);
    this.#events.push({ at: now, amount });
    return this.#events.reduce((sum, event) => sum + event.amount, 0);
  }

  reset(): void {
    this.#events = [];
  }
}
