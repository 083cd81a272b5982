import type { StretchBand } from '#domain/commitment/scoring.ts';
import type { RowSource } from '#domain/facilitation/agenda.ts';

/** What a section's rows are called. */
export const sourceNames: Readonly<Record<RowSource, string>> = {
  'needs-you': 'Needs somebody',
  'left-parked': 'Left from last time',
  'last-promises': 'Promised last week',
  'check-ins': 'Check-ins that wait',
  priorities: 'Promises of this plan',
  dependencies: 'Asks between teams',
  decisions: 'Decisions',
  assumptions: 'Assumptions',
  triage: 'Issues and opportunities',
  'new-promises': 'Promised in this session',
  scoring: 'To score',
  stories: 'How each one ended',
  causes: 'Causes',
  'rhythm-result': 'Rhythm and result',
  loads: 'What each team took on',
  'previous-close': 'From the last close',
  'not-doing': 'Not being done',
  rituals: 'Meetings',
  drafts: 'Objectives on the board',
  room: 'Teams, and what each took on',
  offers: 'What is committed',
  signals: 'Signals from outside',
  frame: 'The strategy',
};

/** What is said when there is none. */
export const sourceEmpty: Readonly<Record<RowSource, string>> = {
  'needs-you': 'Nothing needs anybody. Go on.',
  'left-parked': 'Nothing was left over.',
  'last-promises': 'Nothing was promised last week.',
  'check-ins': 'No check-in waits.',
  priorities: 'Nothing is promised yet.',
  dependencies: 'Nobody waits for anybody.',
  decisions: 'No decision is open.',
  assumptions: 'No assumption is in doubt.',
  triage: 'No issue is open. Raise one below.',
  'new-promises': 'Nothing yet. Two or three each.',
  scoring: 'Nothing to score.',
  stories: 'Nothing was promised.',
  causes: 'Nothing ended badly.',
  'rhythm-result': 'Nothing was promised.',
  loads: 'No team has promised anything in a period that runs or is ahead.',
  'previous-close': 'No close was held before.',
  'not-doing': 'Nothing is on the list.',
  rituals: 'No meeting is booked.',
  drafts: 'No objective lies on the board yet.',
  room: 'No team has an area on the board yet.',
  offers: 'Nothing is on the board to commit.',
  signals: 'Nobody has noted a signal yet.',
  frame: 'No strategy is written down yet.',
};

/** What the number of a stretch promise says (tracking.md T9). */
export const bandWords: Readonly<Record<StretchBand, string>> = {
  'reconsider-ambition': 'reached, so was it far enough?',
  intended: 'as far as was meant',
  partial: 'part of the way',
  'learn-why': 'learn why',
};

/** `8:05`, or `1:02:03`. */
export function clockWords(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const pad = (n: number): string => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${minutes}:${pad(rest)}`;
}
