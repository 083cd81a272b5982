import { directoryOf } from '../directory-of.server.ts';
import { waitingOf } from '../inbox-of.server.ts';
import { signedIn } from '../signed-in.server.ts';
import type { LayoutServerLoad } from './$types';

/** The frame round every page of an organisation: who looks, where, and what waits. */
export const load: LayoutServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { app } = event.locals;
  const isExample = viewer.organisation.kind === 'example';
  const [waiting, directory, organisations, needsSetup, unread, usedParts] = await Promise.all([
    waitingOf(event, viewer),
    directoryOf(event.locals, viewer),
    app.auth.organisationsOf(viewer),
    isExample ? app.auth.needsSetup() : false,
    app.notify.unread(viewer),
    app.organisations.partsInUse(viewer),
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
    directory,
    waiting,
    unread,
    usedParts,
    example: isExample
      ? { needsSetup, people: directory.people.map(({ id, name }) => ({ id, name })).sort(byName) }
      : null,
  };
};

function byName(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name, 'en');
}
