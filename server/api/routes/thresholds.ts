import { z } from 'zod';
import { allowed } from '#domain/outcome.ts';
import { route, type Route } from '../route.ts';
import { listOf } from '../schemas/basic.ts';
import { thresholdView } from '../schemas/thresholds.ts';

/** Every threshold of an organisation (tracking.md I9). */
export const thresholdRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organisation/thresholds',
    summary: 'Every threshold: what holds here, its default, its bounds and the rules it belongs to.',
    needs: 'read',
    answer: listOf(thresholdView),
    handle: async ({ app, viewer }) => allowed({ items: [...(await app.organisations.thresholds(viewer))] }),
  }),
  route({
    method: 'PATCH',
    path: '/organisation/thresholds',
    summary: 'Sets thresholds by key; null puts one back to its default. All of it or nothing.',
    needs: 'administrator',
    body: z.record(z.string().max(60), z.number().nullable()),
    answer: listOf(thresholdView),
    handle: async ({ app, viewer, body }) => {
      const changed = await app.organisations.changeThresholds(viewer, body);
      return changed.ok ? allowed({ items: [...changed.value] }) : changed;
    },
  }),
];
