import type { Extract } from './extracts.ts';
import type { Minutes } from './minutes.ts';
import type { MeetingRecord, RecordFrom } from './record.ts';

/** Everything minutes say: what happened, how things stood at the end, and what each person owes. */
export interface WholeMinutes {
  readonly minutes: Minutes;
  /** null where nobody knows any more, or before it began. */
  readonly record: MeetingRecord | null;
  readonly from: RecordFrom | null;
  readonly extracts: readonly Extract[];
}

/** Outputs that nothing else tells: a decision and a promise stand in lists of their own, with more than their line says. */
export function outputsBeside({ outputs }: Minutes, record: MeetingRecord | null): Minutes['outputs'] {
  const told = {
    decisions: new Set((record?.decisions ?? []).map(({ ref }) => ref?.id)),
    promises: new Set((record?.promises ?? []).map(({ ref }) => ref?.id)),
  };
  return outputs.flatMap(({ output, lines }): Minutes['outputs'] => {
    if (output !== 'decisions' && output !== 'promises') return [{ output, lines }];
    const left = lines.filter(({ ref }) => ref === null || !told[output].has(ref.id));
    return left.length === 0 ? [] : [{ output, lines: left }];
  });
}
