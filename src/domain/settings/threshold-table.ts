import { capacityThresholds } from './capacity-thresholds.ts';
import { promiseThresholds } from './promise-thresholds.ts';
import { registerThresholds } from './register-thresholds.ts';
import { reminderThresholds } from './reminder-thresholds.ts';
import type { Threshold } from './threshold.ts';
import { warningThresholds } from './warning-thresholds.ts';

/** The one table of what an organisation may set (tracking.md I9); its order is the page's. */
export const thresholds: readonly Threshold[] = [
  ...promiseThresholds,
  ...registerThresholds,
  ...warningThresholds,
  ...capacityThresholds,
  ...reminderThresholds,
];
