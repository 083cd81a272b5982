import { randomUUID } from 'node:crypto';
import type { Insight } from '../../server/app-insight.ts';
import { createInsight } from '../../server/insight/insight.ts';
import type { Store } from '../../server/store/store.ts';
import type { Depth } from '../../src/domain/depth/depth.ts';
import type { WarningView } from '../../src/protocol/views/insight.ts';
import { promisesIn } from '../tracking/promises.ts';
import { makeTrackingWorld, type Name, type TrackingWorld } from '../tracking/server-world.ts';

/** A world of its own with what notices things in it. */
export interface InsightWorld {
  readonly world: TrackingWorld;
  readonly insight: Insight;
  readonly promises: ReturnType<typeof promisesIn>;
  /** What was said, each time something was. */
  readonly said: WarningView[][];
  as(name: Name, depth?: Depth): ReturnType<TrackingWorld['viewer']>;
  /** One of Ben's that weighs something. */
  heavy(more?: object): Promise<string>;
}

export async function makeInsightWorld(store: Store): Promise<InsightWorld> {
  const world = await makeTrackingWorld(store);
  const said: WarningView[][] = [];
  const insight = createInsight({
    ...{ store, now: () => world.clock.now, newId: randomUUID },
    said: async (_tx, id, warnings) => {
      if (id === world.organisationId) said.push([...warnings]);
    },
  });
  const promises = promisesIn(world, store);
  return {
    ...{ world, insight, promises, said },
    as: (name, depth = 'standard') => {
      const viewer = world.viewer(name);
      return { ...viewer, organisation: { ...viewer.organisation, depth } };
    },
    heavy: (more = {}) => promises.accepted({ terms: { weight: 8 }, ...more }),
  };
}

export const rules = (warnings: readonly WarningView[]) => warnings.map(({ rule }) => rule);
