import type { Instant } from '../time.ts';
import type { Session } from './session.ts';

/** A meeting held in everybody's own time stays open for so long (tracking.md T14). */
export const windowHours = { least: 24, most: 48 } as const;

export const isWindow = (hours: number): boolean =>
  Number.isInteger(hours) && hours >= windowHours.least && hours <= windowHours.most;

/** True when nobody has to come at the same hour: the sections are the same, each is gone through alone. */
export const inOwnTime = ({ window }: Pick<Session, 'window'>): boolean => (window ?? null) !== null;

/** When a meeting in everybody's own time closes by itself; null for one held together, or not begun. */
export function closesAt({ window, startedAt }: Pick<Session, 'window' | 'startedAt'>): Instant | null {
  if (window == null || startedAt === null) return null;
  return startedAt + window * 3_600_000;
}
