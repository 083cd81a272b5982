import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { line, readForm, whole } from '../read-form.server.ts';
import { timeZones } from '../time-zones.ts';
import type { Actions, PageServerLoad } from './$types';

/** The one form that makes an organisation and its first administrator. */
export const load: PageServerLoad = async ({ locals }) => {
  if (!(await locals.app.auth.needsSetup())) redirect(303, locals.viewer === null ? '/sign-in' : '/home');
  return {
    needsToken: !locals.app.auth.checkSetupToken(locals.request, null).ok,
    timezones: timeZones,
  };
};

const asked = z.object({
  token: z.string().trim().optional(),
  organisation: line('Name your organisation.', 120),
  name: line('Say what people call you.', 120),
  email: z.email('Give an e-mail address, such as ana@example.org.').max(254),
  password: z.string('Choose a password.').min(8, 'At least 8 characters; 15 or more are better.').max(256),
  timezone: z.string().optional(),
  weekStart: whole(1, 7, 'Choose the first day of the week.').default(1),
  fiscalStartMonth: whole(1, 12, 'Choose the first month of the fiscal year.').default(1),
});

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const read = await readForm(request, 'setup', asked);
    if (!read.ok) return read.answer;
    const { token, ...input } = read.value;
    const may = locals.app.auth.checkSetupToken(locals.request, token ?? null);
    if (!may.ok) return read.refuse({ ...may.refusal, path: 'token' });
    const made = await locals.app.auth.setup(input, locals.client);
    if (!made.ok) return read.refuse(made.refusal);
    await locals.keepSignIn(made.value.cookie);
    redirect(303, '/setup/teams');
  },
};
