/** A bucket that fills at `perSecond` up to `burst`; overdrawing gives the wait until it is level again. */
export class TokenBucket {
  #left: number;
  #at: number;
  readonly #burst: number;
  readonly #perSecond: number;

  constructor(burst: number, perSecond: number, now: number) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#left = burst;
    this.#at = now;
  }

  /** Takes `amount` whatever is left; milliseconds until the bucket is no longer overdrawn, 0 when it is not. */
  take(amount: number, now: number): number {
    this.#fill(now);
    this.#left -= amount;
    return this.#left >= 0 ? 0 : Math.ceil((-this.#left / this.#perSecond) * 1000);
  }

  /** Takes one if there is one. */
  tryTake(now: number): boolean {
    this.#fill(now);
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  #fill(now: number): void {
    this.#left = Math.min(this.#burst, this.#left + ((now - this.#at) / 1000) * this.#perSecond);
    this.#at = now;
  }
}
