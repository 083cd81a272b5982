import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { chatKinds, chatTopics } from '#domain/notify/chat/chat-post.ts';
import { line, readForm, several } from '../../../read-form.server.ts';
import { signedIn, valueOf } from '../../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const view = valueOf(await event.locals.app.notify.chats(viewer));
  if (view.places.length === 0) {
    error(403, 'Chats are set by administrators, and by the leads of a team for their own.');
  }
  return view;
};

const topics = several.pipe(z.array(z.enum(chatTopics)));
const added = z.object({
  name: line('Give it a name, such as the channel’s.', 80),
  kind: z.enum(chatKinds, 'Choose what it is.'),
  place: z.string().default(''),
  url: z.string('Paste the address of the webhook.').trim(),
  topics,
});
const changed = z.object({ id: z.uuid(), topics });
const one = z.object({ id: z.uuid() });

export const actions: Actions = {
  add: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'add', added);
    if (!read.ok) return read.answer;
    const { place, ...given } = read.value;
    const teamId = place === 'everybody' ? null : place;
    const made = await event.locals.app.notify.addChat(viewer, { ...given, teamId });
    if (!made.ok) {
      const { path } = made.refusal;
      return read.refuse({ ...made.refusal, ...(path === 'teamId' && { path: 'place' }) });
    }
    const { secret, name } = made.value;
    return read.done(
      `“${name}” is added. Its address is not shown again. Send it a test.`,
      secret === null ? undefined : { secret },
    );
  },
  topics: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'topics', changed);
    if (!read.ok) return read.answer;
    const { id, topics: chosen } = read.value;
    const kept = await event.locals.app.notify.changeChat(viewer, id, { topics: chosen });
    return kept.ok ? read.done(`“${kept.value.name}” is told of what is chosen.`) : read.refuse(kept.refusal);
  },
  test: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'test', one);
    if (!read.ok) return read.answer;
    const posted = await event.locals.app.notify.testChat(viewer, read.value.id);
    if (!posted.ok) return read.refuse(posted.refusal);
    const { error, name } = posted.value;
    return error === null
      ? read.done(`The test stands in “${name}”.`)
      : read.refuse({ code: 'not-posted', message: `The test did not arrive in “${name}”. ${error}` });
  },
  pause: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'pause', one);
    if (!read.ok) return read.answer;
    const kept = await event.locals.app.notify.changeChat(viewer, read.value.id, { paused: true });
    return kept.ok
      ? read.done(`“${kept.value.name}” is told nothing until it is resumed.`)
      : read.refuse(kept.refusal);
  },
  resume: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'resume', one);
    if (!read.ok) return read.answer;
    const kept = await event.locals.app.notify.changeChat(viewer, read.value.id, { paused: false });
    return kept.ok ? read.done(`“${kept.value.name}” is written to again.`) : read.refuse(kept.refusal);
  },
  remove: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'remove', one);
    if (!read.ok) return read.answer;
    const gone = await event.locals.app.notify.removeChat(viewer, read.value.id);
    return gone.ok ? read.done('The chat is removed.') : read.refuse(gone.refusal);
  },
};
