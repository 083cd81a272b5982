import type { Instant } from '../time.ts';
import type { SessionContext } from './asked.ts';
import type { SessionEvent } from './event.ts';
import { idleness, lastActAt } from './idle.ts';
import { missingAtEnd } from './missing.ts';
import { presentPeople, type Session } from './session.ts';
import { timerAt } from './timer.ts';
import { closesAt } from './window.ts';

/** Nobody heard of for so long has left (facilitation.md F0.5); somebody quiet for the shorter one is reconnecting. */
export const presence = {
  ...{ beatMs: 10_000, reconnectingMs: 20_000, leftMs: 60_000 },
} as const;

const actor = { person: null, via: 'clock' } as const;

/** What the clock has done by an instant: time is up, somebody has left, nobody does anything any more. */
export function clockEvents(
  it: Session,
  at: Instant,
  { lastSeen, openRows, record }: Pick<SessionContext, 'lastSeen' | 'openRows' | 'record'>,
): readonly SessionEvent[] {
  if (it.status === 'ended') return [];
  const events: SessionEvent[] = [];
  const timer = timerAt(it.timer, at);
  if (timer.state === 'expired' && it.timer.state === 'running') {
    events.push({ type: 'timer-expired', data: { endedAt: timer.endedAt }, at, actor });
  }
  const here = presentPeople(it);
  for (const person of here) {
    const since = lastSeen[person];
    // Heard of before coming here last: by another node, which knows nothing newer.
    const stale = since !== undefined && since < (it.people[person]?.visits.at(-1)?.from ?? 0);
    if (since !== undefined && !stale && at - since >= presence.leftMs) {
      events.push({ type: 'left', data: { person, since }, at, actor });
    }
  }
  if (it.status !== 'running') return events;
  if (isOver(it, at)) {
    if (record != null) events.push({ type: 'record-noted', data: record, at, actor });
    events.push({ type: 'ended', data: { leftOpen: missingAtEnd(it, openRows), byClock: true }, at, actor });
  } else if (closesAt(it) === null && it.endProposed === undefined) {
    const since = lastActAt(it);
    if (at - since >= idleness.askedMs) events.push({ type: 'end-proposed', data: { since }, at, actor });
  }
  return events;
}

/** Left alone for days, also by who left a window open; or, in everybody's own time, at its hour. */
function isOver(it: Session, at: Instant): boolean {
  const closes = closesAt(it);
  return closes === null ? at - lastActAt(it) >= idleness.endedMs : at >= closes;
}
