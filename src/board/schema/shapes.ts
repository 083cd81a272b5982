import { T } from '@tldraw/validate';
import type { RecordProps, TLBaseShape } from '@tldraw/tlschema';

/**
 * Our objects on the canvas (board.md B2), as tldraw shapes. One schema serves canvas and gatekeeper. Identity in the
 * plan is `meta.key`: minted once when a card is drawn, given a new value when it is copied, kept by undo.
 * Team and person are named by key, dates are `YYYY-MM-DD` or null.
 */
const date = T.string.nullable();

export type AreaKind = 'team' | 'shared' | 'milestone' | 'parking-lot' | 'not-doing';

/** A team's band or block on the board; the cards inside are its children (`parentId`). Sizes itself to them. */
export interface AreaProps {
  w: number;
  h: number;
  title: string;
  kind: AreaKind;
  /** Team key; null for shared kinds. */
  team: string | null;
}
export type AreaShape = TLBaseShape<'area', AreaProps>;

/** A slice of time laid under the areas, drawn as a titled column; locked by default. */
export interface ColumnProps {
  w: number;
  h: number;
  title: string;
  start: string | null;
  end: string | null;
}
export type ColumnShape = TLBaseShape<'column', ColumnProps>;

/** A priority: a banner on the rail at the top. */
export interface PriorityProps {
  w: number;
  h: number;
  title: string;
  why: string;
  rank: number | null;
}
export type PriorityShape = TLBaseShape<'priority', PriorityProps>;

/** One measure: a row inside its objective. `order` is a fractional index (`a1`, `a1V`). */
export interface MeasureProps {
  key: string;
  order: string;
  title: string;
  kind: 'number' | 'milestone' | 'deliverable' | 'habit';
  unit: string;
  baseline: number | null;
  target: number | null;
  direction: 'up' | 'down' | 'keep-within' | 'reach';
  due: string | null;
  owner: string | null;
  done: boolean;
  helpWanted: boolean;
}

export interface ObjectiveProps {
  w: number;
  h: number;
  title: string;
  /** Longer words about the objective: "summary" of the plan format. */
  notes: string;
  why: string;
  /** Overrides the team of the area it lies in. */
  team: string | null;
  owner: string | null;
  contributors: string[];
  priority: string | null;
  status: 'draft' | 'in-plan' | 'not-doing';
  promise: 'firm' | 'stretch';
  flagship: boolean;
  due: string | null;
  dueText: string | null;
  weight: number;
  effort: number | null;
  businessValue: number | null;
  doneMeans: string;
  link: string | null;
  measures: MeasureProps[];
}
export type ObjectiveShape = TLBaseShape<'objective', ObjectiveProps>;

/**
 * A dependency is tldraw's own arrow, both ends bound to an objective or an area, with these facts in `meta`
 * (`meta.kind === 'dependency'`). The tail needs, the head provides. Agreement is the server's and never in here.
 */
export interface DependencyMeta {
  kind: 'dependency';
  key: string;
  what: string;
  detail: string;
  neededBy: string | null;
  hardness: 'hard' | 'soft';
  size: 'small' | 'medium' | 'large' | null;
}

const size = { w: T.positiveNumber, h: T.positiveNumber };

export const areaProps: RecordProps<AreaShape> = {
  ...size,
  title: T.string,
  kind: T.literalEnum('team', 'shared', 'milestone', 'parking-lot', 'not-doing'),
  team: T.string.nullable(),
};

export const columnProps: RecordProps<ColumnShape> = { ...size, title: T.string, start: date, end: date };

export const priorityProps: RecordProps<PriorityShape> = {
  ...size,
  title: T.string,
  why: T.string,
  rank: T.number.nullable(),
};

export const measureValidator = T.object({
  key: T.string,
  order: T.string,
  title: T.string,
  kind: T.literalEnum('number', 'milestone', 'deliverable', 'habit'),
  unit: T.string,
  baseline: T.number.nullable(),
  target: T.number.nullable(),
  direction: T.literalEnum('up', 'down', 'keep-within', 'reach'),
  due: date,
  owner: T.string.nullable(),
  done: T.boolean,
  helpWanted: T.boolean,
});

export const objectiveProps: RecordProps<ObjectiveShape> = {
  ...size,
  title: T.string,
  notes: T.string,
  why: T.string,
  team: T.string.nullable(),
  owner: T.string.nullable(),
  contributors: T.arrayOf(T.string),
  priority: T.string.nullable(),
  status: T.literalEnum('draft', 'in-plan', 'not-doing'),
  promise: T.literalEnum('firm', 'stretch'),
  flagship: T.boolean,
  due: date,
  dueText: T.string.nullable(),
  weight: T.number,
  effort: T.number.nullable(),
  businessValue: T.number.nullable(),
  doneMeans: T.string,
  link: T.linkUrl.nullable(),
  measures: T.arrayOf(measureValidator),
};
