import { fail, redirect } from '@sveltejs/kit';
import { localPath } from '../../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, request, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  if (request.method === 'GET') redirect(303, '/sign-in');
  return { signedIn: locals.viewer !== null };
};

export const actions: Actions = {
  /** Back from a SAML provider: goes on where this was begun, or says what is wrong and how to go on. */
  default: async ({ locals, request }) => {
    const brought = (await request.formData()).get('SAMLResponse');
    const { viewer, client } = locals;
    const answer = typeof brought === 'string' ? brought : '';
    const came = { cookie: locals.takeAttempt(), answer, viewer, client };
    const finished = await locals.app.auth.finishAtProvider(locals.request, 'saml', came);
    if (!finished.ok) return fail(400, { message: finished.refusal.message });
    if (finished.value.cookie !== null) await locals.keepSignIn(finished.value.cookie);
    redirect(303, localPath(finished.value.next, '/home'));
  },
};
