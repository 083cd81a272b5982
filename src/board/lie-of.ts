import type * as Y from 'yjs';
import { recordsOf, type RecordMap } from './document.ts';
import { PLACE, type Place } from './flat-keys.ts';

/** Where a record lies, and what makes it an area. */
export interface Lie {
  readonly parent: string | null;
  readonly isArea: boolean;
  readonly isLink: boolean;
  readonly team: string | null;
}

/** Deeper than any board nests. */
const deepest = 33;

/**
 * Where every record of a document lies, now and before the last transaction: Yjs collects what an edit replaced, and an
 * edit is judged by where its records came from as well. An edit costs what it changes, not the board.
 */
export class Lies {
  readonly #records: Y.Map<RecordMap>;
  readonly #now = new Map<string, Lie>();
  #before = new Map<string, Lie | null>();

  constructor(doc: Y.Doc) {
    this.#records = recordsOf(doc);
    for (const id of this.#records.keys()) this.#take(id);
    doc.on('beforeTransaction', () => {
      if (this.#before.size > 0) this.#before = new Map();
    });
    this.#records.observeDeep((events) => {
      for (const event of events) {
        if (event.path.length > 0) this.#note(String(event.path[0]));
        else for (const id of event.keys.keys()) this.#note(id);
      }
    });
  }

  now(id: string): Lie | null {
    return this.#now.get(id) ?? null;
  }

  /** As it was before the last transaction. */
  before(id: string): Lie | null {
    const changed = this.#before.get(id);
    return changed === undefined ? this.now(id) : changed;
  }

  /** What a record lies in, the nearest first; `of` looks at now or before. */
  around(id: string, of: (id: string) => Lie | null): { id: string; team: string | null }[] {
    const found: { id: string; team: string | null }[] = [];
    for (let at = of(id)?.parent ?? null; at !== null && found.length < deepest;) {
      const lie = of(at);
      if (!lie) break;
      found.push({ id: at, team: lie.team });
      at = lie.parent;
    }
    return found;
  }

  #note(id: string): void {
    if (!this.#before.has(id)) this.#before.set(id, this.#now.get(id) ?? null);
    this.#take(id);
  }

  #take(id: string): void {
    const record = this.#records.get(id);
    if (!record) this.#now.delete(id);
    else this.#now.set(id, lieOf(record));
  }
}

function lieOf(record: RecordMap): Lie {
  const place = record.get(PLACE) as Partial<Place> | undefined;
  const isArea = record.get('type') === 'area';
  const team = isArea ? record.get('props.team') : null;
  return {
    parent: typeof place?.parentId === 'string' ? place.parentId : null,
    isArea,
    isLink: record.get('typeName') === 'binding',
    team: typeof team === 'string' ? team : null,
  };
}
