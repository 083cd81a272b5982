import { z } from 'zod';
import { endOfWeek, promiseWeek } from '../../../promise-week.server.ts';
import type { InterruptView } from '#protocol/views/insight.ts';
import type { InterruptRow } from '#protocol/views/registers.ts';
import { readAsOf } from '../../../as-of.server.ts';
import { readForm, text } from '../../../read-form.server.ts';
import { signedIn, valueOf } from '../../../signed-in.server.ts';
import { muteWarning } from '../../../mute-warning.server.ts';
import type { Actions, PageServerLoad } from './$types';

const LEARNINGS_SHOWN = 5;
const YEAR_MS = 52 * 7 * 86_400_000;

/** One team: what it promised, what it can do, what came between, and what became of it. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { app } = event.locals;
  const asOf = readAsOf(event.url, viewer);
  const of = { teamId: event.params.id, ...(asOf !== null && { at: asOf.at }) };
  const [page, asks, learnings, urgent] = await Promise.all([
    app.insight.teamPage(viewer, event.params.id, asOf?.at),
    app.tracking.dependencies(viewer, of),
    app.registers.list(viewer, 'learning', of),
    // What is now comes with the page.
    asOf === null ? [] : app.registers.list(viewer, 'interrupt', of),
  ]);
  const team = valueOf(page);
  const open = asks.filter(({ status }) => ['requested', 'countered', 'accepted'].includes(status));
  return {
    day: asOf?.day ?? null,
    team: asOf === null ? team : { ...team, interrupts: urgentThen(urgent, asOf.at) },
    endOfWeek: endOfWeek(viewer),
    learnings: learnings.slice(0, LEARNINGS_SHOWN),
    moreLearnings: Math.max(0, learnings.length - LEARNINGS_SHOWN),
    toAnswer: open.filter((it) => it.providerTeamId === event.params.id && it.status !== 'accepted'),
    owedByUs: open.filter((it) => it.providerTeamId === event.params.id && it.status === 'accepted'),
    weWaitOn: open.filter((it) => it.requesterTeamId === event.params.id),
  };
};

/** Urgent work of the year before, as the page shows it. */
const urgentThen = (rows: readonly InterruptRow[], at: number): readonly InterruptView[] =>
  rows
    .filter(({ createdAt }) => createdAt > at - YEAR_MS)
    .map(({ title, displacedTitle, createdAt, ...row }) => ({
      ...{ id: row.id, what: title, status: row.status, requestedBy: row.requestedBy, effort: row.effort },
      ...{ costDays: row.costDays, costWeight: row.costWeight, displacedId: row.displacedId },
      ...{ displaced: displacedTitle, at: createdAt },
    }));

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
