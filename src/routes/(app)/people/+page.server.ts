import { z } from 'zod';
import { line, readForm } from '../../read-form.server.ts';
import { signedIn } from '../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const [members, rows] = await Promise.all([
    event.locals.app.organisations.members(viewer),
    event.locals.app.tracking.commitments(viewer, {}),
  ]);
  const owns = new Map<string, number>();
  for (const row of rows) {
    if (row.ownerId !== null && row.status === 'committed')
      owns.set(row.ownerId, (owns.get(row.ownerId) ?? 0) + 1);
  }
  return {
    roles: Object.fromEntries(members.map((it) => [it.person.id, it.suspended ? 'suspended' : it.role])),
    members: members.map((it) => ({ id: it.id, name: it.person.name, personId: it.person.id })),
    owns: Object.fromEntries(owns),
  };
};

const named = z.object({ name: line('Give a name.', 120) });
const linked = z.object({ person: z.uuid(), member: z.uuid('Choose who this is.') });

export const actions: Actions = {
  add: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'add', named);
    if (!read.ok) return read.answer;
    const made = await event.locals.app.organisations.createPerson(viewer, read.value);
    return made.ok ? read.done(`${made.value.name} can be named as owner now.`) : read.refuse(made.refusal);
  },
  link: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'link', linked);
    if (!read.ok) return read.answer;
    const done = await event.locals.app.organisations.linkPerson(
      viewer,
      read.value.person,
      read.value.member,
    );
    return done.ok ? read.done('They are one person now.') : read.refuse(done.refusal);
  },
};
