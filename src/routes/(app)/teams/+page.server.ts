import { z } from 'zod';
import { namesIn } from '../../names-in.ts';
import { line, readForm, text, whole } from '../../read-form.server.ts';
import { signedIn } from '../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const rows = await event.locals.app.tracking.commitments(viewer, {});
  const running = new Map<string, number>();
  for (const row of rows) {
    if (row.teamId !== null && row.status === 'committed')
      running.set(row.teamId, (running.get(row.teamId) ?? 0) + 1);
  }
  return { running: Object.fromEntries(running) };
};

const names = z.object({ names: text(20_000) });
const team = z.object({
  team: z.uuid(),
  name: line('A team needs a name.', 120),
  colour: whole(1, 12, 'Choose one of the twelve colours.'),
});
const member = z.object({
  team: z.uuid(),
  person: z.uuid('Choose who joins.'),
  role: z.enum(['lead', 'member'], 'Lead or member?'),
});
const leaving = z.object({ team: z.uuid(), person: z.uuid() });

export const actions: Actions = {
  add: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'add', names);
    if (!read.ok) return read.answer;
    const given = namesIn(read.value.names);
    if (given.length === 0) {
      return read.refuse({
        code: 'names-missing',
        message: 'Type or paste at least one name.',
        path: 'names',
      });
    }
    const made = await event.locals.app.organisations.createTeams(viewer, given);
    if (!made.ok) return read.refuse({ ...made.refusal, path: 'names' });
    return read.done(given.length === 1 ? 'The team is there.' : `${given.length} teams are there.`);
  },
  change: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'change', team);
    if (!read.ok) return read.answer;
    const { team: id, ...input } = read.value;
    const changed = await event.locals.app.organisations.changeTeam(viewer, id, input);
    return changed.ok ? read.done(`${changed.value.name} is changed.`) : read.refuse(changed.refusal);
  },
  archive: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'archive', z.object({ team: z.uuid() }));
    if (!read.ok) return read.answer;
    const changed = await event.locals.app.organisations.changeTeam(viewer, read.value.team, {
      archived: true,
    });
    return changed.ok
      ? read.done(`${changed.value.name} is archived; what it promised stays.`)
      : read.refuse(changed.refusal);
  },
  put: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'put', member);
    if (!read.ok) return read.answer;
    const { team: id, person, role } = read.value;
    const changed = await event.locals.app.organisations.putInTeam(viewer, id, { personId: person, role });
    return changed.ok ? read.done(`${changed.value.name} is changed.`) : read.refuse(changed.refusal);
  },
  remove: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'remove', leaving);
    if (!read.ok) return read.answer;
    const changed = await event.locals.app.organisations.removeFromTeam(
      viewer,
      read.value.team,
      read.value.person,
    );
    return changed.ok ? read.done(`${changed.value.name} is changed.`) : read.refuse(changed.refusal);
  },
};
