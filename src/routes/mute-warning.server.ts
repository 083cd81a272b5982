import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { readForm } from './read-form.server.ts';
import { signedIn } from './signed-in.server.ts';

const asked = z.object({ rule: z.string().max(10), subject: z.uuid(), days: z.coerce.number().int() });

/** Puts a warning aside, or tells it again: the same form on every page that lists warnings. */
export async function muteWarning(event: RequestEvent) {
  const viewer = signedIn(event);
  const read = await readForm(event.request, 'mute', asked);
  if (!read.ok) return read.answer;
  const { rule, subject, days } = read.value;
  const muted = await event.locals.app.insight.mute(viewer, { rule, subjectId: subject, days });
  if (!muted.ok) return read.refuse(muted.refusal);
  return read.done(days === 0 ? 'It is told again.' : 'Put aside for two weeks.');
}
