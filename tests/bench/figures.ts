/** What is measured in milliseconds or megabytes, and against which goal. */
export interface Figure {
  readonly what: string;
  /** Store it was measured on; empty when it does not matter. */
  readonly store: string;
  /** How many times the real plan was on the board; 0 = none. */
  readonly times: number;
  readonly unit: 'ms' | 'MB';
  readonly samples: readonly number[];
  readonly goal?: Goal;
}

/** Kept when the median, or the 95th percentile, is at most the limit (in the figure's unit). */
export interface Goal {
  readonly of: 'median' | 'p95';
  readonly limit: number;
}

/** From so many samples on a 95th percentile says something. */
const ENOUGH_FOR_P95 = 40;

/** Nearest rank: the smallest sample that is not below the share of all, so always one that was measured. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new Error('There is no percentile of nothing.');
  return found;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/** Whether the goal is kept; null without a goal. */
export function keepsGoal({ samples, goal }: Figure): boolean | null {
  if (!goal) return null;
  return percentile(samples, goal.of === 'median' ? 0.5 : 0.95) <= goal.limit;
}

/** Samples by what they are of. */
export class Figures {
  readonly #all = new Map<string, Omit<Figure, 'samples'> & { readonly samples: number[] }>();

  add(figure: Omit<Figure, 'samples'>, ...samples: readonly number[]): void {
    const key = [figure.what, figure.store, figure.times].join('|');
    const known = this.#all.get(key);
    if (known) known.samples.push(...samples);
    else this.#all.set(key, { ...figure, samples: [...samples] });
  }

  /** What was measured first comes first, with all its stores, and for each store the growth. */
  list(): readonly Figure[] {
    const all = [...this.#all.values()];
    const inOrder = (of: (it: Figure) => string) => [...new Set(all.map(of))];
    const whats = inOrder((it) => it.what);
    const stores = inOrder((it) => it.store);
    return all.sort(
      (a, b) =>
        whats.indexOf(a.what) - whats.indexOf(b.what) ||
        stores.indexOf(a.store) - stores.indexOf(b.store) ||
        a.times - b.times,
    );
  }
}

/** The figures as a Markdown table; a figure at several times the plan states its growth over the plan itself. */
export function writeTable(figures: readonly Figure[]): string {
  const head = ['What', 'Store', 'Plan', 'Median', 'p95', 'Worst', 'Runs', 'Goal'];
  const rows = figures.map((it) => {
    const one = figures.find((other) => isSameAtOne(other, it));
    const growth = one ? ` (×${(median(it.samples) / median(one.samples)).toFixed(1)})` : '';
    const measured = it.samples.length >= ENOUGH_FOR_P95;
    return [
      it.what,
      it.store,
      it.times === 0 ? '' : it.times === 1 ? '2025H1' : `${it.times}× 2025H1`,
      write(median(it.samples), it.unit) + growth,
      measured ? write(percentile(it.samples, 0.95), it.unit) : '',
      write(Math.max(...it.samples), it.unit),
      String(it.samples.length),
      writeGoal(it),
    ];
  });
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((name) => (['Median', 'p95', 'Worst', 'Runs'].includes(name) ? '---:' : '---'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

const isSameAtOne = (other: Figure, it: Figure): boolean =>
  it.times > 1 && other.times === 1 && other.what === it.what && other.store === it.store;

function writeGoal(figure: Figure): string {
  const { goal, unit } = figure;
  if (!goal) return '';
  const of = goal.of === 'p95' ? 'p95 ' : '';
  return `${of}≤ ${write(goal.limit, unit)}: ${keepsGoal(figure) ? 'kept' : '**missed**'}`;
}

function write(value: number, unit: 'ms' | 'MB'): string {
  if (unit === 'MB') return `${Math.round(value)} MB`;
  return value < 1_000 ? `${Math.round(value)} ms` : `${(value / 1_000).toFixed(value < 10_000 ? 2 : 1)} s`;
}
