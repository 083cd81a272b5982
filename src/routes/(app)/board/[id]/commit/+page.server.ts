import { signedIn, valueOf } from '../../../../signed-in.server.ts';
import type { PageServerLoad } from './$types';

/** The commit review (board.md B5.1): computed afresh at every load, so that it survives a reload. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { app } = event.locals;
  const board = valueOf(await app.planning.board(viewer, event.params.id));
  const review = valueOf(await app.planning.review(viewer, board.id, {}));
  return { board, review };
};
