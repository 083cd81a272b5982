import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { readForm } from '../../../read-form.server.ts';
import { ritualOf } from '../../../ritual-fields.ts';
import { signedIn } from '../../../signed-in.server.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import { ritualChoices } from '../../../ritual-choices.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { now, timezone } = viewer.organisation;
  return {
    choices: await ritualChoices(event.locals.app, viewer, null),
    fields: {
      ...{
        kind: 'custom',
        ruleType: 'weekly',
        weekdays: '1',
        zone: timezone,
        starts: localDateOf(now, timezone),
      },
      teams: viewer.teams
        .map(({ teamId }) => teamId)
        .slice(0, 1)
        .join(','),
    },
  };
};

export const actions: Actions = {
  book: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'book', z.looseObject({}));
    if (!read.ok) return read.answer;
    const fields = {
      one: (name: string) => read.posted.get(name)?.[0] ?? '',
      all: (name: string) => read.posted.get(name) ?? [],
    };
    const booked = await event.locals.app.rhythm.book(viewer, [
      ritualOf(fields, viewer.organisation.timezone),
    ]);
    if (!booked.ok) {
      // One ritual only: its faults are the form's own.
      const own = (path: string): string => path.replace(/^rituals\.0\.?/, '').replace(/^rule\..*/, 'rule');
      const { refusal } = booked;
      return read.refuse({
        ...refusal,
        ...(refusal.path === undefined ? {} : { path: own(refusal.path) }),
        ...(refusal.faults === undefined
          ? {}
          : { faults: refusal.faults.map((it) => ({ ...it, path: own(it.path) })) }),
      });
    }
    redirect(303, `/rhythm/${booked.value[0]?.id ?? ''}`);
  },
};
