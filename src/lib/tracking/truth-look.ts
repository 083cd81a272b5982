import type { CommitmentTruth } from '#protocol/views/tracking.ts';
import { lookOf, type StateLook } from './display-state.ts';

/**
 * The look of a promise on its card: where it stands, and what holds it up beside it. A doubtful assumption tints what is
 * green or quiet amber, one nobody checked grey (tracking.md T7); an overdue decision is said (T6).
 */
export function truthLook(
  { display, lastCheckInAt, waitingOn, basis }: CommitmentTruth,
  now: number,
): StateLook {
  const look = lookOf(display, lastCheckInAt, now);
  const held = waitingOn.length > 0 ? 'waits on a decision' : basis === null ? null : basisWords[basis];
  if (held === null) return look;
  const word = `${look.word}, ${held}`;
  const calm = look.tone === 'ok' || look.tone === 'plain' || look.tone === 'accent';
  if (!calm || basis === null) return { ...look, word };
  return { ...look, word, tone: basis === 'unknown' ? 'stale' : 'risk' };
}

const basisWords = {
  broken: 'an assumption failed',
  doubtful: 'an assumption is doubtful',
  unknown: 'an assumption is unchecked',
} as const;
