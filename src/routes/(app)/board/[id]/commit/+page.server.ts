import { signedIn, valueOf } from '../../../../signed-in.server.ts';
import { dueBeforeSession } from '#domain/rhythm/cadence.ts';
import type { RitualOffer } from '#protocol/views/rhythm.ts';
import type { PageServerLoad } from './$types';

function dueOf({ terms }: RitualOffer): { weekday: number; time: string } | null {
  const [weekday] = terms.rule.type === 'weekly' ? terms.rule.weekdays : [];
  return weekday === undefined ? null : dueBeforeSession({ weekday, time: terms.time });
}

/** The commit review (board.md B5.1): computed afresh at every load, so that it survives a reload. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { app } = event.locals;
  const board = valueOf(await app.planning.board(viewer, event.params.id));
  const review = valueOf(await app.planning.review(viewer, board.id, {}));
  const offers = valueOf(await app.rhythm.offers(viewer, { boardId: board.id }));
  const weekly = offers.find(({ terms, booked }) => terms.kind === 'weekly' && !booked);
  // Not chosen yet: check-ins are given for the weekly meeting that is offered with the commit (tracking.md T3).
  const due = board.rhythm === null && weekly ? dueOf(weekly) : null;
  return {
    board,
    review: due === null ? review : { ...review, rhythm: { ...review.rhythm, ...due } },
    offers,
  };
};
