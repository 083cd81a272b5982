import { signedIn, valueOf } from '../../../../signed-in.server.ts';
import type { RequestHandler } from './$types';

/** The minutes as data; its shape is documented with the API, whose answer holds it as `file`. */
export const GET: RequestHandler = async (event) => {
  const viewer = signedIn(event);
  const { file } = valueOf(await event.locals.app.facilitation.minutes(viewer, event.params.id));
  return new Response(`${JSON.stringify(file, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="minutes.json"',
      'cache-control': 'no-store',
    },
  });
};
