import { signedIn } from '../../signed-in.server.ts';
import type { PageServerLoad } from './$types';

/** My week: what waits for this person, what they promised, who waits on them and on whom they wait. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { app } = event.locals;
  const [inbox, boards] = await Promise.all([app.tracking.inbox(viewer), app.planning.boards(viewer)]);
  return {
    inbox,
    boards: [...boards].sort((a, b) => b.changedAt - a.changedAt).slice(0, 3),
    checkedIn: event.url.searchParams.get('checked-in'),
  };
};
