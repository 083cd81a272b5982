import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { readForm } from '../../../read-form.server.ts';
import { signedIn } from '../../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { auth } = event.locals.app;
  const [signIns, waysIn, passkeys] = await Promise.all([
    auth.signIns(viewer),
    auth.waysIn(viewer),
    auth.passkeys.list(viewer),
  ]);
  const noPasskeys = auth.passkeys.notHere(event.locals.request);
  return { signIns, waysIn, passkeys, noPasskeys };
};

const password = z.object({
  current: z.string('Give the password you use now.').min(1, 'Give the password you use now.').max(1024),
  next: z.string('Choose a new password.').min(8, 'At least 8 characters; 15 or more are better.').max(256),
});

export const actions: Actions = {
  password: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'password', password);
    if (!read.ok) return read.answer;
    const changed = await event.locals.app.auth.changePassword(viewer, read.value);
    return changed.ok
      ? read.done('The password is changed; your other sign-ins have ended.')
      : read.refuse(changed.refusal);
  },
  revoke: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'revoke', z.object({ id: z.string().min(1).max(200) }));
    if (!read.ok) return read.answer;
    const revoked = await event.locals.app.auth.revokeSignIn(viewer, read.value.id);
    return revoked.ok ? read.done('That browser is signed out.') : read.refuse(revoked.refusal);
  },
  unlink: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'unlink', z.object({ id: z.uuid() }));
    if (!read.ok) return read.answer;
    const ended = await event.locals.app.auth.unlinkIdentity(viewer, read.value.id);
    return ended.ok ? read.done('The link is ended.') : read.refuse(ended.refusal);
  },
  removePasskey: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'removePasskey', z.object({ id: z.uuid() }));
    if (!read.ok) return read.answer;
    const { app, client } = event.locals;
    const removed = await app.auth.passkeys.remove(viewer, read.value.id, client);
    return removed.ok
      ? read.done(
          'The passkey is removed here; your other sign-ins have ended. Remove it from its device, too.',
        )
      : read.refuse(removed.refusal);
  },
  switch: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'switch', z.object({ organisation: z.uuid() }));
    if (!read.ok) return read.answer;
    const switched = await event.locals.app.auth.switchOrganisation(viewer, read.value.organisation);
    if (!switched.ok) return read.refuse(switched.refusal);
    redirect(303, '/home');
  },
};
