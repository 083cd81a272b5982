import { z } from 'zod';
import { thresholds } from '#domain/settings/threshold-table.ts';
import { boundsOf } from '#domain/settings/thresholds.ts';
import { readForm } from '../../../read-form.server.ts';
import { signedIn } from '../../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  thresholds: await event.locals.app.organisations.thresholds(signedIn(event)),
});

/** A field left empty goes back to its default. */
const asked = z.object(
  Object.fromEntries(
    thresholds.map((it) => [
      it.key,
      z
        .string()
        .trim()
        .refine((typed) => typed === '' || Number.isFinite(Number(typed)), boundsOf(it))
        .transform((typed) => (typed === '' ? null : Number(typed)))
        .optional(),
    ]),
  ),
);

export const actions: Actions = {
  save: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'thresholds', asked);
    if (!read.ok) return read.answer;
    const change = Object.fromEntries(
      Object.entries(read.value).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    );
    const saved = await event.locals.app.organisations.changeThresholds(viewer, change);
    return saved.ok ? read.done('Saved.') : read.refuse(saved.refusal);
  },
};
