import { signedIn } from '../../signed-in.server.ts';
import type { PageServerLoad } from './$types';

const dayMs = 86_400_000;
/** How far ahead meetings are listed. */
const daysAhead = 42;

/** The rhythm of the running period: its picture, the meetings ahead, and every ritual. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { rhythm } = event.locals.app;
  const now = viewer.organisation.now;
  const asked = event.url.searchParams.get('of');
  const team = viewer.teams.some(({ teamId }) => teamId === asked) || asked === null ? null : asked;
  const of = asked === 'all' ? {} : asked === null ? { personId: viewer.personId } : { teamId: asked };
  const [meetings, rituals, picture, period] = await Promise.all([
    rhythm.nextOccurrences(viewer, {
      ...of,
      from: now - 2 * 3_600_000,
      to: now + daysAhead * dayMs,
      limit: 60,
    }),
    rhythm.rituals(viewer, asked !== null && asked !== 'all' ? { teamId: asked } : {}),
    rhythm.picture(viewer),
    rhythm.planPeriod(viewer),
  ]);
  return { of: asked, team, meetings, rituals, picture, period };
};
