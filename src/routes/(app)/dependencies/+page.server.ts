import { readAsOf } from '../../as-of.server.ts';
import { inboxOf } from '../../inbox-of.server.ts';
import { signedIn } from '../../signed-in.server.ts';
import type { PageServerLoad } from './$types';

const views = ['answer', 'asked-of-us', 'we-asked', 'all'] as const;
type View = (typeof views)[number];

/** The handshakes, from where one stands: to answer, asked of us, we asked, or all; narrowed by board and team. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { app } = event.locals;
  const board = event.url.searchParams.get('board') ?? '';
  const team = event.url.searchParams.get('team') ?? '';
  const asOf = readAsOf(event.url, viewer);
  const isId = (id: string): boolean => /^[0-9a-f-]{36}$/i.test(id);
  const [rows, inbox, boards] = await Promise.all([
    app.tracking.dependencies(viewer, {
      ...(isId(board) && { boardId: board }),
      ...(isId(team) && { teamId: team }),
      ...(asOf !== null && { at: asOf.at }),
    }),
    inboxOf(event.locals, viewer),
    app.planning.boards(viewer),
  ]);
  const mine = new Set(viewer.teams.map((it) => it.teamId));
  // What waits for an answer waits for it now, whatever day is looked back to.
  const owed = new Set(asOf === null ? inbox.toAnswer.map((it) => it.id) : []);
  const offered = views.filter((view) => asOf === null || view !== 'answer');
  // What a team needs of itself is no ask between teams; it stays in the whole list.
  const between = rows.filter((it) => it.providerTeamId === null || it.providerTeamId !== it.requesterTeamId);
  const groups = {
    answer: rows.filter((it) => owed.has(it.id)),
    'asked-of-us': between.filter((it) => it.providerTeamId !== null && mine.has(it.providerTeamId)),
    'we-asked': between.filter(
      (it) =>
        (it.requesterTeamId !== null && mine.has(it.requesterTeamId)) ||
        it.requesterOwnerId === viewer.personId,
    ),
    all: rows,
  };
  const asked = event.url.searchParams.get('view');
  const wanted: View =
    offered.find((it) => it === asked) ??
    (groups.answer.length > 0 ? 'answer' : mine.size > 0 ? 'asked-of-us' : 'all');
  return {
    day: asOf?.day ?? null,
    view: wanted,
    filter: { board, team },
    rows: groups[wanted],
    everything: rows,
    counts: offered.map((view) => ({ view, count: groups[view].length })),
    boards: boards.map(({ id, title }) => ({ id, title })),
  };
};
