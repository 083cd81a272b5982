import { openGuard, type AreaGuard, type BoardGuard, type RecordLock } from './guard.ts';

/** A guard as it is stored; whatever is missing is open. */
export function readGuard(stored: unknown): BoardGuard {
  if (typeof stored !== 'object' || stored === null) return openGuard;
  const { areas, locks, paused, wayBack } = stored as {
    areas?: Record<string, AreaGuard>;
    locks?: Record<string, RecordLock>;
    paused?: BoardGuard['paused'];
    wayBack?: BoardGuard['wayBack'];
  };
  return { areas: areas ?? {}, locks: locks ?? {}, paused: paused ?? null, wayBack: wayBack ?? null };
}
