import { compareText } from '#board/flatten.ts';
import { drawnDependencies, type DrawnDependency } from '#board/drawn-dependencies.ts';
import { isArea, isObjective, isPriority } from '#board/schema/records.ts';
import type { AreaShape, ObjectiveShape, PriorityShape } from '#board/schema/shapes.ts';
import { areaOf, type RecordIndex } from '#board/tree.ts';

export interface OutlineSection {
  /** Null: cards that lie in no area. */
  readonly area: AreaShape | null;
  readonly objectives: readonly ObjectiveShape[];
}

/** The board as a list: priorities by rank, then areas from top to bottom with their cards. */
export interface OutlineOfBoard {
  readonly priorities: readonly PriorityShape[];
  readonly sections: readonly OutlineSection[];
  readonly dependencies: readonly DrawnDependency[];
  readonly areas: readonly AreaShape[];
}

type At = { readonly id: string; readonly x: number; readonly y: number };

/** Reading order: rows of about a card's height from the top, within a row from the left; ids decide a tie. */
const inReadingOrder = (a: At, b: At): number => {
  const rows = Math.round(a.y / 90) - Math.round(b.y / 90);
  return rows || a.x - b.x || a.y - b.y || compareText(a.id, b.id);
};

/** Ranked ones first, in order; the others as they lie. */
const byRank = (a: PriorityShape, b: PriorityShape): number =>
  (a.props.rank ?? Infinity) - (b.props.rank ?? Infinity) || inReadingOrder(a, b);

export function outlineOf(index: RecordIndex): OutlineOfBoard {
  const records = [...index.values()];
  const areas = records.filter(isArea).sort(inReadingOrder);
  const within = new Map<string | null, ObjectiveShape[]>();
  for (const card of records.filter(isObjective)) {
    const area = areaOf(index, card)?.id ?? null;
    within.set(area, [...(within.get(area) ?? []), card]);
  }
  const objectivesIn = (id: string | null) => (within.get(id) ?? []).sort(inReadingOrder);
  const loose = objectivesIn(null);
  return {
    priorities: records.filter(isPriority).sort(byRank),
    sections: [
      ...areas
        .map((area) => ({ area, objectives: objectivesIn(area.id) }))
        // The rail of priorities is an area too; it holds no objectives and is said above already.
        .filter(({ area, objectives }) => objectives.length > 0 || area.props.kind !== 'shared'),
      ...(loose.length > 0 ? [{ area: null, objectives: loose }] : []),
    ],
    dependencies: drawnDependencies(index),
    areas,
  };
}
