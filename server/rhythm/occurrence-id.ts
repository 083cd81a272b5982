import { createHash } from 'node:crypto';
import type { LocalDate } from '#domain/time.ts';

/**
 * The id of a meeting follows from its ritual and the day the rule gave (tracking.md T2): a moved one stays the same to
 * calendars, sessions and links. Written as a uuid of version 8, which is for ids of one's own making.
 */
export function occurrenceId(ritualId: string, originalDate: LocalDate): string {
  const hex = createHash('sha256').update(`${ritualId} ${originalDate}`).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
