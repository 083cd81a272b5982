import { sayDays } from '#domain/notify/say-when.ts';
import type { RegisterSettings } from '#domain/register/entry.ts';
import type { RegisterKind } from '#protocol/views/registers.ts';

interface EntryLook {
  readonly tone: 'ok' | 'risk' | 'off' | 'stale' | 'done' | 'accent' | 'plain';
  readonly shape: string;
  readonly words: string;
}

const looks: Readonly<Record<string, EntryLook>> = {
  open: { tone: 'accent', shape: '?', words: 'open' },
  decided: { tone: 'ok', shape: '✓', words: 'decided' },
  'in-force': { tone: 'ok', shape: '✓', words: 'in force' },
  'revisit-due': { tone: 'risk', shape: '↻', words: 'to look at again' },
  reaffirmed: { tone: 'ok', shape: '✓', words: 'reaffirmed' },
  superseded: { tone: 'done', shape: '↷', words: 'superseded' },
  reversed: { tone: 'done', shape: '✕', words: 'reversed' },
  withdrawn: { tone: 'done', shape: '–', words: 'withdrawn' },
  untested: { tone: 'plain', shape: '○', words: 'untested' },
  valid: { tone: 'ok', shape: '●', words: 'holds' },
  doubtful: { tone: 'risk', shape: '▲', words: 'doubtful' },
  invalid: { tone: 'off', shape: '■', words: 'failed' },
  retired: { tone: 'done', shape: '–', words: 'retired' },
  new: { tone: 'accent', shape: '○', words: 'new' },
  resolved: { tone: 'done', shape: '✓', words: 'resolved' },
  owned: { tone: 'ok', shape: '●', words: 'owned' },
  accepted: { tone: 'plain', shape: '●', words: 'accepted' },
  mitigated: { tone: 'ok', shape: '✓', words: 'mitigated' },
  happened: { tone: 'off', shape: '■', words: 'happened' },
  now: { tone: 'risk', shape: '▲', words: 'now' },
  later: { tone: 'plain', shape: '○', words: 'later' },
  'not-ours': { tone: 'plain', shape: '–', words: 'not ours' },
  assess: { tone: 'accent', shape: '●', words: 'assessed' },
  collaborate: { tone: 'accent', shape: '●', words: 'together' },
  act: { tone: 'ok', shape: '●', words: 'acting' },
  closed: { tone: 'done', shape: '✓', words: 'closed' },
  done: { tone: 'done', shape: '✓', words: 'done' },
  stopped: { tone: 'done', shape: '✕', words: 'stopped' },
  seen: { tone: 'accent', shape: '○', words: 'seen' },
  current: { tone: 'ok', shape: '✓', words: 'current' },
  'none-yet': { tone: 'plain', shape: '○', words: 'nothing changed yet' },
  changed: { tone: 'ok', shape: '✓', words: 'changed something' },
};

/** A flag that is more pressing than the state, in words; the first that is there is said. */
const pressing = ({
  thrashWithinDays,
}: Pick<RegisterSettings, 'thrashWithinDays'>): readonly (readonly [string, EntryLook])[] => [
  ['overdue', { tone: 'off', shape: '■', words: 'overdue' }],
  ['conflict', { tone: 'off', shape: '⇄', words: 'in conflict' }],
  ['thrash', { tone: 'risk', shape: '✕', words: `reversed within ${sayDays(thrashWithinDays)}` }],
  ['unknown', { tone: 'stale', shape: '?', words: 'nobody knows' }],
  ['act-overdue', { tone: 'off', shape: '■', words: 'action overdue' }],
  ['no-follow-up', { tone: 'risk', shape: '▲', words: 'owned, no day to look again' }],
  ['review-due', { tone: 'risk', shape: '↻', words: 'review due' }],
];

/** State and most pressing fact of an entry, as shape, word and colour. */
export function entryLook(
  kind: RegisterKind | string,
  status: string,
  flags: readonly string[],
  { thrashWithinDays }: Pick<RegisterSettings, 'thrashWithinDays'>,
): EntryLook {
  const flag = pressing({ thrashWithinDays }).find(([name]) => flags.includes(name));
  if (flag !== undefined) return flag[1];
  const state = looks[status] ?? { tone: 'plain', shape: '–', words: status.replaceAll('-', ' ') };
  // A doubt weighs more than a check that is due; a valid one is to be looked at.
  if (flags.includes('check-due') && state.tone !== 'risk') {
    return { tone: 'risk', shape: '↻', words: `${state.words}, check due` };
  }
  return kind === 'commitment' ? { ...state, tone: 'plain', shape: '●' } : state;
}
