import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { boardScopes } from '#domain/access/board-scope.ts';
import { choice, line, readForm, several } from '../../../read-form.server.ts';
import { signedIn } from '../../../signed-in.server.ts';
import { nextPlanPeriod } from '../../../plan-period.ts';
import { localDateOf } from '#lib/ui/dates.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const periods = await event.locals.app.organisations.periods(viewer);
  const [calendar] = await event.locals.app.rhythm.calendars(viewer);
  const today = localDateOf(viewer.organisation.now, viewer.organisation.timezone);
  return {
    periods: periods.filter((it) => it.end >= today && it.kind !== 'week' && it.kind !== 'month'),
    suggested: nextPlanPeriod(periods, today, calendar?.settings.planPeriod),
  };
};

const asked = z.object({
  title: line('Give the board a title.', 200),
  template: z.enum(['blank', 'quarterly-planning'], 'Choose how it begins.'),
  periodId: choice,
  teamIds: several,
  scope: z.enum(boardScopes, 'Choose who may look at it.').default('organisation'),
  /** A box that is not ticked is not sent. */
  columns: z.literal('yes').optional(),
});

export const actions: Actions = {
  default: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'create', asked);
    if (!read.ok) return read.answer;
    const made = await event.locals.app.planning.createBoard(viewer, {
      ...read.value,
      columns: read.value.columns !== undefined,
    });
    if (!made.ok) return read.refuse(made.refusal);
    redirect(303, `/board/${made.value.id}`);
  },
};
