import { lastCheckIn, lastValues, standingCheckIns, type ReportedStatus } from './check-in.ts';
import type { Commitment } from './commitment.ts';

/** What a check-in form starts with. */
export interface Prefill {
  readonly values: Readonly<Record<string, number>>;
  readonly status: ReportedStatus | null;
  /** null = ask: it is the first time, or nothing has moved twice in a row. */
  readonly confidence: number | null;
}

/** The last values and status, so that *no movement* is one tap; confidence is not repeated without end. */
export function prefillCheckIn(it: Commitment): Prefill {
  const last = lastCheckIn(it.checkIns);
  const repeats = standingCheckIns(it.checkIns).slice(-2);
  const askAgain = repeats.length === 2 && repeats.every(({ noMovement }) => noMovement);
  return {
    values: lastValues(it.checkIns),
    status: last?.status ?? null,
    confidence: askAgain ? null : (last?.confidence ?? null),
  };
}
