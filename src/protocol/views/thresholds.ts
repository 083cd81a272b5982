import type { Threshold } from '../../domain/settings/threshold.ts';

/** One threshold as pages and clients read it: its row of the table, and the organisation's own value. */
export interface ThresholdView extends Omit<Threshold, 'part' | 'field'> {
  readonly value: number;
}
