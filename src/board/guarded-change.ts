import type { Around, GuardedChange } from '../domain/access/guard.ts';
import { isArea, type BoardShape } from './schema/records.ts';
import type { AreaShape } from './schema/shapes.ts';
import { ancestorsOf, type RecordIndex } from './tree.ts';

/** A change of a shape as the rules of areas and locks see it; null stands for not being there. */
export function guardedChange(
  index: RecordIndex,
  before: BoardShape | null,
  after: BoardShape | null,
  own: boolean,
): GuardedChange {
  const shape = before ?? after;
  if (!shape) throw new Error('A change is of something.');
  return {
    id: shape.id,
    isArea: before !== null && isArea(before),
    team: before !== null && isArea(before) ? before.props.team : null,
    own: own || before === null,
    onlyPlace:
      before !== null && after !== null && isArea(before) && isArea(after) && saysTheSame(before, after),
    before: before && aroundOf(index, before),
    after: after && aroundOf(index, after),
  };
}

function aroundOf(index: RecordIndex, shape: BoardShape): Around[] {
  return [...ancestorsOf(index, shape)].map((above) => ({
    id: above.id,
    team: isArea(above) ? above.props.team : null,
  }));
}

const saysTheSame = (a: AreaShape, b: AreaShape): boolean =>
  a.props.title === b.props.title &&
  a.props.kind === b.props.kind &&
  a.props.team === b.props.team &&
  a.meta === b.meta &&
  a.opacity === b.opacity &&
  a.isLocked === b.isLocked;
