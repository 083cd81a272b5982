import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { readForm } from './read-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** The first page of a fresh server; afterwards a way in. */
export const load: PageServerLoad = async ({ locals }) => {
  if (locals.viewer !== null) redirect(303, '/home');
  if (!(await locals.app.auth.needsSetup())) redirect(303, '/sign-in');
  return {
    store: { promise: locals.app.store.promise, warnings: locals.app.store.warnings },
    needsToken: !locals.app.auth.checkSetupToken(locals.request, null).ok,
  };
};

const askedForExample = z.object({ token: z.string().trim().optional() });

export const actions: Actions = {
  example: async ({ locals, request }) => {
    const read = await readForm(request, 'example', askedForExample);
    if (!read.ok) return read.answer;
    const may = locals.app.auth.checkSetupToken(locals.request, read.value.token ?? null);
    if (!may.ok) return read.refuse({ ...may.refusal, path: 'token' });
    const entered = await locals.app.example.enter(locals.client);
    if (!entered.ok) error(503, entered.refusal.message);
    await locals.keepSignIn(entered.value.cookie);
    redirect(303, `/board/${entered.value.boardId}`);
  },
};
