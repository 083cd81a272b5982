import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { readForm } from '../read-form.server.ts';
import { localPath } from '../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  if (locals.viewer !== null) redirect(303, localPath(url.searchParams.get('next'), '/home'));
  if (await locals.app.auth.needsSetup()) redirect(303, '/');
  const atTheServer = locals.app.auth.checkSetupToken(locals.request, null).ok;
  const { providers, passkeys } = locals.app.auth;
  return {
    offersExample: atTheServer,
    providers,
    passkeys: passkeys.notHere(locals.request) === null,
  };
};

const asked = z.object({
  email: z.string('Give your e-mail address.').trim().min(1, 'Give your e-mail address.').max(254),
  password: z.string('Give your password.').min(1, 'Give your password.').max(1024),
});

export const actions: Actions = {
  enter: async ({ locals, request, url }) => {
    const read = await readForm(request, 'enter', asked);
    if (!read.ok) return read.answer;
    const entered = await locals.app.auth.signIn(read.value, locals.client);
    if (!entered.ok) return read.refuse(entered.refusal);
    await locals.keepSignIn(entered.value.cookie);
    redirect(303, localPath(url.searchParams.get('next'), '/home'));
  },
};
