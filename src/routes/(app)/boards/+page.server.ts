import { z } from 'zod';
import { readForm } from '../../read-form.server.ts';
import { signedIn } from '../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const boards = await event.locals.app.planning.boards(viewer);
  return { boards: [...boards].sort((a, b) => b.changedAt - a.changedAt) };
};

const asked = z.object({ board: z.uuid('This board is not known.') });

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
