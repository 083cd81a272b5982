import type { Adherence } from '#protocol/views/tracking.ts';

/** Under so many a percentage says nothing. */
const ENOUGH = 5;

/** How check-ins came, late ones apart: *7 of 9 check-ins on time (78 %), 1 late, 1 missed.* */
export function adherenceSentence({ onTime, late, expected, rate }: Adherence): string {
  const missed = expected - onTime - late;
  const percent = rate === null || expected < ENOUGH ? '' : ` (${Math.round(rate * 100)} %)`;
  const rest = [late > 0 ? `${late} late` : '', missed > 0 ? `${missed} missed` : ''].filter(
    (it) => it !== '',
  );
  const noun = expected === 1 ? 'check-in' : 'check-ins';
  return `${[`${onTime} of ${expected} ${noun} on time${percent}`, ...rest].join(', ')}.`;
}
