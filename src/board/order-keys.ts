import { generateNKeysBetween } from 'fractional-indexing-jittered';
import { compareText } from './flatten.ts';

/**
 * `count` keys in order between two fractional index keys; null means open on that side. No randomness: the same input
 * gives the same keys everywhere, as `repair` needs. Throws when `below` is not smaller than `above`.
 */
export function keysBetween(below: string | null, above: string | null, count: number): string[] {
  return count === 0 ? [] : generateNKeysBetween(below, above, count);
}

/** The greatest of some keys; null when there are none. */
export function greatestKey(keys: Iterable<string>): string | null {
  let greatest: string | null = null;
  for (const key of keys) if (greatest === null || compareText(key, greatest) > 0) greatest = key;
  return greatest;
}
