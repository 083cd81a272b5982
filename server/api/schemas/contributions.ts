import { z } from 'zod';
import type { ContributionsView } from '#protocol/views/contributions.ts';
import { id } from './basic.ts';
import { commitmentRow } from './tracking.ts';

const share = z.number();

/** Schema of src/protocol/views/contributions.ts. */
export const contributions = z
  .object({
    to: z.array(commitmentRow).readonly(),
    toUnseen: z.number(),
    toTakeBack: z.array(id).readonly(),
    from: z.array(commitmentRow).readonly(),
    fromUnseen: z.number(),
    shares: z
      .object({
        ...{ on: share, risk: share, off: share, stale: share, unrated: share, pending: share },
        ...{ done: share, ended: share },
      })
      .readonly(),
    worstId: id.nullable(),
    progress: z.number().nullable(),
    told: z.number(),
    counting: z.number(),
  })
  .readonly()
  .meta({ id: 'Contributions' }) satisfies z.ZodType<ContributionsView>;
