import type { TLArrowBinding, TLArrowShape } from '@tldraw/tlschema';
import { PAGE_ID } from './schema/records.ts';
import type { DependencyMeta } from './schema/shapes.ts';
import type { Point } from './tree.ts';

export interface NewArrow {
  /** Without `shape:`; the bindings get ids made of it. */
  readonly id: string;
  /** Record ids of the card or area that needs, and of the one that provides. */
  readonly from: string;
  readonly to: string;
  readonly facts: Partial<Omit<DependencyMeta, 'kind'>> & Pick<DependencyMeta, 'key'>;
  readonly index?: string;
  /** Where the line starts and ends on the page: only tldraw's fallback while both ends are bound. */
  readonly start?: Point;
  readonly end?: Point;
  /** Point of the target the head aims at, 0 to 1 along its sides; absent aims at its middle. */
  readonly anchor?: Point;
}

/** A dependency arrow with both its ends bound: three records, to be written in one transaction. */
export function newArrow(from: NewArrow): [TLArrowShape, TLArrowBinding, TLArrowBinding] {
  const start = from.start ?? { x: 0, y: 0 };
  const end = from.end ?? { x: 2, y: 0 };
  const arrow: TLArrowShape = {
    id: `shape:${from.id}` as TLArrowShape['id'],
    typeName: 'shape',
    type: 'arrow',
    ...start,
    rotation: 0,
    index: (from.index ?? 'a1') as TLArrowShape['index'],
    parentId: PAGE_ID as TLArrowShape['parentId'],
    isLocked: false,
    opacity: 1,
    meta: dependencyMeta(from.facts),
    props: {
      ...style,
      start: { x: 0, y: 0 },
      end: { x: end.x - start.x, y: end.y - start.y },
    },
  };
  return [arrow, bind(arrow, 'start', from.from), bind(arrow, 'end', from.to, from.anchor)];
}

const style = {
  kind: 'arc',
  labelColor: 'black',
  color: 'black',
  fill: 'none',
  dash: 'solid',
  size: 's',
  arrowheadStart: 'none',
  arrowheadEnd: 'arrow',
  font: 'sans',
  bend: 0,
  text: '',
  labelPosition: 0.5,
  scale: 1,
  elbowMidPoint: 0.5,
} as const;

/** All facts of a dependency, with their defaults. */
export function dependencyMeta(facts: NewArrow['facts']): { [K in keyof DependencyMeta]: DependencyMeta[K] } {
  return {
    kind: 'dependency',
    key: facts.key,
    what: facts.what ?? '',
    detail: facts.detail ?? '',
    neededBy: facts.neededBy ?? null,
    hardness: facts.hardness ?? 'hard',
    size: facts.size ?? null,
  };
}

/** The binding of one end of an arrow to a card or area. */
export const bind = (
  arrow: Pick<TLArrowShape, 'id'>,
  terminal: 'start' | 'end',
  to: string,
  anchor?: Point,
): TLArrowBinding => ({
  id: `binding:${arrow.id.slice('shape:'.length)}-${terminal}` as TLArrowBinding['id'],
  typeName: 'binding',
  type: 'arrow',
  fromId: arrow.id,
  toId: to as TLArrowBinding['toId'],
  meta: {},
  props: {
    terminal,
    normalizedAnchor: anchor ?? { x: 0.5, y: 0.5 },
    isExact: false,
    isPrecise: anchor !== undefined,
    snap: 'none',
  },
});
