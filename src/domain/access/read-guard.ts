import { openGuard, type AreaGuard, type BoardGuard, type RecordLock } from './guard.ts';
import type { PersonId } from './standing.ts';

/** A guard as it is stored, and who leads the session that runs; whatever is missing is open. */
export function readGuard(stored: unknown, facilitators: readonly PersonId[] = []): BoardGuard {
  if (typeof stored !== 'object' || stored === null) return { ...openGuard, facilitators };
  const { areas, locks, paused, wayBack } = stored as {
    areas?: Record<string, AreaGuard>;
    locks?: Record<string, RecordLock>;
    paused?: BoardGuard['paused'];
    wayBack?: BoardGuard['wayBack'];
  };
  return {
    ...{ areas: areas ?? {}, locks: locks ?? {}, paused: paused ?? null, wayBack: wayBack ?? null },
    facilitators,
  };
}

/** What is stored of it: who leads is the session's to say. */
export const toStored = ({ areas, locks, paused, wayBack }: BoardGuard): Record<string, unknown> => ({
  ...{ areas, locks, paused, wayBack },
});
