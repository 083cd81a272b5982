import { z } from 'zod';
import { thresholdGroups } from '#domain/settings/threshold.ts';
import type { ThresholdView } from '#protocol/views/thresholds.ts';

export const thresholdView = z
  .object({
    key: z.string(),
    group: z.enum(thresholdGroups),
    label: z.string(),
    unit: z.string(),
    default: z.number(),
    least: z.number(),
    most: z.number(),
    rules: z.array(z.string()).readonly().meta({ description: 'Rules it belongs to.' }),
    value: z.number().meta({ description: 'What holds in this organisation.' }),
  })
  .readonly()
  .meta({ id: 'Threshold' }) satisfies z.ZodType<ThresholdView>;
