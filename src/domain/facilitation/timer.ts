import type { Instant } from '../time.ts';

/**
 * One timer of a session (facilitation.md F1). Deadlines are server instants: who looks computes the rest from `endsAt`, so
 * that pausing and resuming never drifts. `expired` follows from the clock; nothing is blocked by it.
 */
export type Timer =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly endsAt: Instant; readonly totalMs: number; readonly label: string }
  | {
      readonly state: 'paused';
      readonly remainingMs: number;
      readonly totalMs: number;
      readonly label: string;
    }
  | {
      readonly state: 'expired';
      readonly endedAt: Instant;
      readonly totalMs: number;
      readonly label: string;
    };

export const timerRange = { leastMs: 10_000, mostMs: 8 * 3_600_000 } as const;

/** What may be added or taken in one press. */
export const timeSteps: readonly number[] = [60_000, 300_000, -60_000];

/** The timer as it is at an instant: one that ran out is expired, whoever noticed. */
export function timerAt(timer: Timer, at: Instant): Timer {
  if (timer.state !== 'running' || at < timer.endsAt) return timer;
  const { totalMs, label } = timer;
  return { state: 'expired', endedAt: timer.endsAt, totalMs, label };
}

/** Milliseconds left at an instant. */
export function remainingMs(timer: Timer, at: Instant): number {
  if (timer.state === 'running') return Math.max(0, timer.endsAt - at);
  return timer.state === 'paused' ? timer.remainingMs : 0;
}

/** True for a length a timer may have. */
export function isTimerLength(ms: number): boolean {
  return Number.isInteger(ms) && ms >= timerRange.leastMs && ms <= timerRange.mostMs;
}

/** What the room hears: a minute before, ten seconds before, and at the end. */
export const warningsMs: readonly number[] = [60_000, 10_000, 0];

/** Which warning was passed between two looks; of several the last, because only that one is still true. */
export function warningPassed(beforeMs: number, leftMs: number): number | null {
  return warningsMs.findLast((at) => beforeMs > at && leftMs <= at) ?? null;
}

/** So long after the end the sound still belongs to it; a window that looks later is not startled. */
const soundWithinMs = 5_000;

/** True when time was up just now. */
export function soundsAt(timer: Timer, at: Instant): boolean {
  const up = timerAt(timer, at);
  return up.state === 'expired' && at - up.endedAt < soundWithinMs;
}
