import { daysInMonth } from '../../domain/plan/local-date.ts';
import type { NamedKey, PlanPeriod } from '../../domain/plan/plan.ts';
import { newArea, newColumn } from '../new-shapes.ts';
import { keysBetween } from '../order-keys.ts';
import type { BoardRecord } from '../schema/records.ts';
import type { AreaShape } from '../schema/shapes.ts';
import { seedRecords } from '../seed.ts';
import { sizes } from '../sizes.ts';

/** A board with nothing on it. */
export const blankBoard = (): BoardRecord[] => seedRecords();

export interface QuarterlyPlanning {
  readonly teams: readonly NamedKey[];
  /** Its months give the bands their width, and become the columns under them. Without a period there are none. */
  readonly period: Pick<PlanPeriod, 'start' | 'end'> | null;
  /** False leaves the columns out; the bands are as wide all the same. */
  readonly columns?: boolean;
  /** Column titles by month, `2026-01` -> `January`; the bare month stands where there is none. */
  readonly monthNames?: Readonly<Record<string, string>>;
}

/**
 * The *Quarterly planning* board: a priorities rail on top, one band for each team across the month columns, if wanted, a parking
 * lot and a *Not doing* area beside them. Pure and deterministic. Records of a new board, document and page included.
 */
export function quarterlyPlanningBoard({
  teams,
  period,
  columns: withColumns = true,
  monthNames = {},
}: QuarterlyPlanning): BoardRecord[] {
  const months = period ? monthsOf(period) : [];
  const columnWidth = columnWidthFor(months.length);
  const width = Math.max(months.length, 2) * columnWidth;
  const top = railHeight + sizes.areaGap;
  const step = bandHeight + bandGap;
  const height = Math.max(1, teams.length) * step - bandGap;
  const indices = keysBetween(null, null, months.length + teams.length + 3);
  const next = () => indices.shift() ?? 'a0';
  const columns = (withColumns ? months : []).map((month, i) =>
    newColumn({
      id: `column-${month.start.slice(0, 7)}`,
      x: i * columnWidth,
      y: top - columnHead,
      index: next(),
      props: {
        ...month,
        title: monthNames[month.start.slice(0, 7)] ?? month.start.slice(0, 7),
        w: columnWidth,
        h: height + columnHead + bandGap,
      },
    }),
  );
  const side = width + sizes.areaGap;
  const half = Math.max(bandHeight, (height - bandGap) / 2);
  const areas = [
    area(
      'priorities',
      0,
      0,
      { title: 'Priorities', kind: 'shared', w: width, h: railHeight },
      next(),
      'priorities',
    ),
    ...teams.map(({ key, name }, i) =>
      area(
        `team-${i + 1}`,
        0,
        top + i * step,
        { title: name, kind: 'team', team: key, w: width, h: bandHeight },
        next(),
      ),
    ),
    area(
      'parking-lot',
      side,
      top,
      { title: 'Parking lot', kind: 'parking-lot', w: sideWidth, h: half },
      next(),
    ),
    area(
      'not-doing',
      side,
      top + half + bandGap,
      { title: 'Not doing', kind: 'not-doing', w: sideWidth, h: half },
      next(),
    ),
  ];
  return [...seedRecords(), ...columns, ...areas];
}

const columnHead = 84;
const bandGap = 40;
/** Two rows of cards. */
const bandHeight = sizes.areaHeader + 2 * sizes.objective.h + sizes.cardGap + sizes.areaPadding;
const railHeight = sizes.areaHeader + sizes.priority.h + sizes.areaPadding;
const sideWidth = 2 * sizes.areaPadding + 2 * sizes.objective.w + sizes.cardGap;

/** Two cards side by side in a month of a quarter, one in a longer period. */
const columnWidthFor = (months: number): number =>
  (months > 4 ? 1 : 2) * (sizes.objective.w + sizes.cardGap) + 2 * sizes.areaPadding - sizes.cardGap;

function area(
  id: string,
  x: number,
  y: number,
  props: Partial<AreaShape['props']>,
  index: string,
  role?: string,
): AreaShape {
  const shape = newArea({ id: `area-${id}`, x, y, index, props });
  return role ? { ...shape, meta: { role } } : shape;
}

/** Calendar months a period touches, cut to it; at most 24. */
function monthsOf({ start, end }: Pick<PlanPeriod, 'start' | 'end'>): { start: string; end: string }[] {
  const months: { start: string; end: string }[] = [];
  let [year, month] = [Number(start.slice(0, 4)), Number(start.slice(5, 7))];
  while (months.length < 24) {
    const name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
    if (name > end.slice(0, 7)) break;
    const last = `${name}-${daysInMonth(year, month)}`;
    months.push({ start: `${name}-01` < start ? start : `${name}-01`, end: last > end ? end : last });
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
  }
  return months;
}
