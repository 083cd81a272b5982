import { checkPlace } from './check-bounds.ts';

/**
 * Is `after` the place of a record, good until now at `before`, that was only dragged, turned or resized within bounds?
 * Then the record is still good, and nothing else of it need be judged. False is no verdict: judge the whole record.
 */
export function isMove(before: unknown, after: unknown): boolean {
  if (!isPlain(before) || !isPlain(after)) return false;
  const keys = Object.keys(after);
  if (keys.length !== Object.keys(before).length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(before, key)) return false;
    const stays = Object.is(before[key], after[key]);
    if (!stays && (!numbers.has(key) || typeof after[key] !== 'number')) return false;
  }
  return checkPlace(after) === null;
}

const numbers: ReadonlySet<string> = new Set(['x', 'y', 'rotation', 'w', 'h']);

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
