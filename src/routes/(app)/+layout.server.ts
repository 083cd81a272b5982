import { inboxOf } from '../inbox-of.server.ts';
import { signedIn } from '../signed-in.server.ts';
import type { LayoutServerLoad } from './$types';

/** The frame round every page of an organisation: who looks, where, and what waits. */
export const load: LayoutServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { app } = event.locals;
  const isExample = viewer.organisation.kind === 'example';
  const [inbox, people, teams, organisations, needsSetup, unread] = await Promise.all([
    inboxOf(event.locals, viewer),
    app.organisations.people(viewer),
    app.organisations.teams(viewer),
    app.auth.organisationsOf(viewer),
    isExample ? app.auth.needsSetup() : false,
    app.notify.unread(viewer),
  ]);
  return {
    me: {
      personId: viewer.personId,
      personKey: viewer.personKey,
      name: viewer.name,
      colour: viewer.colour,
      role: viewer.role,
      teams: viewer.teams,
      viewingAs: viewer.viewingAs,
      mayWrite: viewer.role !== 'observer',
    },
    organisation: viewer.organisation,
    organisations,
    directory: { people, teams },
    waiting: {
      week: inbox.toAccept.length + inbox.toAgree.length + inbox.toCheckIn.length,
      dependencies: inbox.toAnswer.length,
    },
    unread,
    example: isExample
      ? { needsSetup, people: people.map(({ id, name }) => ({ id, name })).sort(byName) }
      : null,
  };
};

function byName(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name, 'en');
}
