import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { choice, readForm } from '../../read-form.server.ts';
import { localPath, signedIn } from '../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** What removing the example takes away, before it does. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  if (viewer.organisation.kind !== 'example') redirect(303, '/home');
  const { app } = event.locals;
  const [boards, commitments, dependencies] = await Promise.all([
    app.planning.boards(viewer),
    app.tracking.commitments(viewer, {}),
    app.tracking.dependencies(viewer, {}),
  ]);
  return { boards: boards.length, commitments: commitments.length, dependencies: dependencies.length };
};

/** Back to the page the banner stood on. */
function back(event: { request: Request; url: URL }): string {
  const from = event.request.headers.get('referer');
  const url = from !== null && URL.canParse(from) ? new URL(from) : null;
  const path = url?.host === event.url.host ? `${url.pathname}${url.search}` : null;
  return path?.startsWith('/example') ? '/home' : localPath(path, '/home');
}

export const actions: Actions = {
  move: async (event) => {
    const viewer = signedIn(event);
    const asked = z.object({ moment: z.enum(['planning-day', 'now', 'close'], 'There is no such moment.') });
    const read = await readForm(event.request, 'example', asked);
    if (!read.ok) return read.answer;
    const moved = await event.locals.app.example.moveClock(viewer, read.value.moment);
    if (!moved.ok) return read.refuse(moved.refusal);
    redirect(303, back(event));
  },
  viewAs: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'example', z.object({ person: choice }));
    if (!read.ok) return read.answer;
    const seen = await event.locals.app.example.viewAs(viewer, read.value.person);
    if (!seen.ok) return read.refuse(seen.refusal);
    redirect(303, back(event));
  },
  remove: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'remove', z.object({}));
    if (!read.ok) return read.answer;
    const removed = await event.locals.app.example.remove(viewer);
    if (!removed.ok) return read.refuse(removed.refusal);
    await event.locals.forgetSignIn();
    redirect(303, '/');
  },
};
