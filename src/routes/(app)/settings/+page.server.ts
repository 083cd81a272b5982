import { z } from 'zod';
import { line, readForm } from '../../read-form.server.ts';
import { signedIn } from '../../signed-in.server.ts';
import { timeZones } from '../../time-zones.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  signedIn(event);
  return {
    timezones: timeZones,
    store: { promise: event.locals.app.store.promise, warnings: event.locals.app.store.warnings },
  };
};

const asked = z.object({
  name: line('Name your organisation.', 120),
  timezone: line('Choose a time zone.', 80),
});

const depthAsked = z.object({ depth: z.enum(['light', 'standard'], 'Light or standard?') });

export const actions: Actions = {
  change: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'organisation', asked);
    if (!read.ok) return read.answer;
    const changed = await event.locals.app.organisations.changeOrganisation(viewer, read.value);
    return changed.ok ? read.done('Saved.') : read.refuse(changed.refusal);
  },
  depth: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'depth', depthAsked);
    if (!read.ok) return read.answer;
    const changed = await event.locals.app.organisations.changeOrganisation(viewer, read.value);
    return changed.ok ? read.done(`Depth is ${read.value.depth} now.`) : read.refuse(changed.refusal);
  },
};
