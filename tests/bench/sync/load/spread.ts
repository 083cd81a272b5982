const stepMs = 0.25;
const steps = 120_000;

/** How durations spread: counts in steps of a quarter of a millisecond up to 30 s, so that millions can be taken. */
export class Spread {
  readonly #counts = new Uint32Array(steps);
  count = 0;

  add(ms: number): void {
    const at = Math.min(steps - 1, Math.max(0, Math.floor(ms / stepMs)));
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.count += 1;
  }

  /** Adds all of another one. */
  take(other: Spread): void {
    other.#counts.forEach((count, i) => {
      this.#counts[i] = (this.#counts[i] ?? 0) + count;
    });
    this.count += other.count;
  }

  /** The upper end of the step that holds this share; null of nothing. */
  percentile(share: number): number | null {
    if (this.count === 0) return null;
    const rank = Math.max(1, Math.ceil(share * this.count));
    let seen = 0;
    for (let i = 0; i < steps; i++) {
      seen += this.#counts[i] ?? 0;
      if (seen >= rank) return (i + 1) * stepMs;
    }
    return steps * stepMs;
  }

  summary(): SpreadSummary {
    const at = (share: number): number | null => this.percentile(share);
    return { count: this.count, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
  }
}

export interface SpreadSummary {
  readonly count: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}
