import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/**
 * A calendar for programs that keep no cookie: the secret in the address is all there is (trust.md, ICS feed token). Asked
 * for again and again, so a tag saves the answer when nothing changed.
 */
export const GET: RequestHandler = async ({ locals, params, request, url }) => {
  const feed = await locals.app.rhythm.readFeed(params.token, url.origin);
  if (!feed.ok) error(404, { message: feed.refusal.message, code: feed.refusal.code });
  const { body, etag, name } = feed.value;
  const headers = {
    etag,
    'cache-control': 'private, no-cache',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
  };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  return new Response(body, {
    headers: {
      ...headers,
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `inline; filename="${name}"`,
    },
  });
};
