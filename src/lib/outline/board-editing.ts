import type * as Y from 'yjs';
import { changeRecord, readRecord, removeRecord, writeRecord } from '#board/document.ts';
import { needPrefix, type Need } from '#board/schema/dependency-meta.ts';
import { newArrow } from '#board/new-arrow.ts';
import { newObjective } from '#board/new-shapes.ts';
import { greatestKey, keysBetween } from '#board/order-keys.ts';
import {
  isArea,
  isArrow,
  isObjective,
  isPriority,
  isShape,
  type BoardRecord,
} from '#board/schema/records.ts';
import type {
  AreaProps,
  AreaShape,
  DependencyMeta,
  MeasureProps,
  ObjectiveProps,
  PriorityProps,
} from '#board/schema/shapes.ts';
import type { RecordIndex } from '#board/tree.ts';
import type { Outcome } from '#domain/outcome.ts';
import { nextPlace } from './next-place.ts';

export type Changed = Outcome<BoardRecord, 'no-record' | 'invalid-record'>;

/**
 * The edits of forms and outline, straight on the document: each one fact, in one transaction of an origin of its own, so that
 * undo takes back one's own only. Texts people write together go through `bindText` instead.
 */
export class BoardEditing {
  readonly doc: Y.Doc;
  /** Origin of these transactions, for the undo manager. */
  readonly origin: unknown;
  readonly #newId: () => string;
  readonly #step: () => void;

  /** `step` begins a step of undo: each edit is one. */
  constructor(doc: Y.Doc, origin: unknown, { newId, step }: { newId: () => string; step: () => void }) {
    this.doc = doc;
    this.origin = origin;
    this.#newId = newId;
    this.#step = step;
  }

  setObjective(id: string, facts: Partial<ObjectiveProps>): Changed {
    return this.#change(id, (it) => (isObjective(it) ? { ...it, props: { ...it.props, ...facts } } : it));
  }

  setArea(id: string, facts: Partial<AreaProps>): Changed {
    return this.#change(id, (it) => (isArea(it) ? { ...it, props: { ...it.props, ...facts } } : it));
  }

  setPriority(id: string, facts: Partial<PriorityProps>): Changed {
    return this.#change(id, (it) => (isPriority(it) ? { ...it, props: { ...it.props, ...facts } } : it));
  }

  setDependency(id: string, facts: Partial<Omit<DependencyMeta, 'kind' | 'key'>>): Changed {
    return this.#change(id, (it) => (isArrow(it) ? { ...it, meta: { ...it.meta, ...facts } } : it));
  }

  setMeasure(id: string, key: string, facts: Partial<Omit<MeasureProps, 'key'>>): Changed {
    return this.#measures(id, (measures) =>
      measures.map((it) => (it.key === key ? { ...it, ...facts } : it)),
    );
  }

  addMeasure(id: string): Changed {
    return this.#measures(id, (measures) => [...measures, this.#newMeasure(measures)]);
  }

  removeMeasure(id: string, key: string): Changed {
    return this.#measures(id, (measures) => measures.filter((it) => it.key !== key));
  }

  /** A need within the card's own team; null removes it. */
  setNeed(id: string, key: string, need: Need | null): Changed {
    return this.#change(id, (it) => {
      if (!isObjective(it)) return it;
      const { [`${needPrefix}${key}`]: _old, ...meta } = it.meta;
      return { ...it, meta: need ? { ...meta, [`${needPrefix}${key}`]: { ...need } } : meta };
    });
  }

  /** A card at the next free place of an area, with a new key unless it is put back under its own; answers its record id. */
  addObjective(
    index: RecordIndex,
    area: AreaShape,
    facts: Partial<ObjectiveProps> = {},
    key = this.#newId(),
  ): string {
    const place = nextPlace(index, area);
    const siblings = [...index.values()].filter(isShape).filter((it) => it.parentId === area.id);
    const [order = 'a1'] = keysBetween(greatestKey(siblings.map((it) => it.index)), null, 1);
    const card = newObjective({
      ...{ id: this.#newId(), key, x: place.x, y: place.y },
      ...{ parentId: area.id, index: order, props: facts },
    });
    this.#edit(() => {
      writeRecord(this.doc, card, this.origin);
      if (place.areaHeight > area.props.h) this.setArea(area.id, { h: place.areaHeight });
    });
    return card.id;
  }

  /** Takes a card to the next free place of another area. */
  moveToArea(index: RecordIndex, id: string, area: AreaShape): Changed {
    const place = nextPlace(index, area);
    let changed: Changed | null = null;
    this.#edit(() => {
      changed = this.#change(id, (it) =>
        isObjective(it)
          ? {
              ...it,
              parentId: area.id as typeof it.parentId,
              x: place.x,
              y: place.y,
              props: { ...it.props, team: null },
            }
          : it,
      );
      if (place.areaHeight > area.props.h) this.setArea(area.id, { h: place.areaHeight });
    });
    return changed ?? readRecord(this.doc, id);
  }

  /** Draws a dependency between two cards or areas; answers the arrow's record id. */
  addDependency(from: string, to: string, facts: Partial<Omit<DependencyMeta, 'kind' | 'key'>>): string {
    const records = newArrow({ id: this.#newId(), from, to, facts: { key: this.#newId(), ...facts } });
    this.#edit(() => {
      for (const record of records) writeRecord(this.doc, record, this.origin);
    });
    return records[0].id;
  }

  /** Removes a card, priority or dependency. What was promised stays promised (board.md B1.10). */
  remove(index: RecordIndex, id: string): void {
    const bindings = [...index.values()].filter(
      (it) => it.typeName === 'binding' && ((it.toId as string) === id || (it.fromId as string) === id),
    );
    const arrows = new Set(bindings.map((it) => (it.typeName === 'binding' ? (it.fromId as string) : '')));
    this.#edit(() => {
      for (const it of bindings) removeRecord(this.doc, it.id, this.origin);
      for (const arrow of arrows) removeRecord(this.doc, arrow, this.origin);
      removeRecord(this.doc, id, this.origin);
    });
  }

  #change(id: string, change: (record: BoardRecord) => BoardRecord): Changed {
    return this.#edit(() => changeRecord(this.doc, id, change, this.origin));
  }

  #edit<T>(work: () => T): T {
    this.#step();
    return this.doc.transact(work, this.origin);
  }

  #measures(id: string, change: (measures: MeasureProps[]) => MeasureProps[]): Changed {
    return this.#change(id, (it) =>
      isObjective(it) ? { ...it, props: { ...it.props, measures: change(it.props.measures) } } : it,
    );
  }

  #newMeasure(others: readonly MeasureProps[]): MeasureProps {
    const [order = 'a1'] = keysBetween(greatestKey(others.map((it) => it.order)), null, 1);
    return {
      ...{ key: this.#newId(), order, title: '', kind: 'milestone', unit: '', baseline: null, target: null },
      ...{ direction: 'reach', due: null, owner: null, done: false, helpWanted: false },
    };
  }
}
