import { readAsOf } from '../../as-of.server.ts';
import { signedIn } from '../../signed-in.server.ts';
import type { PageServerLoad } from './$types';

/** What was parked, declined or left out on purpose. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const board = event.url.searchParams.get('board') ?? '';
  const asOf = readAsOf(event.url, viewer);
  const [rows, boards] = await Promise.all([
    event.locals.app.registers.notDoing(viewer, {
      ...(board === '' ? {} : { boardId: board }),
      ...(asOf === null ? {} : { at: asOf.at }),
    }),
    event.locals.app.planning.boards(viewer),
  ]);
  return { day: asOf?.day ?? null, board, rows, boards: boards.map(({ id, title }) => ({ id, title })) };
};
