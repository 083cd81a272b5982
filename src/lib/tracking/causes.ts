import type { Option } from './move.ts';

/** Why a promise was not kept: causes speak about the system, never about a person (tracking.md T4). */
export const causeOptions: readonly Option[] = [
  { value: 'capacity', label: 'Not enough capacity' },
  { value: 'displaced-by-urgent-work', label: 'Displaced by urgent work' },
  { value: 'dependency-late-or-refused', label: 'A dependency came late or was refused' },
  { value: 'decision-late', label: 'A decision came late' },
  { value: 'estimate-or-scope-wrong', label: 'Estimate or scope was wrong' },
  { value: 'assumption-failed-or-outside-change', label: 'An assumption failed, or the world changed' },
  { value: 'unclear-done', label: 'It was unclear what "done" means' },
  { value: 'ownership-or-cadence-lapsed', label: 'Ownership or rhythm lapsed' },
  { value: 'deliberately-stopped', label: 'Stopped on purpose' },
];

/** Why terms change after the promise. */
export const rescopeReasons: readonly Option[] = [
  { value: 'external-fact', label: 'Something outside changed' },
  { value: 'learning', label: 'We learned something' },
  { value: 'capacity-decision', label: 'Capacity was decided otherwise' },
  { value: 'error-fix', label: 'The promise was written wrongly' },
];

export const blockerOptions: readonly Option[] = [
  { value: 'capacity', label: 'Capacity' },
  { value: 'dependency', label: 'Dependency' },
  { value: 'decision', label: 'Decision' },
  { value: 'clarity', label: 'Clarity' },
  { value: 'priority-clash', label: 'Priority clash' },
  { value: 'external', label: 'Outside' },
];

/** What holds something up, within a sentence. */
export function blockerWord(kind: string): string {
  if (kind === 'external') return 'something outside';
  return blockerOptions.find(({ value }) => value === kind)?.label.toLowerCase() ?? kind;
}
