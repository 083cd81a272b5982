import { z } from 'zod';
import { line, readForm, whole } from '../../read-form.server.ts';
import { signedIn } from '../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  signedIn(event);
  return {
    timezones: ['UTC', ...Intl.supportedValuesOf('timeZone').filter((it) => it !== 'UTC')],
    store: { promise: event.locals.app.store.promise, warnings: event.locals.app.store.warnings },
  };
};

const asked = z.object({
  name: line('Name your organisation.', 120),
  timezone: line('Choose a time zone.', 80),
  weekStart: whole(1, 7, 'Choose the first day of the week.'),
  fiscalStartMonth: whole(1, 12, 'Choose the first month of the fiscal year.'),
  depth: z.enum(['light', 'standard'], 'Light or standard?'),
});

export const actions: Actions = {
  change: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'organisation', asked);
    if (!read.ok) return read.answer;
    const changed = await event.locals.app.organisations.changeOrganisation(viewer, read.value);
    return changed.ok ? read.done('Saved.') : read.refuse(changed.refusal);
  },
};
