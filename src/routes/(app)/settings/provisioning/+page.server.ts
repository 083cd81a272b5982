import { z } from 'zod';
import { line, readForm } from '../../../read-form.server.ts';
import { signedIn, valueOf } from '../../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { provisioning } = event.locals.app;
  const [tokens, waiting] = await Promise.all([provisioning.tokens(viewer), provisioning.waiting(viewer)]);
  return {
    tokens: valueOf(tokens),
    waiting: valueOf(waiting),
    address: new URL('/scim/v2', event.url).href,
  };
};

const named = z.object({ name: line('Name it by the directory that uses it.', 80) });
const one = z.object({ id: z.uuid() });

export const actions: Actions = {
  make: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'make', named);
    if (!read.ok) return read.answer;
    const made = await event.locals.app.provisioning.createToken(viewer, read.value);
    if (!made.ok) return read.refuse(made.refusal);
    return read.done('The token is ready. It is shown this once: copy it now.', { token: made.value.token });
  },
  revoke: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'revoke', one);
    if (!read.ok) return read.answer;
    const revoked = await event.locals.app.provisioning.revokeToken(viewer, read.value.id);
    return revoked.ok ? read.done('The token opens nothing any more.') : read.refuse(revoked.refusal);
  },
  link: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'link', one);
    if (!read.ok) return read.answer;
    const made = await event.locals.app.provisioning.linkFor(viewer, read.value.id);
    if (!made.ok) return read.refuse(made.refusal);
    const link = new URL(`/invite/${made.value.invite}`, event.url).href;
    return read.done('The link is ready. It is shown this once: copy it now.', { link });
  },
};
