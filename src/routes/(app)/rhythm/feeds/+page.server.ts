import { z } from 'zod';
import { readForm } from '../../../read-form.server.ts';
import { signedIn } from '../../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { rhythm } = event.locals.app;
  const [feeds, rituals] = await Promise.all([rhythm.feeds(viewer), rhythm.rituals(viewer, {})]);
  return { feeds, rituals: rituals.map(({ id, title, words }) => ({ id, title, words })) };
};

const asked = z.object({
  of: z.string('Choose a calendar.').regex(/^(person|(team|ritual):[0-9a-f-]{36})$/, 'Choose a calendar.'),
});

export const actions: Actions = {
  make: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'make', asked);
    if (!read.ok) return read.answer;
    const [kind, subjectId] = read.value.of.split(':') as ['person' | 'team' | 'ritual', string | undefined];
    const made = await event.locals.app.rhythm.createFeed(viewer, {
      kind,
      ...(subjectId === undefined ? {} : { subjectId }),
    });
    if (!made.ok) return read.refuse(made.refusal);
    const address = `${event.url.origin}/calendar/${made.value.token}.ics`;
    return read.done('The address is ready. It is shown this once: copy it into your calendar program now.', {
      address,
    });
  },
  revoke: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'revoke', z.object({ id: z.uuid() }));
    if (!read.ok) return read.answer;
    const revoked = await event.locals.app.rhythm.revokeFeed(viewer, read.value.id);
    return revoked.ok ? read.done('That address opens nothing any more.') : read.refuse(revoked.refusal);
  },
};
