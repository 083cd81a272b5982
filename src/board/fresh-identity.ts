import { needPrefix } from './schema/dependency-meta.ts';
import { isShape, type BoardRecord } from './schema/records.ts';

/** Plan keys a record carries: its own, and those of the needs on it. */
export function keysOn(record: BoardRecord): string[] {
  if (!isShape(record)) return [];
  const { key } = record.meta;
  const needs = Object.keys(record.meta).filter((name) => name.startsWith(needPrefix));
  return [...(typeof key === 'string' ? [key] : []), ...needs.map((name) => name.slice(needPrefix.length))];
}

/**
 * A copy's own identity (board.md B1.9): every key that is taken by another object is minted anew, so that a pasted card
 * never inherits a commitment or an agreement. The same record when nothing is taken.
 */
export function freshIdentity<R extends BoardRecord>(
  record: R,
  isTaken: (key: string) => boolean,
  mint: () => string,
): R {
  const taken = keysOn(record).filter(isTaken);
  if (taken.length === 0) return record;
  const meta = Object.entries(record.meta).map(([name, value]) => {
    if (name === 'key' && taken.includes(String(value))) return [name, mint()];
    const isTakenNeed = name.startsWith(needPrefix) && taken.includes(name.slice(needPrefix.length));
    return [isTakenNeed ? needPrefix + mint() : name, value];
  });
  return { ...record, meta: Object.fromEntries(meta) as R['meta'] };
}
