import { redirect } from '@sveltejs/kit';
import { localPath } from '../../../signed-in.server.ts';
import type { PageServerLoad } from './$types';

/** Back from the identity provider: goes on where this was begun, or says what is wrong and how to go on. */
export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const { viewer, client, request } = locals;
  const came = { cookie: locals.takeAttempt(), answer: url.search, viewer, client };
  const finished = await locals.app.auth.finishAtProvider(request, 'oidc', came);
  if (!finished.ok) return { message: finished.refusal.message, signedIn: viewer !== null };
  if (finished.value.cookie !== null) await locals.keepSignIn(finished.value.cookie);
  redirect(303, localPath(finished.value.next, '/home'));
};
