import { keepsGoal, median, percentile, type Figure } from '../figures.ts';

/** One line a thing, one column a store and size with median and 95th percentile, growth on PostgreSQL, and the goal. */
export function trackingTable(all: readonly Figure[]): string {
  const columns = [...new Set(all.map(columnOf))];
  const heads = columns.map((it) => {
    const [store = '', commitments = ''] = it.split('|');
    return `${store}, ${Number(commitments).toLocaleString('en')}`;
  });
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = [...new Set(all.map(({ what }) => what))].map((what) => {
    const its = all.filter((it) => it.what === what);
    const cells = columns.map((column) => {
      const found = its.find((it) => columnOf(it) === column);
      return found === undefined ? '' : write(found);
    });
    return line([what, ...cells, growthOf(its), goalOf(its)]);
  });
  return [
    line(['Median / p95, ms', ...heads, 'Growth', 'Goal']),
    line(['---', ...columns.map(() => '---:'), '---:', '---']),
    ...rows,
  ].join('\n');
}

const columnOf = ({ store, times }: Figure): string => `${store}|${times}`;

const write = ({ samples }: Figure): string =>
  `${Math.round(median(samples))} / ${Math.round(percentile(samples, 0.95))}`;

/** How much longer the median of the largest takes than that of the smallest, on PostgreSQL. */
function growthOf(its: readonly Figure[]): string {
  const sizes = its.filter(({ store }) => store === 'PostgreSQL').sort((a, b) => a.times - b.times);
  const [small, large] = [sizes[0], sizes.at(-1)];
  if (small === undefined || large === undefined || small === large) return '';
  return `×${(median(large.samples) / median(small.samples)).toFixed(1)}`;
}

function goalOf(its: readonly Figure[]): string {
  const goal = its[0]?.goal;
  if (goal === undefined) return '';
  const missed = its.filter((it) => keepsGoal(it) === false);
  const where = missed.map(({ store, times }) => `${store}, ${times.toLocaleString('en')}`).join('; ');
  return `p95 ≤ ${goal.limit}: ${missed.length === 0 ? 'kept' : `**missed** on ${where}`}`;
}
