import { thresholds } from '#domain/settings/threshold-table.ts';
import type { StoredThresholds } from '#domain/settings/thresholds.ts';
import type { ThresholdView } from '#protocol/views/thresholds.ts';

/** The whole table, each row with what holds in this organisation. */
export const viewThresholds = (stored: StoredThresholds): readonly ThresholdView[] =>
  thresholds.map(({ key, group, label, unit, least, most, rules, default: usual }) => ({
    ...{ key, group, label, unit, least, most, rules, default: usual },
    value: stored[key] ?? usual,
  }));
