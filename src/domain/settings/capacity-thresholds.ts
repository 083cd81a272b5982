import { rowsOf, share } from './threshold-row.ts';
import type { Threshold } from './threshold.ts';

const capacity = rowsOf('capacity', 'Capacity');

/** What a team can do, and what fits into it (tracking.md T16). */
export const capacityThresholds: readonly Threshold[] = [
  capacity([
    'share-for-plans',
    'shareForPlans',
    'Of the working time, for what is planned',
    share,
    [10, 100],
    'SG14',
  ]),
  capacity(['fits-up-to', 'fitsUpTo', 'Fits up to', share, [1, 300], 'SG15']),
  capacity(['tight-up-to', 'tightUpTo', 'Tight up to, beyond it exceeds', share, [1, 300], 'SG15', 'SG8']),
];
