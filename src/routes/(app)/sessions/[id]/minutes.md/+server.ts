import { signedIn, valueOf } from '../../../../signed-in.server.ts';
import type { RequestHandler } from './$types';

/** The minutes as a Markdown file. */
export const GET: RequestHandler = async (event) => {
  const viewer = signedIn(event);
  const { markdown } = valueOf(await event.locals.app.facilitation.minutes(viewer, event.params.id));
  return new Response(markdown, {
    headers: {
      'content-type': 'text/markdown; charset=utf-8',
      'content-disposition': 'attachment; filename="minutes.md"',
      'cache-control': 'no-store',
    },
  });
};
