import { z } from 'zod';
import { choice, readForm, whole } from '../../../read-form.server.ts';
import { signedIn } from '../../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { app } = event.locals;
  const [members, invites, boards] = await Promise.all([
    app.organisations.members(viewer),
    app.auth.invites(viewer),
    app.planning.boards(viewer),
  ]);
  return {
    members,
    invites: invites.filter((it) => !it.revoked && it.expiresAt > Date.now() && it.uses < it.maxUses),
    boards: boards.map(({ id, title }) => ({ id, title })),
  };
};

const role = z.enum(['administrator', 'member', 'observer'], 'Choose a role.');
const invited = z.object({
  role,
  email: choice,
  boardId: choice,
  teamId: choice,
  maxUses: whole(1, 500, 'Between 1 and 500 people.'),
  days: whole(1, 90, 'Between 1 and 90 days.'),
});
const member = z.object({
  member: z.uuid(),
  role: role.optional(),
  suspended: z.enum(['yes', 'no']).optional(),
});

export const actions: Actions = {
  invite: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'invite', invited);
    if (!read.ok) return read.answer;
    const made = await event.locals.app.auth.createInvite(viewer, read.value);
    if (!made.ok) return read.refuse(made.refusal);
    const link = new URL(`/invite/${made.value.token}`, event.url).href;
    return read.done('The link is ready. It is shown this once: copy it now.', { link });
  },
  revoke: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'revoke', z.object({ invite: z.uuid() }));
    if (!read.ok) return read.answer;
    const revoked = await event.locals.app.auth.revokeInvite(viewer, read.value.invite);
    return revoked.ok ? read.done('The link opens nothing any more.') : read.refuse(revoked.refusal);
  },
  change: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'change', member);
    if (!read.ok) return read.answer;
    const { member: id, role: wanted, suspended } = read.value;
    const changed = await event.locals.app.organisations.changeMember(viewer, id, {
      ...(wanted !== undefined && { role: wanted }),
      ...(suspended !== undefined && { suspended: suspended === 'yes' }),
    });
    return changed.ok ? read.done(`${changed.value.person.name} is changed.`) : read.refuse(changed.refusal);
  },
};
