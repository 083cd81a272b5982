import { rowsOf } from './threshold-row.ts';
import type { Threshold } from './threshold.ts';

const register = rowsOf('registers', 'Registers');

/** Marks of decisions, assumptions and risks (tracking.md T6-T8). */
export const registerThresholds: readonly Threshold[] = [
  register([
    'thrash-within',
    'thrashWithinDays',
    'A decision reversed so soon is thrash',
    'days',
    [1, 366],
    'DC10',
  ]),
  register([
    'doubts',
    'doubtsInARow',
    'Doubts in a row that make an assumption doubtful',
    'times',
    [1, 10],
    'AS2',
  ]),
  register([
    'unknown-after',
    'unknownAfterDays',
    'A check overdue by more is unknown',
    'days',
    [0, 366],
    'AS6',
  ]),
  register([
    'follow-up',
    'followUpWithinDays',
    'An owned risk without a day asks for one after',
    'days',
    [1, 366],
    'RK3',
  ]),
];
