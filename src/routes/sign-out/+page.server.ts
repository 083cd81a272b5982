import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  if (locals.viewer === null) redirect(303, '/sign-in');
  return { personId: locals.viewer.personId };
};

export const actions: Actions = {
  default: async ({ locals }) => {
    await locals.forgetSignIn();
    redirect(303, '/sign-in');
  },
};
