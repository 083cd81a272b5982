import { inboxOf } from '../../inbox-of.server.ts';
import { signedIn, type SignedIn } from '../../signed-in.server.ts';
import { muteWarning } from '../../mute-warning.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** My page: what needs this person first, what is due, what they promised, who waits on them and on whom they wait. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { app } = event.locals;
  const visits = viewer.organisation.kind === 'example' && !viewer.viewingAs;
  const { organisation, personId } = viewer;
  const [inbox, mine, due, boards, busiest] = await Promise.all([
    inboxOf(event.locals, viewer),
    app.insight.myPage(viewer),
    app.registers.due(organisation.id, organisation.now, { personId }),
    app.planning.boards(viewer),
    visits ? busiestPeople(event.locals, viewer) : [],
  ]);
  return {
    inbox,
    ...mine,
    // Overdue decisions are among those one owes already.
    owed: due.filter(({ rule }) => rule !== 'decision-overdue'),
    boards: [...boards].sort((a, b) => b.changedAt - a.changedAt).slice(0, 3),
    busiest,
    checkedIn: idIn(event.url.searchParams.get('checked-in')),
  };
};

/** The id a link carries; null when it is none. */
const idIn = (text: string | null): string | null =>
  text !== null && /^[0-9a-f-]{36}$/.test(text) ? text : null;

export const actions: Actions = { mute: muteWarning };

/** Whose week is worth a look: who owns most of what runs. */
async function busiestPeople({ app }: App.Locals, viewer: SignedIn) {
  const [rows, people] = await Promise.all([
    app.tracking.commitments(viewer, {}),
    app.organisations.people(viewer),
  ]);
  const owns = (id: string): number =>
    rows.filter((it) => it.ownerId === id && it.status === 'committed').length;
  return people
    .map(({ id, name }) => ({ id, name, owns: owns(id) }))
    .sort((a, b) => b.owns - a.owns || a.name.localeCompare(b.name, 'en'))
    .slice(0, 4);
}
