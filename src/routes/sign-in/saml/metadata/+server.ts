import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** What the administrator of a SAML provider enters there: our name, our address for answers, and what we ask for. */
export const GET: RequestHandler = ({ locals }) => {
  const metadata = locals.app.auth.samlMetadata(locals.request);
  if (metadata === null)
    error(404, { message: 'No SAML provider is set on this server.', code: 'not-found' });
  return new Response(metadata, {
    headers: { 'content-type': 'application/samlmetadata+xml; charset=utf-8' },
  });
};
