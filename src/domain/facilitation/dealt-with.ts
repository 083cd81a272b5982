import type { RowSource } from './agenda.ts';
import type { Session } from './session.ts';

/**
 * Rows that may stay after something was done to them: a late ask that is spoken of is late still. All others go once they
 * are answered, and another act on the same object answers nothing: a check-in is no word about a failed assumption.
 */
const stay: readonly RowSource[] = ['dependencies', 'needs-you'];

/** True when the meeting has dealt with a row: something was done to it here, or it was put aside, where the end asks again. */
export function dealtWith(
  it: Pick<Session, 'produced' | 'parking'>,
  { source, id }: { readonly source: RowSource; readonly id: string },
): boolean {
  if (it.parking.some(({ origin }) => origin?.id === id)) return true;
  return stay.includes(source) && it.produced.some(({ ref }) => ref?.id === id);
}
