import { signedIn, valueOf } from '../../../signed-in.server.ts';
import type { PageServerLoad } from './$types';

/** A board's shell: rendered before the canvas is there, with what the server knows of it. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { app } = event.locals;
  const board = valueOf(await app.planning.board(viewer, event.params.id));
  const [truth, toAccept] = await Promise.all([
    app.tracking.truth(viewer.organisationId, board.id),
    app.tracking.commitments(viewer, { boardId: board.id, ownerId: viewer.personId, state: 'proposed' }),
  ]);
  const rituals = await app.rhythm.serving(viewer, board.id);
  return { board, truth, toAccept, rituals, licenseKey: app.tldrawLicenseKey ?? undefined };
};
