import { z } from 'zod';
import { line, readForm, whole } from '../../../read-form.server.ts';
import { signedIn } from '../../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  return { tokens: await event.locals.app.auth.tokens(viewer) };
};

const asked = z.object({
  name: line('Name it by what uses it.', 120),
  scope: z.enum(['read', 'write'], 'Read, or read and write?'),
  days: whole(1, 366, 'Between 1 and 366 days.'),
});

export const actions: Actions = {
  make: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'make', asked);
    if (!read.ok) return read.answer;
    const made = await event.locals.app.auth.createToken(viewer, read.value);
    if (!made.ok) return read.refuse(made.refusal);
    return read.done('The token is ready. It is shown this once: copy it now.', { token: made.value.token });
  },
  revoke: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'revoke', z.object({ id: z.uuid() }));
    if (!read.ok) return read.answer;
    const revoked = await event.locals.app.auth.revokeToken(viewer, read.value.id);
    return revoked.ok ? read.done('The token opens nothing any more.') : read.refuse(revoked.refusal);
  },
};
