import { digest } from 'lib0/hash/sha256';
import { toHexString } from 'lib0/buffer';
import { encodeUtf8 } from 'lib0/string';

/** JSON with sorted keys, so that equal content is equal text whatever the order of insertion. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`);
    return `{${parts.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/**
 * The content hash both ends compare at equal sequence numbers (trust.md R2): the only check that notices a stolen
 * client id, where two documents have equal state vectors and different content. `content`: root name -> records.
 */
export const contentHash = (content: Readonly<Record<string, unknown>>): string =>
  toHexString(digest(encodeUtf8(canonicalJson(content))));
