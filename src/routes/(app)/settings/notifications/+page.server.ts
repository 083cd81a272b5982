import { z } from 'zod';
import { choice, line, readForm, whole } from '../../../read-form.server.ts';
import { signedIn } from '../../../signed-in.server.ts';
import { timeZones } from '../../../time-zones.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  return {
    preferences: await event.locals.app.notify.preferences(viewer),
    timezones: timeZones,
  };
};

const asked = z.object({
  byMail: z.enum(['yes', 'no'], 'Mail, or the inbox only?'),
  quietFrom: line('From when is it quiet?', 5),
  quietTo: line('Until when is it quiet?', 5),
  digest: z.enum(['each', 'daily'], 'One by one, or once a day?'),
  digestAt: z.string().optional(),
  weeklyCap: whole(0, 50, 'Between 0 and 50 mails a week.'),
  timezone: choice,
});

export const actions: Actions = {
  change: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'notifications', asked);
    if (!read.ok) return read.answer;
    const { byMail, digest, digestAt, ...rest } = read.value;
    const changed = await event.locals.app.notify.changePreferences(viewer, {
      ...rest,
      byMail: byMail === 'yes',
      digestAt: digest === 'daily' ? (digestAt ?? '') : null,
    });
    return changed.ok ? read.done('Saved.') : read.refuse(changed.refusal);
  },
};
