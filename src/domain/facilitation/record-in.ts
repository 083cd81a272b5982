import type { SessionEvent } from './event.ts';
import type { MeetingRecord } from './record.ts';

/** What a session's own log holds of how things stood at its end; null where it ended before that was noted. */
export function recordIn(events: readonly SessionEvent[]): MeetingRecord | null {
  const noted = events.findLast((event) => event.type === 'record-noted');
  return noted?.type === 'record-noted' ? noted.data : null;
}
