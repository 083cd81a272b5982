import type { Instant, TimeZone } from '../time.ts';
import { endOfDay, isLocalDate } from './local-time.ts';

/**
 * The instant somebody looks back to: `2026-03-31` means the end of that day where they are, so that all that happened on
 * it is seen; `2026-03-31T10:00Z` means itself. null for anything else.
 */
export function readMoment(text: string, zone: TimeZone): Instant | null {
  if (isLocalDate(text)) return endOfDay(text, zone) - 1;
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
