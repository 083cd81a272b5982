import type { Instant, LocalDate } from '../time.ts';
import type { Via } from '../event.ts';

export type ReportedStatus = 'on' | 'risk' | 'off';

export const blockerKinds = [
  'capacity',
  'dependency',
  'decision',
  'clarity',
  'priority-clash',
  'external',
] as const;
export type BlockerKind = (typeof blockerKinds)[number];

export interface Blocker {
  readonly kind: BlockerKind;
  readonly text: string;
  readonly owner: string | null;
  readonly by: LocalDate | null;
}

/** What an owner says in a check-in (tracking.md T3). Status and confidence are null only for imported history. */
export interface Report {
  /** Measure key -> value. */
  readonly values: Readonly<Record<string, number>>;
  readonly status: ReportedStatus | null;
  /** 0-100, that it lands by its due. */
  readonly confidence: number | null;
  readonly whatChanged: string;
  readonly nextStep: string;
  readonly blocker: Blocker | null;
  readonly helpWanted: string;
  readonly link: string | null;
  /** True when the owner said in one tap that nothing moved. */
  readonly noMovement: boolean;
}

/**
 * An `answer` fills a slot and speaks for the promise; a `note`, given outside every window, moves nothing; a `reading`
 * brings values only, from a source that says no more (tracking.md T19).
 */
export type CheckInKind = 'answer' | 'note' | 'reading';

/** One check-in. Kept for ever; `undone` ones count for nothing. */
export interface CheckIn extends Report {
  readonly id: string;
  /** The slot it fills; null for a note, and when no cadence was chosen. */
  readonly slot: string | null;
  readonly kind: CheckInKind;
  /** Id of the check-in this one replaces. */
  readonly revises: string | null;
  readonly at: Instant;
  readonly by: string | null;
  /** Name as written in an imported source, when no person is known. */
  readonly byName: string | null;
  readonly via: Via;
  readonly undone: boolean;
}

/** What was promised, and what was still waited for, when a check-in was given (tracking.md T3). */
export interface CheckInSnapshot {
  /** Number of the version that held; 1 = the baseline. */
  readonly version: number;
  /** Measure key -> target then; null = none. */
  readonly targets: Readonly<Record<string, number | null>>;
  /** Asks that were not delivered yet. */
  readonly needs: readonly { readonly key: string; readonly status: string }[];
}

/** Answers that count, oldest first: none undone, of each chain of revisions only the last. */
export function standingCheckIns(all: readonly CheckIn[]): readonly CheckIn[] {
  return lastOfChains(all.filter((it) => !it.undone && it.kind === 'answer'));
}

/** The last one that counts, or null. */
export function lastCheckIn(all: readonly CheckIn[]): CheckIn | null {
  return standingCheckIns(all).at(-1) ?? null;
}

/** Last known value of every measure, from answers and readings. */
export function lastValues(all: readonly CheckIn[]): Readonly<Record<string, number>> {
  const values: Record<string, number> = {};
  const said = lastOfChains(all.filter((it) => !it.undone && it.kind !== 'note'));
  for (const checkIn of said) Object.assign(values, checkIn.values);
  return values;
}

function lastOfChains(live: readonly CheckIn[]): readonly CheckIn[] {
  const replaced = new Set(live.map((it) => it.revises));
  return live.filter((it) => !replaced.has(it.id));
}
