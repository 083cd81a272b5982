import { describe, expect, test } from 'vitest';
import { Figures, keepsGoal, median, percentile, writeTable, type Figure } from './figures.ts';

const aFigure = (over: Partial<Figure> = {}): Figure => ({
  ...{ what: 'Import', store: 'embedded', times: 1, unit: 'ms' as const, samples: [300, 100, 200] },
  ...over,
});
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => count - i);

describe('percentiles are samples that were measured', () => {
  test('nearest rank', () => {
    expect(percentile(upTo(100), 0.95)).toBe(95);
    expect(percentile(upTo(100), 0.5)).toBe(50);
    expect(percentile([7], 0.95)).toBe(7);
    expect(median([300, 100, 200])).toBe(200);
  });

  test('of nothing there is none', () => {
    expect(() => median([])).toThrow('no percentile');
  });
});

describe('goals', () => {
  test('of the median or of the 95th percentile, the limit itself kept', () => {
    expect(keepsGoal(aFigure({ goal: { of: 'median', limit: 200 } }))).toBe(true);
    expect(keepsGoal(aFigure({ goal: { of: 'median', limit: 199 } }))).toBe(false);
    expect(keepsGoal(aFigure({ goal: { of: 'p95', limit: 200 } }))).toBe(false);
    expect(keepsGoal(aFigure())).toBeNull();
  });
});

describe('the table', () => {
  test('samples of one thing come together; what came first is first, with all its stores and sizes', () => {
    const figures = new Figures();
    const { samples: _, ...first } = aFigure();
    figures.add(first, 1);
    figures.add({ ...first, what: 'Commit' }, 5);
    figures.add({ ...first, store: 'PostgreSQL' }, 7);
    figures.add({ ...first, times: 10 }, 9);
    figures.add(first, 2, 3);
    expect(figures.list().map(({ what, store, times, samples }) => [what, store, times, samples])).toEqual([
      ['Import', 'embedded', 1, [1, 2, 3]],
      ['Import', 'embedded', 10, [9]],
      ['Import', 'PostgreSQL', 1, [7]],
      ['Commit', 'embedded', 1, [5]],
    ]);
  });

  test('states growth, goals and units', () => {
    const rows = writeTable([
      aFigure({ goal: { of: 'median', limit: 150 } }),
      aFigure({ times: 10, samples: [1_500] }),
      aFigure({ what: 'Memory', times: 0, unit: 'MB', samples: [601.4], goal: { of: 'median', limit: 750 } }),
      aFigure({ what: 'Two windows', samples: upTo(100), goal: { of: 'p95', limit: 100 } }),
    ]).split('\n');
    expect(rows.slice(2)).toEqual([
      '| Import | embedded | 2025H1 | 200 ms |  | 300 ms | 3 | ≤ 150 ms: **missed** |',
      '| Import | embedded | 10× 2025H1 | 1.50 s (×7.5) |  | 1.50 s | 1 |  |',
      '| Memory | embedded |  | 601 MB |  | 601 MB | 1 | ≤ 750 MB: kept |',
      '| Two windows | embedded | 2025H1 | 50 ms | 95 ms | 100 ms | 100 | p95 ≤ 100 ms: kept |',
    ]);
  });
});
