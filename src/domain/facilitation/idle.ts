import type { Instant } from '../time.ts';
import { happened, type Asked } from './asked.ts';
import type { SessionEvent, SessionEventType } from './event.ts';
import { isGuest } from './guests.ts';
import type { Session } from './session.ts';

/** How long nobody has to have done anything (facilitation.md F17). */
export const idleness = {
  /** ... until it is asked whether the session is over: a day of planning has an evening after it, too. */
  askedMs: 4 * 3_600_000,
  /** ... until the clock ends it. */
  endedMs: 72 * 3_600_000,
} as const;

/** What happens by itself: a window that was left open is not somebody who works. */
const byItself: readonly SessionEventType[] = [
  ...(['arrived', 'left', 'timer-expired', 'snapshot-taken', 'record-noted', 'end-proposed'] as const),
];

/** When somebody did something in it last; of one kept before this was noted, when the last one left. */
export function lastActAt(it: Session): Instant {
  if (it.actedAt !== undefined) return it.actedAt;
  const members = Object.entries(it.people).filter(([person]) => !isGuest(it, person));
  const ends = members.flatMap(([, { visits }]) => visits.map(({ to }) => to ?? 0));
  return Math.max(it.startedAt ?? 0, ...ends);
}

/** Notes what was done last, and whether it is asked if it is over. */
export function foldIdle(it: Session, event: SessionEvent): Session {
  if (event.type === 'end-proposed') return { ...it, endProposed: event.data };
  if (byItself.includes(event.type)) return it;
  const { endProposed, ...rest } = it;
  const stays = endProposed !== undefined && event.type !== 'went-on' && event.type !== 'ended';
  return { ...rest, actedAt: event.at, ...(stays ? { endProposed } : {}) };
}

/** Whoever does something in it says that it goes on: a member, guests alone hold no meeting. */
export function goingOn(it: Session, asked: Asked, events: readonly SessionEvent[]): readonly SessionEvent[] {
  const { person } = asked.actor;
  const said = events.some(({ type }) => type === 'went-on' || type === 'ended');
  const acts = events.some(({ type }) => !byItself.includes(type));
  if (it.endProposed === undefined || said || !acts || person === null || isGuest(it, person)) return events;
  return [happened(asked, 'went-on', {}), ...events];
}
