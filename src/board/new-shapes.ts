import { PAGE_ID } from './schema/records.ts';
import type {
  AreaProps,
  AreaShape,
  ColumnProps,
  ColumnShape,
  ObjectiveProps,
  ObjectiveShape,
  PriorityProps,
  PriorityShape,
} from './schema/shapes.ts';
import { sizes } from './sizes.ts';

/** What a new shape is given; the rest has defaults. `id` without `shape:`. */
interface NewShape<Props> {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  /** Record id of the parent, default the page; coordinates are relative to it. */
  readonly parentId?: string;
  readonly index?: string;
  readonly props?: Partial<Props>;
}

const base = ({ id, x, y, parentId = PAGE_ID, index = 'a1' }: NewShape<unknown>) => ({
  id: `shape:${id}` as ObjectiveShape['id'],
  typeName: 'shape' as const,
  x,
  y,
  rotation: 0,
  index: index as ObjectiveShape['index'],
  parentId: parentId as ObjectiveShape['parentId'],
  opacity: 1 as ObjectiveShape['opacity'],
});

/** Facts of an objective nobody has said anything about. */
export const defaultObjective: ObjectiveProps = {
  ...sizes.objective,
  title: '',
  notes: '',
  why: '',
  team: null,
  owner: null,
  contributors: [],
  priority: null,
  status: 'draft',
  promise: 'firm',
  flagship: false,
  due: null,
  dueText: null,
  weight: 3,
  effort: null,
  businessValue: null,
  doneMeans: '',
  link: null,
  measures: [],
};

/** A new objective card. `key` is its identity in the plan: mint one, never reuse one. */
export const newObjective = (from: NewShape<ObjectiveProps> & { readonly key: string }): ObjectiveShape => ({
  ...base(from),
  type: 'objective',
  isLocked: false,
  meta: { key: from.key },
  props: { ...defaultObjective, ...from.props },
});

/** A new priority banner. */
export const newPriority = (from: NewShape<PriorityProps> & { readonly key: string }): PriorityShape => ({
  ...base(from),
  type: 'priority',
  isLocked: false,
  meta: { key: from.key },
  props: { ...sizes.priority, title: '', why: '', rank: null, ...from.props },
});

/** A new area; of kind `team` unless said otherwise. */
export const newArea = (from: NewShape<AreaProps>): AreaShape => ({
  ...base(from),
  type: 'area',
  isLocked: false,
  meta: {},
  props: { ...sizes.emptyArea, title: '', kind: 'team', team: null, ...from.props },
});

/** A new time column, locked: it lies under the areas. */
export const newColumn = (from: NewShape<ColumnProps>): ColumnShape => ({
  ...base(from),
  type: 'column',
  isLocked: true,
  meta: {},
  props: { ...sizes.emptyArea, title: '', start: null, end: null, ...from.props },
});
