import type { TLArrowBinding, TLArrowShape } from '@tldraw/tlschema';
import { compareText } from './flatten.ts';
import { isArea, isArrow, isBinding, isObjective, type BoardRecord } from './schema/records.ts';
import type { AreaShape, ObjectiveShape } from './schema/shapes.ts';
import type { RecordIndex } from './tree.ts';

/** What an arrow's end may be bound to so that the arrow is a dependency. */
export type DependencyEnd = ObjectiveShape | AreaShape;

/** An arrow whose two ends are bound to an objective or an area: `tail` needs, `head` provides (board.md B2). */
export interface DrawnDependency {
  readonly arrow: TLArrowShape;
  readonly tail: DependencyEnd;
  readonly head: DependencyEnd;
}

/** The bindings of every arrow, by arrow id and terminal. Of two for one terminal the smaller id counts. */
export function arrowEnds(
  records: Iterable<BoardRecord>,
): Map<string, { start?: TLArrowBinding; end?: TLArrowBinding }> {
  const ends = new Map<string, { start?: TLArrowBinding; end?: TLArrowBinding }>();
  const bindings = [...records].filter(isBinding).sort((a, b) => compareText(a.id, b.id));
  for (const binding of bindings) {
    const of = ends.get(binding.fromId) ?? {};
    ends.set(binding.fromId, of);
    of[binding.props.terminal] ??= binding;
  }
  return ends;
}

/** All arrows that are dependencies, in order of their ids. */
export function drawnDependencies(index: RecordIndex): DrawnDependency[] {
  const drawn: DrawnDependency[] = [];
  const ends = arrowEnds(index.values());
  const arrows = [...index.values()].filter(isArrow).sort((a, b) => compareText(a.id, b.id));
  for (const arrow of arrows) {
    const { start, end } = ends.get(arrow.id) ?? {};
    const tail = start && endAt(index, start.toId);
    const head = end && endAt(index, end.toId);
    if (tail && head && tail.id !== head.id) drawn.push({ arrow, tail, head });
  }
  return drawn;
}

function endAt(index: RecordIndex, id: string): DependencyEnd | null {
  const record = index.get(id);
  return record && (isObjective(record) || isArea(record)) ? record : null;
}
