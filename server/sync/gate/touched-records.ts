import * as Y from 'yjs';
import type { Touched } from '../hooks.ts';
import { depthCap } from './inspect-update.ts';

/** What a transaction touched, and where it went too deep. Record ids are the keys of the board's root maps. */
export interface TouchedRecords extends Touched {
  /** `root` of every changed record, for the rules that look at it. */
  readonly rootOf: ReadonlyMap<string, string>;
  /** Keys that were set or removed in a record, where nothing else of it changed; the others are not in here. */
  readonly keysOf: ReadonlyMap<string, ReadonlySet<string>>;
  readonly tooDeep: boolean;
  /** Something outside the root maps was touched, or a list hidden inside one of them: no honest client does that. */
  readonly elsewhere: boolean;
}

type AnyType = Y.AbstractType<unknown>;

/** Finds the records a transaction changed or removed, deletes included. Cost grows with the changes, not the board. */
export function touchedRecords(
  doc: Y.Doc,
  transaction: Y.Transaction,
  roots: readonly string[],
): TouchedRecords {
  const names = new Map<AnyType, string>();
  for (const root of roots) names.set(doc.getMap(root) as AnyType, root);
  const changed = new Set<string>();
  const removed = new Set<string>();
  const rootOf = new Map<string, string>();
  const keysOf = new Map<string, ReadonlySet<string>>();
  const deeper = new Set<string>();
  let tooDeep = false;
  let elsewhere = false;
  const mark = (root: string, id: string): void => {
    rootOf.set(id, root);
    (doc.getMap(root).has(id) ? changed : removed).add(id);
  };
  for (const [type, keys] of transaction.changed) {
    const root = names.get(type as AnyType);
    if (root !== undefined) {
      for (const key of keys) {
        if (key === null) elsewhere = true;
        else {
          mark(root, key);
          deeper.add(key);
        }
      }
      continue;
    }
    let at = type as AnyType;
    for (let steps = 0; ; steps++) {
      const item: Y.Item | null = at._item;
      if (item === null) {
        elsewhere = true;
        break;
      }
      if (steps > depthCap) {
        tooDeep = true;
        break;
      }
      const parent = item.parent as AnyType;
      const name = names.get(parent);
      if (name !== undefined) {
        if (item.parentSub === null) elsewhere = true;
        else {
          mark(name, item.parentSub);
          if (steps === 0 && !keys.has(null)) keysOf.set(item.parentSub, keys as Set<string>);
          else deeper.add(item.parentSub);
        }
        break;
      }
      at = parent;
    }
  }
  if (!tooDeep) {
    for (const id of changed) {
      const root = rootOf.get(id);
      const value: unknown = root === undefined ? undefined : doc.getMap(root).get(id);
      if (value instanceof Y.AbstractType && isTooDeep(value as AnyType)) tooDeep = true;
    }
  }
  for (const id of deeper) keysOf.delete(id);
  return { changed, removed, rootOf, keysOf, tooDeep, elsewhere };
}

/** Walks types without recursion, so that a deep nest can not overflow the stack. */
function isTooDeep(type: AnyType): boolean {
  const waiting: { type: AnyType; depth: number }[] = [{ type, depth: 1 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.depth > depthCap) return true;
    const look = (item: Y.Item | null): void => {
      if (item && !item.deleted && item.content instanceof Y.ContentType) {
        waiting.push({ type: item.content.type as AnyType, depth: next.depth + 1 });
      }
    };
    for (const item of next.type._map.values()) look(item);
    if (next.type instanceof Y.Array) for (let item = next.type._start; item; item = item.right) look(item);
  }
  return false;
}
