import type { PersonId } from '../access/standing.ts';
import type { Instant } from '../time.ts';
import type { Session } from './session.ts';
import { timerAt } from './timer.ts';

/** Who is in the middle of a sentence when time is up finishes it (facilitation.md F1). */
export const graceMs = 10_000;

/**
 * True when the section the room is in takes nothing more from this person: it was prepared to close, and time is up. More
 * time opens it again; who leads is never closed out.
 */
export function isInputClosed(it: Session, person: PersonId | null, at: Instant): boolean {
  const stage = it.stages.find(({ id }) => id === it.current);
  if (stage?.closesAtZero !== true || (person !== null && it.facilitators.includes(person))) return false;
  const timer = timerAt(it.timer, at);
  return timer.state === 'expired' && at - timer.endedAt >= graceMs;
}
