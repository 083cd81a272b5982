import { rowsOf, share } from './threshold-row.ts';
import type { Threshold } from './threshold.ts';

const promise = rowsOf('tracking', 'Promises');
const ask = rowsOf('tracking', 'Asks');

const workdays = 'business days';

/** Days of promises and of asks (tracking.md T4, T5). */
export const promiseThresholds: readonly Threshold[] = [
  promise([
    'grace',
    'graceBusinessDays',
    'Grace after the due day, then it is missed',
    workdays,
    [0, 20],
    'CM21',
    'CM46',
  ]),
  promise([
    'accept-within',
    'acceptWithinBusinessDays',
    'To answer an offer',
    workdays,
    [1, 60],
    'CM11',
    'CM46',
  ]),
  promise([
    'ease-above',
    'easeNeedsDecisionAbove',
    'A target eased by more needs a decision',
    share,
    [0, 100],
    'CM17',
  ]),
  promise([
    'slip-above',
    'slipNeedsDecisionAboveDays',
    'A due moved later by more needs a decision',
    'days',
    [0, 366],
    'CM17',
  ]),
  promise([
    'freeze-after',
    'freezeAfterShare',
    'After so much of the period a change needs a decision (100: never)',
    share,
    [0, 100],
    'CM17',
    'CM50',
  ]),
  promise(['reject-within', 'rejectWithinDays', 'To reject what was delivered', 'days', [1, 90], 'CM24']),
  promise(['reopen-within', 'reopenWithinDays', 'To reopen what has ended', 'days', [1, 366], 'CM28']),
  promise(['cause-within', 'causeWithinDays', 'To name the cause of a miss', 'days', [1, 90], 'CM45']),
  promise([
    'undo-within',
    'undoCheckInWithinMinutes',
    'To take a check-in back',
    'minutes',
    [1, 1440],
    'CM15',
    'NT34',
  ]),
  promise([
    'carries',
    'carriesBeforeChoice',
    'Carried so often, the next carry needs a choice',
    'times',
    [1, 10],
    'CM27',
  ]),
  promise([
    'answer-basis',
    'answerBasisWithinBusinessDays',
    'To answer a failed assumption',
    workdays,
    [1, 60],
    'AS8',
  ]),
  promise([
    'rhythm-kept',
    'rhythmKeptFrom',
    'At the close, a rhythm counts as kept from so many check-ins on time',
    share,
    [1, 100],
    'SN72',
  ]),
  promise([
    'result-reached',
    'resultReachedFrom',
    'At the close, a result counts as reached from a score of (as a share)',
    share,
    [1, 100],
    'SN72',
  ]),
  ask(['respond-within', 'respondWithinBusinessDays', 'To answer an ask', workdays, [1, 60], 'DP3', 'CM46']),
  ask([
    'rounds',
    'roundsBeforeEscalation',
    'Counter-offers until a decision is asked for',
    'rounds',
    [1, 20],
    'DP7',
  ]),
  ask([
    'confirm-reminder',
    'confirmReminderDays',
    'A delivery unconfirmed so long is told',
    'days',
    [1, 90],
    'NT12',
  ]),
];
