import type { CommitmentTruth, DisplayState } from '#protocol/views/tracking.ts';

export type Tone = 'ok' | 'risk' | 'off' | 'stale' | 'done' | 'plain';

/** How a status looks: a shape, a word and a tone, always together. */
export interface StatusMark {
  readonly shape: string;
  readonly word: string;
  readonly tone: Tone;
}

const marks: Readonly<Record<DisplayState, StatusMark>> = {
  proposed: { shape: '◌', word: 'Proposed', tone: 'plain' },
  'not-accepted': { shape: '◌', word: 'Not accepted', tone: 'risk' },
  parked: { shape: '‖', word: 'Parked', tone: 'stale' },
  declined: { shape: '✕', word: 'Declined', tone: 'stale' },
  pending: { shape: '◍', word: 'Promised', tone: 'plain' },
  on: { shape: '●', word: 'On track', tone: 'ok' },
  risk: { shape: '▲', word: 'At risk', tone: 'risk' },
  off: { shape: '■', word: 'Off track', tone: 'off' },
  stale: { shape: '○', word: 'No word', tone: 'stale' },
  unrated: { shape: '◐', word: 'Not rated', tone: 'plain' },
  done: { shape: '✓', word: 'Done', tone: 'done' },
  'done-late': { shape: '✓', word: 'Done late', tone: 'done' },
  missed: { shape: '✕', word: 'Missed', tone: 'off' },
  dropped: { shape: '–', word: 'Dropped', tone: 'stale' },
  carried: { shape: '↷', word: 'Carried', tone: 'stale' },
};

const dayMs = 86_400_000;

/** The mark of a commitment; a silent one says for how many days nobody said a word. */
export function markOf(truth: CommitmentTruth, now: number): StatusMark {
  const mark = marks[truth.display];
  if (truth.display !== 'stale' || truth.lastCheckInAt === null) return mark;
  const days = Math.max(1, Math.floor((now - truth.lastCheckInAt) / dayMs));
  return { ...mark, word: `No word ${days} d` };
}
