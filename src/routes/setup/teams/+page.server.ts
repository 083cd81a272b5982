import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { localDateOf } from '#lib/ui/dates.ts';
import { namesIn } from '../../names-in.ts';
import { nextPlanPeriod } from '../../plan-period.ts';
import { readForm, text } from '../../read-form.server.ts';
import { signedIn } from '../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => ({ organisation: signedIn(event).organisation.name });

const asked = z.object({ names: text(20_000), skip: z.string().optional() });

export const actions: Actions = {
  default: async (event) => {
    const viewer = signedIn(event);
    const { app } = event.locals;
    const read = await readForm(event.request, 'teams', asked);
    if (!read.ok) return read.answer;
    const names = read.value.skip === undefined ? namesIn(read.value.names) : [];
    const made = names.length > 0 ? await app.organisations.createTeams(viewer, names) : null;
    if (made !== null && !made.ok) return read.refuse({ ...made.refusal, path: 'names' });
    // Without names of their own, everybody plans in the one team that is always there.
    const known = made?.value ?? (await app.organisations.teams(viewer));
    const given = new Set(names.map((it) => it.toLocaleLowerCase('en')));
    const teams =
      names.length === 0 ? known : known.filter((it) => given.has(it.name.toLocaleLowerCase('en')));
    const periods = await app.organisations.periods(viewer);
    const { now, timezone } = viewer.organisation;
    const period = nextPlanPeriod(periods, localDateOf(now, timezone));
    const board = await app.planning.createBoard(viewer, {
      title: period === null ? 'First plan' : `${period.label} planning`,
      periodId: period?.id ?? null,
      template: 'quarterly-planning',
      teamIds: teams.map((it) => it.id),
    });
    if (!board.ok) return read.refuse(board.refusal);
    redirect(303, `/board/${board.value.id}`);
  },
};
