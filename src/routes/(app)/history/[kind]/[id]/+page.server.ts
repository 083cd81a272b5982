import { readAsOf } from '../../../../as-of.server.ts';
import { signedIn, valueOf } from '../../../../signed-in.server.ts';
import type { PageServerLoad } from './$types';

/** Any object of the event log: what was known of it on a day, and who did what when. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const asOf = readAsOf(event.url, viewer);
  const { kind, id } = event.params;
  return {
    history: valueOf(await event.locals.app.insight.history(viewer, kind, id, asOf?.at)),
    day: asOf?.day ?? null,
  };
};
