import { describe, expect, test } from 'vitest';
import { overlaps } from '../layout-quality.ts';
import { repair } from '../repair/repair.ts';
import { isArea, isShape, type BoardRecord } from '../schema/records.ts';
import type { ColumnShape } from '../schema/shapes.ts';
import { validateRecord } from '../schema/validate-record.ts';
import { blankBoard, quarterlyPlanningBoard } from './quarterly-planning.ts';

const team = (key: string) => ({ key, name: `Team ${key}` });
const quarter = { start: '2026-01-01', end: '2026-03-31' };
const columnsOf = (records: readonly BoardRecord[]): ColumnShape[] =>
  records.filter((record): record is ColumnShape => record.typeName === 'shape' && record.type === 'column');

describe('a new board', () => {
  test('[BD60] blank, it holds document and page and nothing else', () => {
    expect(blankBoard().map(({ id }) => id)).toEqual(['document:document', 'page:page']);
  });

  test('[BD61] for quarterly planning it has a rail, an area for each team, month columns, parking lot and Not doing', () => {
    const records = quarterlyPlanningBoard({
      teams: ['a', 'b', 'c'].map(team),
      period: quarter,
      monthNames: { '2026-01': 'January' },
    });
    const areas = records.filter(isArea);
    expect(areas.map(({ props }) => [props.kind, props.team, props.title])).toEqual([
      ['shared', null, 'Priorities'],
      ['team', 'a', 'Team a'],
      ['team', 'b', 'Team b'],
      ['team', 'c', 'Team c'],
      ['parking-lot', null, 'Parking lot'],
      ['not-doing', null, 'Not doing'],
    ]);
    expect(
      columnsOf(records).map(({ props, isLocked }) => [props.title, props.start, props.end, isLocked]),
    ).toEqual([
      ['January', '2026-01-01', '2026-01-31', true],
      ['2026-02', '2026-02-01', '2026-02-28', true],
      ['2026-03', '2026-03-01', '2026-03-31', true],
    ]);
  });

  test.each([
    [0, quarter],
    [1, null],
    [12, quarter],
    [5, { start: '2025-11-15', end: '2026-04-14' }],
    [3, { start: '2024-01-01', end: '2030-12-31' }],
  ])('[BD61] with %i teams and period %j everything is valid, in order and apart', (count, period) => {
    const records = quarterlyPlanningBoard({
      teams: Array.from({ length: count }, (_, i) => team(`t${i}`)),
      period,
    });
    expect(records.filter((record) => !validateRecord(record).ok)).toEqual([]);
    expect(overlaps(records)).toEqual([]);
    expect(repair(records)).toEqual({ put: [], remove: [] });
    expect(quarterlyPlanningBoard({ teams: [], period })).toEqual(
      quarterlyPlanningBoard({ teams: [], period }),
    );
  });

  test('[BD61] without columns the bands stand where they would stand with them', () => {
    const of = (columns: boolean) => quarterlyPlanningBoard({ teams: [team('a')], period: quarter, columns });
    expect(columnsOf(of(false))).toEqual([]);
    const boxes = (records: readonly BoardRecord[]) =>
      records.filter(isArea).map(({ x, y, props: { w, h } }) => ({ x, y, w, h }));
    expect(boxes(of(false))).toEqual(boxes(of(true)));
  });

  test('[BD61] columns follow each other without a gap, are cut to the period and lie under every band', () => {
    const records = quarterlyPlanningBoard({
      teams: [team('a'), team('b')],
      period: { start: '2025-11-15', end: '2026-02-10' },
    });
    const columns = columnsOf(records);
    expect(columns.map(({ props }) => [props.start, props.end])).toEqual([
      ['2025-11-15', '2025-11-30'],
      ['2025-12-01', '2025-12-31'],
      ['2026-01-01', '2026-01-31'],
      ['2026-02-01', '2026-02-10'],
    ]);
    for (const [i, column] of columns.entries()) {
      const next = columns[i + 1];
      if (next) expect(next.x).toBe(column.x + column.props.w);
    }
    const bands = records.filter(isArea).filter(({ props }) => props.kind === 'team');
    for (const band of bands) {
      expect(columns.every((it) => it.y < band.y && it.y + it.props.h > band.y + band.props.h)).toBe(true);
      expect(columns.every((it) => it.index < band.index)).toBe(true);
    }
    expect(new Set(records.filter(isShape).map(({ id }) => id)).size).toBe(records.filter(isShape).length);
  });
});
