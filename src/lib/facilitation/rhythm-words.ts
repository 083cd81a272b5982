import type { Quadrant, rhythmAndResult } from '#domain/facilitation/rhythm-result.ts';
import type { SessionRow } from '#protocol/views/facilitation.ts';

/** The four, as they are laid out: results reached above, rhythms kept to the right. */
export const quadrants: readonly { readonly id: Quadrant; readonly name: string; readonly asks: string }[] = [
  { id: 'result-alone', name: 'Reached without the rhythm', asks: 'Luck or heroics: will it hold?' },
  { id: 'both', name: 'Kept and reached', asks: 'It delivers: what do we keep?' },
  { id: 'neither', name: 'Neither kept nor reached', asks: 'The rhythm first: why did we not look?' },
  { id: 'rhythm-alone', name: 'Kept, not reached', asks: 'The strategy, or what it took for granted?' },
];

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** All together, in one line: never one without the other. */
export function rhythmSentence({
  onTime,
  expected,
  result,
  told,
}: ReturnType<typeof rhythmAndResult>): string {
  const rhythm =
    expected === 0
      ? 'No check-in was expected'
      : `${onTime} of ${expected} check-ins on time (${percent(onTime / expected)})`;
  const came =
    result === null
      ? 'nothing says yet what came of it'
      : `result ${result.toFixed(2)} by weight, of ${told === 1 ? 'one promise' : `${told} promises`}`;
  return `${rhythm}; ${came}.`;
}

/** Of one promise: "3 of 4 on time, 0.40". */
export function rhythmOfOne({ onTime, expected, result }: NonNullable<SessionRow['rhythm']>): string {
  const rhythm = expected === 0 ? 'no check-in was expected' : `${onTime} of ${expected} on time`;
  return `${rhythm}, ${result === null ? 'no result yet' : result.toFixed(2)}`;
}
