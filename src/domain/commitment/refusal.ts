import { refused, type Fault, type Refusal } from '../outcome.ts';

/** Stable ids of everything a commitment refuses. */
export type CommitmentRefusal =
  | 'not-yours'
  | 'not-delegate'
  | 'wrong-state'
  | 'unknown-commitment'
  | 'invalid'
  | 'no-owner'
  | 'no-team'
  | 'due-missing'
  | 'due-passed'
  | 'done-means-missing'
  | 'baseline-missing'
  | 'confidence-missing'
  | 'period-missing'
  | 'capacity-exceeded'
  | 'need-not-asked'
  | 'reason-missing'
  | 'nothing-changed'
  | 'decision-missing'
  | 'evidence-missing'
  | 'values-missing'
  | 'future'
  | 'too-late'
  | 'not-in-close-session'
  | 'carried-too-often'
  | 'basis-broken'
  | 'unknown-parent'
  | 'wrong-parent'
  | 'circle'
  | 'unknown-decision'
  | 'decision-open';

export type Refused = { readonly ok: false; readonly refusal: Refusal<CommitmentRefusal> };

/** Refuses for one fault of one field. */
export function faulty(code: CommitmentRefusal, path: string, message: string): Refused {
  return refused(code, message, { path, faults: [{ path, message }] });
}

/** Refuses for all faults at once, or null when there are none. */
export function refuseAll(code: CommitmentRefusal, faults: readonly Fault[]): Refused | null {
  const first = faults[0];
  if (first === undefined) return null;
  const more = faults.length === 1 ? '' : ` And ${faults.length - 1} more.`;
  return refused(code, `${first.message}${more}`, { path: first.path, faults });
}

/** Refuses an empty reason, evidence or text; null when something is written. */
export function needText(
  code: CommitmentRefusal,
  path: string,
  text: string,
  message: string,
): Refused | null {
  return text.trim() === '' ? faulty(code, path, message) : null;
}
