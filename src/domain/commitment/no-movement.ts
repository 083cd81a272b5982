import type { Instant } from '../time.ts';
import type { Blocker, CheckIn, ReportedStatus } from './check-in.ts';

/** Whether *No movement* can be said in one tap, must ask the confidence again, or has nothing to repeat. */
export type NoMovement = 'one-tap' | 'ask-confidence' | 'nothing-to-repeat';

/** A check-in as far as it can be repeated. One that was taken back is none. */
export interface Said extends Pick<
  CheckIn,
  'id' | 'revises' | 'values' | 'confidence' | 'whatChanged' | 'nextStep' | 'helpWanted'
> {
  readonly at: Instant;
  readonly status: ReportedStatus | null;
  readonly blocker: (Omit<Blocker, 'kind'> & { readonly kind: string }) | null;
}

/** After this many repeats in a row the confidence is asked again: a habit must not pass for a report. */
const repeatsBeforeAsking = 2;

/** What *No movement* may be, given the check-ins, oldest first. Imported ones without a status repeat nothing. */
export function noMovementOf(checkIns: readonly Said[]): NoMovement {
  const standing = standingOf(checkIns);
  const last = standing.at(-1);
  if (last === undefined || last.status === null || last.confidence === null) return 'nothing-to-repeat';
  let repeats = 0;
  for (let at = standing.length - 1; at > 0; at -= 1) {
    const [before, after] = [standing[at - 1], standing[at]];
    if (before === undefined || after === undefined || !repeatsIt(before, after)) break;
    repeats += 1;
  }
  return repeats >= repeatsBeforeAsking ? 'ask-confidence' : 'one-tap';
}

/** The last check-in that counts: revised ones do not. */
export function lastStanding<T extends Said>(checkIns: readonly T[]): T | null {
  return standingOf(checkIns).at(-1) ?? null;
}

/** What *No movement* says again: the last values and status; `null` when there is nothing to repeat. */
export function repeatOf({
  checkIns,
  values,
}: {
  readonly checkIns: readonly Said[];
  readonly values: Said['values'];
}) {
  const last = lastStanding(checkIns);
  if (noMovementOf(checkIns) === 'nothing-to-repeat' || last === null) return null;
  if (last.status === null || last.confidence === null) return null;
  const { status, confidence, blocker, nextStep, helpWanted } = last;
  return { values, status, confidence, blocker, nextStep, helpWanted, noMovement: true };
}

function standingOf<T extends Said>(checkIns: readonly T[]): readonly T[] {
  const revised = new Set(checkIns.map((it) => it.revises));
  return [...checkIns].sort((a, b) => a.at - b.at).filter((it) => !revised.has(it.id));
}

function repeatsIt(before: Said, after: Said): boolean {
  return (
    after.whatChanged === '' &&
    after.status === before.status &&
    after.confidence === before.confidence &&
    Object.entries(after.values).every(([measure, value]) => before.values[measure] === value)
  );
}
