import { error } from '@sveltejs/kit';
import { cardInPlan } from '#domain/plan/card-in-plan.ts';
import { signedIn, valueOf } from '../../../../../signed-in.server.ts';
import type { PageServerLoad } from './$types';

/** A stop of the board's history: its place among the others and what changed since, by team; `?card=` is who came for one card. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { app } = event.locals;
  const board = valueOf(await app.planning.board(viewer, event.params.id));
  const stops = valueOf(await app.planning.snapshots(viewer, board.id));
  const stop = stops.find((it) => it.id === event.params.snapshot);
  if (!stop) error(404, { message: 'This board has no such snapshot.' });
  const key = event.url.searchParams.get('card');
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'long' });
  const [compared, truth, frozen] = await Promise.all([
    app.planning.compare(viewer, stop.id, null),
    app.tracking.truth(viewer.organisationId, board.id),
    key === null ? null : app.planning.snapshot(viewer, stop.id),
  ]);
  const card =
    key === null || frozen === null
      ? null
      : { key, then: cardInPlan(valueOf(frozen).plan, key, (on) => day.format(Date.parse(on))) };
  return { board, stops, stop, teams: valueOf(compared).teams, truth, card };
};
