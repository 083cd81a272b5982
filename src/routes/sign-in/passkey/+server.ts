import { json } from '@sveltejs/kit';
import { z } from 'zod';
import { readJson } from '../../read-json.server.ts';
import { localPath, valueOf } from '../../signed-in.server.ts';
import type { RequestHandler } from './$types';

/** What the device signed: signs this browser in, and says where to go on. */
export const POST: RequestHandler = async ({ locals, request, url }) => {
  const { response } = await readJson(request, z.object({ response: z.unknown() }));
  const came = { browser: locals.passkeyBrowser.token, response, client: locals.client };
  const { cookie } = valueOf(await locals.app.auth.passkeys.signIn(locals.request, came));
  await locals.keepSignIn(cookie);
  return json({ next: localPath(url.searchParams.get('next'), '/home') });
};
