import { z } from 'zod';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { checkInInput } from '#lib/tracking/check-in-input.ts';
import { noMovementOf, repeatOf } from '#domain/commitment/no-movement.ts';
import { numberIn, type Posted } from '#lib/tracking/posted.ts';
import type { CommitmentDetail } from '#protocol/views/tracking.ts';
import { text } from './read-form.server.ts';

/** A check-in's form, as pages post it: signed in, or by a link in a mail. */
export const reportFields = z.looseObject({
  version: z.coerce.number().int(),
  status: z.enum(['on', 'risk', 'off'], 'Say whether it is on track, at risk or off track.'),
  confidence: z.string().optional(),
  exact: text(10),
  whatChanged: text(),
  nextStep: text(),
  helpWanted: text(),
  link: text(2000),
});

export const repeatFields = z.object({ version: z.coerce.number().int(), confidence: z.string().optional() });

/** The posted form as a check-in; without a confidence it is none. */
export function checkInReport(fields: z.output<typeof reportFields>, posted: Posted) {
  const { confidence, ...input } = checkInInput(fields, posted);
  return confidence === null
    ? refused('confidence-missing', 'Say how sure you are, 0 to 100 %.', { path: 'confidence' })
    : allowed({ ...input, confidence });
}

/** *No movement* as a check-in: the last one again, the confidence asked anew after two repeats. */
export function repeatedReport(
  sheet: Pick<CommitmentDetail, 'checkIns' | 'values'>,
  { version, confidence: typed = '' }: z.output<typeof repeatFields>,
): Outcome<NonNullable<ReturnType<typeof repeatOf>> & { readonly version: number }> {
  const repeat = repeatOf(sheet);
  if (repeat === null) {
    return refused('nothing-to-repeat', 'There is no earlier check-in to repeat: fill in the form.');
  }
  const confidence = noMovementOf(sheet.checkIns) === 'one-tap' ? repeat.confidence : numberIn(typed);
  if (confidence === null) {
    return refused('confidence-missing', 'Say how sure you still are.', { path: 'confidence' });
  }
  return allowed({ ...repeat, version, confidence });
}
