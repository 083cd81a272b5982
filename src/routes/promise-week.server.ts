import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { addDays, localDateOf, weekdayOf } from '#domain/rhythm/local-time.ts';
import type { LocalDate } from '#domain/time.ts';
import { line, readForm } from './read-form.server.ts';
import { signedIn, type SignedIn } from './signed-in.server.ts';

const asked = z.object({
  statement: line('Write what is promised, in a sentence.', 1_000),
  ownerId: z.uuid('Choose whose promise it is.'),
  due: z.iso.date('Give the day.'),
});

/** The day a promise for the week suggests: the next Friday, today if it is one. */
export function endOfWeek({ organisation }: Pick<SignedIn, 'organisation'>): LocalDate {
  const today = localDateOf(organisation.now, organisation.timezone);
  return addDays(today, (5 - weekdayOf(today) + 7) % 7);
}

/** Makes a promise for the week from a page: the same form wherever one looks at promises (tracking.md T17). */
export async function promiseWeek(event: RequestEvent, teamId: string | null = null) {
  const viewer = signedIn(event);
  const read = await readForm(event.request, 'promise-week', asked);
  if (!read.ok) return read.answer;
  const made = await event.locals.app.tracking.promiseForWeek(viewer, { ...read.value, teamId });
  if (!made.ok) return read.refuse(made.refusal);
  const { statement, status } = made.value;
  return read.done(
    status === 'proposed'
      ? `Asked: ${statement}. It is promised once its owner says yes.`
      : `Promised: ${statement}.`,
  );
}
