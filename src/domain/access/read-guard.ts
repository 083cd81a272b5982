import { openGuard, type AreaGuard, type BoardGuard, type RecordLock, type SectionHold } from './guard.ts';
import type { PersonId } from './standing.ts';

/** What the session that runs on a board says of it. */
export interface SessionSays {
  readonly facilitators?: readonly PersonId[];
  readonly section?: SectionHold | null;
}

/** A guard as it is stored, and what the session that runs says; whatever is missing is open. */
export function readGuard(
  stored: unknown,
  { facilitators = [], section = null }: SessionSays = {},
): BoardGuard {
  if (typeof stored !== 'object' || stored === null) return { ...openGuard, facilitators, section };
  const { areas, locks, paused, wayBack } = stored as {
    areas?: Record<string, AreaGuard>;
    locks?: Record<string, RecordLock>;
    paused?: BoardGuard['paused'];
    wayBack?: BoardGuard['wayBack'];
  };
  return {
    ...{ areas: areas ?? {}, locks: locks ?? {}, paused: paused ?? null, wayBack: wayBack ?? null },
    ...{ facilitators, section },
  };
}

/** What is stored of it: who leads, and what its section leaves to change, is the session's to say. */
export const toStored = ({ areas, locks, paused, wayBack }: BoardGuard): Record<string, unknown> => ({
  ...{ areas, locks, paused, wayBack },
});
