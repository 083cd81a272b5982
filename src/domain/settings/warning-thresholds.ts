import { rowsOf } from './threshold-row.ts';
import type { Threshold } from './threshold.ts';

const warning = rowsOf('signals', 'Warnings');

/** When early warnings speak (tracking.md T11). */
export const warningThresholds: readonly Threshold[] = [
  warning(['heavy-from', 'heavyFrom', 'W4, W7: from which weight', 'weight', [1, 10], 'SG1', 'SG5', 'NT44']),
  warning(['silent-after', 'staleDays', 'W4: silent for more than', 'days', [0, 90], 'SG1']),
  warning(['tight-need', 'tightDays', 'W5: agreed so close before the need', 'days', [0, 90], 'SG3']),
  warning(['quiet-need', 'quietDays', 'W5: and nothing heard for more than', 'days', [0, 180], 'SG3']),
  warning(['carried-warning', 'carries', 'W9: carried so often', 'times', [1, 10], 'SG6']),
  warning(['slipped-warning', 'slips', 'W9: due moved later so often', 'times', [1, 20], 'SG6']),
  warning(['skips', 'skips', 'W10: meetings skipped in a row', 'meetings', [1, 10], 'SG7']),
  warning(['quorum-missed', 'quorumMissed', 'W10: too few came to', 'meetings', [1, 10], 'SG7']),
  warning(['quorum-of', 'quorumOf', 'W10: of the last', 'meetings', [1, 10], 'SG7']),
  warning([
    'open-per-owner',
    'openPerOwner',
    'W11: more open promises of one owner than',
    'promises',
    [1, 50],
    'SG8',
  ]),
  warning([
    'say-again',
    'sayAgainAfterDays',
    'A warning that still holds is said again after',
    'days',
    [1, 180],
    'SG9',
  ]),
];
