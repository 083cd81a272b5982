import { error } from '@sveltejs/kit';
import { signedIn, valueOf } from '../../../../../signed-in.server.ts';
import type { PageServerLoad } from './$types';

/** A stop of the board's history: its place among the others and what changed since, by team. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { app } = event.locals;
  const board = valueOf(await app.planning.board(viewer, event.params.id));
  const stops = valueOf(await app.planning.snapshots(viewer, board.id));
  const stop = stops.find((it) => it.id === event.params.snapshot);
  if (!stop) error(404, { message: 'This board has no such snapshot.' });
  const [compared, truth] = await Promise.all([
    app.planning.compare(viewer, stop.id, null),
    app.tracking.truth(viewer.organisationId, board.id),
  ]);
  return { board, stops, stop, teams: valueOf(compared).teams, truth };
};
