import type { SignedIn } from './signed-in.server.ts';
import { timeZones } from './time-zones.ts';

/** What the form of a ritual lets one choose from: zones and boards; the board it has stays among them. */
export async function ritualChoices(app: App.Locals['app'], viewer: SignedIn, board: string | null) {
  const boards = (await app.planning.boards(viewer)).map(({ id, title }) => ({ id, title }));
  const known = board === null || boards.some(({ id }) => id === board);
  return {
    timezones: timeZones,
    boards: known ? boards : [...boards, { id: board, title: 'the board it has, put away' }],
  };
}
