import type * as Y from 'yjs';
import { recordsOf, type RecordMap } from '../document.ts';
import { PLACE, type Place } from '../flat-keys.ts';

/** What one record refers to and is known by; kept beside the document so that one edit costs one record, not the board. */
interface Facts {
  readonly parent: string | null;
  readonly ends: readonly string[];
  /** Names that may be held once only: place among siblings, plan key, end of an arrow. */
  readonly names: readonly string[];
}

/** Deeper than any board nests; a longer chain of parents is a circle. */
const DEEPEST = 33;

/**
 * Tells whether a board may need `repair` (board.md B1.7). Reads the whole document once, then only the records that
 * changed: the cost of an edit does not grow with the board. It may call for a repair that then finds nothing, and does
 * so once for the same records; it never overlooks a missing parent, a circle, a dangling end or a name held twice.
 */
export class WatchForRepair {
  readonly #records: Y.Map<RecordMap>;
  readonly #facts = new Map<string, Facts>();
  readonly #holders = new Map<string, Set<string>>();
  /** Record -> those that name it as parent or end. */
  readonly #referrers = new Map<string, Set<string>>();
  readonly #changed = new Set<string>();

  constructor(doc: Y.Doc) {
    this.#records = recordsOf(doc);
    for (const id of this.#records.keys()) this.#changed.add(id);
    this.#records.observeDeep((events) => {
      for (const event of events) {
        if (event.path.length > 0) this.#changed.add(String(event.path[0]));
        else for (const id of event.keys.keys()) this.#changed.add(id);
      }
    });
  }

  /** Whether anything that changed since the last call may be broken now. */
  mayNeedRepair(): boolean {
    const suspects = new Set<string>();
    for (const id of this.#changed) {
      if (!this.#take(id)) continue;
      suspects.add(id);
      // Whoever referred to a record that is gone now dangles.
      if (!this.#records.has(id)) for (const other of this.#referrers.get(id) ?? []) suspects.add(other);
    }
    this.#changed.clear();
    return [...suspects].some((id) => this.#isBroken(id));
  }

  #isBroken(id: string): boolean {
    const facts = this.#facts.get(id);
    if (!facts) return false;
    return (
      facts.ends.some((end) => !this.#records.has(end)) ||
      facts.names.some((name) => (this.#holders.get(name)?.size ?? 0) > 1) ||
      this.#hangsInTheAir(id)
    );
  }

  #hangsInTheAir(id: string): boolean {
    let at: string | null = this.#facts.get(id)?.parent ?? null;
    for (let steps = 0; at !== null; steps += 1) {
      if (steps > DEEPEST || !this.#records.has(at)) return true;
      at = this.#facts.get(at)?.parent ?? null;
    }
    return false;
  }

  /** False when the record refers to and is known by what it did before: a card that was only moved or written on. */
  #take(id: string): boolean {
    const record = this.#records.get(id);
    const facts = record ? factsOf(record) : null;
    const held = this.#facts.get(id);
    if (facts && held && isSame(facts, held)) return false;
    this.#drop(id);
    if (!facts) return true;
    this.#facts.set(id, facts);
    for (const name of facts.names) note(this.#holders, name, id);
    for (const other of referred(facts)) note(this.#referrers, other, id);
    return true;
  }

  #drop(id: string): void {
    const facts = this.#facts.get(id);
    if (!facts) return;
    this.#facts.delete(id);
    for (const name of facts.names) forget(this.#holders, name, id);
    for (const other of referred(facts)) forget(this.#referrers, other, id);
  }
}

const isSame = (one: Facts, other: Facts): boolean =>
  one.parent === other.parent && isEqual(one.ends, other.ends) && isEqual(one.names, other.names);

const isEqual = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name, at) => name === other[at]);

const referred = ({ parent, ends }: Facts): readonly string[] => (parent === null ? ends : [parent, ...ends]);

function factsOf(record: RecordMap): Facts {
  const place = record.get(PLACE) as Partial<Place> | undefined;
  const [from, to] = [record.get('fromId'), record.get('toId')];
  const names: string[] = [];
  if (typeof place?.index === 'string') names.push(`place ${place.parentId} ${place.index}`);
  const type = String(record.get('type'));
  const key = record.get('meta.key');
  if (typeof key === 'string') names.push(`key ${type} ${key}`);
  if (typeof from === 'string') {
    const props = record.get('props.terminal');
    names.push(`end ${from} ${String(props)}`);
  }
  return {
    parent: typeof place?.parentId === 'string' ? place.parentId : null,
    ends: [from, to].filter((end) => typeof end === 'string'),
    names,
  };
}

function note(into: Map<string, Set<string>>, key: string, id: string): void {
  const held = into.get(key);
  if (held) held.add(id);
  else into.set(key, new Set([id]));
}

function forget(from: Map<string, Set<string>>, key: string, id: string): void {
  const held = from.get(key);
  held?.delete(id);
  if (held?.size === 0) from.delete(key);
}
