import { signedIn, valueOf } from '../../../../signed-in.server.ts';
import type { RequestHandler } from './$types';

/** The minutes as a table. */
export const GET: RequestHandler = async (event) => {
  const viewer = signedIn(event);
  const { csv } = valueOf(await event.locals.app.facilitation.minutes(viewer, event.params.id));
  return new Response(csv, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="minutes.csv"',
      'cache-control': 'no-store',
    },
  });
};
