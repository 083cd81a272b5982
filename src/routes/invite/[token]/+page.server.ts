import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { choice, line, readForm } from '../../read-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the link opens. Looking changes nothing; a link that is unknown, over, revoked or used up answers the same. */
export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const invite = await locals.app.auth.readInvite(params.token);
  if (!invite.ok) error(404, { message: invite.refusal.message, code: invite.refusal.code });
  return {
    invite: invite.value,
    signedInAs: locals.viewer?.name ?? null,
    providers: locals.app.auth.providers,
  };
};

const asked = z.object({
  name: line('Say what people call you.', 120),
  email: z.email('Give an e-mail address, such as ana@example.org.').max(254),
  password: z.string('Choose a password.').min(8, 'At least 8 characters; 15 or more are better.').max(256),
  teamId: choice,
});

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const read = await readForm(request, 'accept', asked);
    if (!read.ok) return read.answer;
    const accepted = await locals.app.auth.acceptInvite(params.token, read.value, locals.client);
    if (!accepted.ok) return read.refuse(accepted.refusal);
    await locals.keepSignIn(accepted.value.cookie);
    redirect(303, accepted.value.boardId === null ? '/home' : `/board/${accepted.value.boardId}`);
  },
};
