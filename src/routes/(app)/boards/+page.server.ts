import { z } from 'zod';
import { boardScopes } from '#domain/access/board-scope.ts';
import { readForm } from '../../read-form.server.ts';
import { signedIn } from '../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const boards = await event.locals.app.planning.boards(viewer);
  return { boards: [...boards].sort((a, b) => b.changedAt - a.changedAt) };
};

const asked = z.object({ board: z.uuid('This board is not known.') });

const narrowed = asked.extend({ scope: z.enum(boardScopes, 'Choose who may look at it.') });
const says = {
  organisation: 'everybody may look at it now',
  team: 'the people of its teams may look at it, and administrators',
  private: 'nobody but you may look at it now',
} as const;

export const actions: Actions = {
  archive: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'archive', asked);
    if (!read.ok) return read.answer;
    const changed = await event.locals.app.planning.changeBoard(viewer, read.value.board, { archived: true });
    if (!changed.ok) return read.refuse(changed.refusal);
    return read.done(`“${changed.value.title}” is archived. Its commitments go on.`, {
      undo: changed.value.id,
    });
  },
  scope: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'archive', narrowed);
    if (!read.ok) return read.answer;
    const { board, scope } = read.value;
    const changed = await event.locals.app.planning.changeBoard(viewer, board, { scope });
    if (!changed.ok) return read.refuse(changed.refusal);
    return read.done(`“${changed.value.title}”: ${says[scope]}.`);
  },
  bringBack: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'archive', asked);
    if (!read.ok) return read.answer;
    const changed = await event.locals.app.planning.changeBoard(viewer, read.value.board, {
      archived: false,
    });
    if (!changed.ok) return read.refuse(changed.refusal);
    return read.done(`“${changed.value.title}” is back.`);
  },
};
