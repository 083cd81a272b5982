import { commitmentsSentence } from '#lib/tracking/sentences.ts';
import { readAsOf } from '../../as-of.server.ts';
import { pageOf } from '../../page-of.ts';
import { signedIn } from '../../signed-in.server.ts';
import type { PageServerLoad } from './$types';

/** All commitments, narrowed by the address: board, team, owner, and what they show now. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { app } = event.locals;
  const chosen = (name: string): string => event.url.searchParams.get(name) ?? '';
  const filter = {
    board: chosen('board'),
    team: chosen('team'),
    owner: chosen('owner'),
    state: chosen('state'),
  };
  const isId = (id: string): boolean => /^[0-9a-f-]{36}$/i.test(id);
  const asOf = readAsOf(event.url, viewer);
  const [rows, boards] = await Promise.all([
    app.tracking.commitments(viewer, {
      ...(isId(filter.board) && { boardId: filter.board }),
      ...(isId(filter.team) && { teamId: filter.team }),
      ...(isId(filter.owner) && { ownerId: filter.owner }),
      ...(asOf !== null && { at: asOf.at }),
    }),
    app.planning.boards(viewer),
  ]);
  const wanted = filter.state === '' ? rows : rows.filter((it) => it.display === filter.state);
  const { rows: shown, ...page } = pageOf(wanted, event.url);
  return {
    ...{ filter, rows: shown, page },
    // Of all of them, not of the page.
    sentence: commitmentsSentence(wanted),
    all: rows.length,
    day: asOf?.day ?? null,
    boards: boards.map(({ id, title }) => ({ id, title })),
  };
};
