import { z } from 'zod';
import { endOfWeek, promiseWeek } from '../../../promise-week.server.ts';
import { readForm, text } from '../../../read-form.server.ts';
import { signedIn, valueOf } from '../../../signed-in.server.ts';
import { muteWarning } from '../../../mute-warning.server.ts';
import type { Actions, PageServerLoad } from './$types';

const LEARNINGS_SHOWN = 5;

/** One team: what it promised, what it can do, what came between, and what became of it. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { app } = event.locals;
  const [page, asks, learnings] = await Promise.all([
    app.insight.teamPage(viewer, event.params.id),
    app.tracking.dependencies(viewer, { teamId: event.params.id }),
    app.registers.list(viewer, 'learning', { teamId: event.params.id }),
  ]);
  const open = asks.filter(({ status }) => ['requested', 'countered', 'accepted'].includes(status));
  return {
    team: valueOf(page),
    endOfWeek: endOfWeek(viewer),
    learnings: learnings.slice(0, LEARNINGS_SHOWN),
    moreLearnings: Math.max(0, learnings.length - LEARNINGS_SHOWN),
    toAnswer: open.filter((it) => it.providerTeamId === event.params.id && it.status !== 'accepted'),
    owedByUs: open.filter((it) => it.providerTeamId === event.params.id && it.status === 'accepted'),
    weWaitOn: open.filter((it) => it.requesterTeamId === event.params.id),
  };
};

const capacity = z.object({ period: z.uuid(), weeks: text(20) });

export const actions: Actions = {
  mute: muteWarning,
  promise: (event) => promiseWeek(event, event.params.id),
  capacity: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'capacity', capacity);
    if (!read.ok) return read.answer;
    const typed = read.value.weeks.trim().replace(',', '.');
    const personWeeks = typed === '' ? null : Number(typed);
    const set = await event.locals.app.insight.setCapacity(viewer, event.params.id, {
      periodId: read.value.period,
      personWeeks: Number.isNaN(personWeeks) ? -1 : personWeeks,
    });
    if (!set.ok) return read.refuse({ ...set.refusal, path: 'weeks' });
    return read.done(
      personWeeks === null
        ? 'Computed from the members again.'
        : `The team can do ${personWeeks} person-weeks.`,
    );
  },
};
