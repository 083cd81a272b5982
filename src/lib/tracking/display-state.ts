import type { DisplayState } from '#protocol/views/tracking.ts';

/** How a state is shown everywhere: shape, word and colour together, never colour alone. */
export interface StateLook {
  readonly shape: string;
  readonly word: string;
  readonly tone: 'ok' | 'risk' | 'off' | 'stale' | 'done' | 'accent' | 'plain';
}

const looks: Readonly<Record<DisplayState, StateLook>> = {
  proposed: { shape: '◇', word: 'Proposed', tone: 'accent' },
  'not-accepted': { shape: '◇', word: 'Not accepted', tone: 'risk' },
  parked: { shape: '–', word: 'Parked', tone: 'plain' },
  declined: { shape: '–', word: 'Declined', tone: 'plain' },
  pending: { shape: '○', word: 'No check-in yet', tone: 'stale' },
  on: { shape: '●', word: 'On track', tone: 'ok' },
  risk: { shape: '▲', word: 'At risk', tone: 'risk' },
  off: { shape: '■', word: 'Off track', tone: 'off' },
  stale: { shape: '○', word: 'No word', tone: 'stale' },
  unrated: { shape: '○', word: 'No status given', tone: 'stale' },
  done: { shape: '✓', word: 'Done', tone: 'done' },
  'done-late': { shape: '✓', word: 'Done late', tone: 'done' },
  missed: { shape: '✕', word: 'Missed', tone: 'off' },
  dropped: { shape: '–', word: 'Dropped', tone: 'plain' },
  carried: { shape: '↷', word: 'Carried', tone: 'plain' },
};

const dayMs = 86_400_000;

/** The look of a state; a silent one says for how long. Instants in milliseconds. */
export function lookOf(display: DisplayState, silentSince: number | null, now: number): StateLook {
  const look = looks[display];
  if (display !== 'stale' || silentSince === null) return look;
  const days = Math.max(1, Math.floor((now - silentSince) / dayMs));
  return { ...look, word: `No word for ${days} ${days === 1 ? 'day' : 'days'}` };
}

/** Every state with its word, in the order of a list's filter. */
export const displayStates = (Object.keys(looks) as DisplayState[]).map((value) => ({
  value,
  label: looks[value].word,
}));

/** Whether the promise is still running: accepted, not closed. */
export function isRunning(display: DisplayState): boolean {
  return ['pending', 'on', 'risk', 'off', 'stale', 'unrated'].includes(display);
}
