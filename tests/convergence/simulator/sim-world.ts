/** Seeded random numbers in [0, 1) (mulberry32): the same seed gives the same run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  cancelled: boolean;
}

/**
 * Simulated time: nothing happens but what is due next, one thing at a time, promises settled in between. The same seed
 * replays the same run to the letter.
 */
export class SimWorld {
  readonly random: () => number;
  #now = 1_790_000_000_000;
  #order = 0;
  #due: Due[] = [];
  steps = 0;

  constructor(seed: number) {
    this.random = seeded(seed);
  }

  now(): number {
    return this.#now;
  }

  /** A whole number in [least, most]. */
  between(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1));
  }

  chance(p: number): boolean {
    return this.random() < p;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  after(ms: number, run: () => void): () => void {
    const due = { at: this.#now + Math.max(0, ms), order: this.#order++, run, cancelled: false };
    // A heap would be quicker on paper; with the few dozen timers of a run, sorted insertion is.
    let i = this.#due.length;
    while (i > 0 && (this.#due[i - 1]?.at ?? 0) > due.at) i--;
    this.#due.splice(i, 0, due);
    return () => void (due.cancelled = true);
  }

  /** Runs everything due within the next `ms`. */
  async run(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#due[0];
      if (!next || next.at > end) break;
      this.#due.shift();
      if (next.cancelled) continue;
      this.#now = next.at;
      this.steps++;
      next.run();
      await new Promise(setImmediate);
    }
    this.#now = end;
  }
}

/** A part of the world that can die: its timers and promises end with it. */
export class Mortal {
  alive = true;
  readonly #world: SimWorld;

  constructor(world: SimWorld) {
    this.#world = world;
  }

  readonly clock = {
    now: (): number => this.#world.now(),
    after: (ms: number, run: () => void): (() => void) =>
      this.#world.after(ms, () => {
        if (this.alive) run();
      }),
  };

  /** The answer, unless this part dies before: then nothing ever comes back. */
  guard<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      promise.then(
        (value) => {
          if (this.alive) resolve(value);
        },
        (cause: unknown) => {
          if (this.alive) reject(cause instanceof Error ? cause : new Error(String(cause)));
        },
      );
    });
  }
}
