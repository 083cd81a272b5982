import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { meetingKinds } from '#domain/facilitation/agenda.ts';
import { choice, readForm } from '../../read-form.server.ts';
import { signedIn } from '../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

const fortnightMs = 14 * 24 * 3_600_000;

/** Sessions that run, are planned or were held, and the next meetings of the calendar to start from. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { facilitation, planning, rhythm } = event.locals.app;
  const { now } = viewer.organisation;
  const [sessions, boards, meetings, unclosed] = await Promise.all([
    facilitation.sessions(viewer, {}),
    planning.boards(viewer),
    rhythm.nextOccurrences(viewer, {
      personId: viewer.personId,
      from: now - 3_600_000,
      to: now + fortnightMs,
      limit: 8,
    }),
    facilitation.unclosed(viewer),
  ]);
  const started = new Set(sessions.map((it) => it.occurrenceId));
  return {
    ...{ sessions, unclosed },
    boards: boards.map(({ id, title }) => ({ id, title })),
    meetings: meetings.filter((it) => it.status === 'scheduled' && !started.has(it.id)),
    askedBoard: event.url.searchParams.get('board'),
    askedKind: meetingKinds.find((it) => it === event.url.searchParams.get('kind')) ?? null,
  };
};

const asked = z.object({
  occurrence: choice,
  kind: z.enum(meetingKinds, 'Choose what kind of meeting it is.').optional(),
  title: z.string().trim().max(300, 'At most 300 characters.').default(''),
  board: choice,
  team: choice,
  /** Hours it is open for in everybody's own time; left empty it is held together. */
  window: choice.transform((it) => (it === undefined || it === null ? null : Number(it))),
});

export const actions: Actions = {
  plan: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'plan', asked);
    if (!read.ok) return read.answer;
    const { occurrence, kind, title, board, team, window } = read.value;
    const planned = await event.locals.app.facilitation.plan(viewer, {
      ...{ occurrenceId: occurrence, title, boardId: board, teamId: team, window },
      ...(kind === undefined ? {} : { kind }),
    });
    if (!planned.ok) return read.refuse(planned.refusal);
    redirect(303, `/sessions/${planned.value.session.id}`);
  },
};
