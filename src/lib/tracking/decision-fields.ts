import type { MoveField, Option } from './move.ts';

/** A decision a change rests on: one that is taken, or the sentence from which one is written. */
export function decisionFields(
  decisions: readonly Option[],
  { optional, hint }: { readonly optional: boolean; readonly hint?: string },
): readonly MoveField[] {
  const write: MoveField = {
    kind: 'text',
    name: 'decision',
    label: decisions.length === 0 ? 'The decision behind it' : 'Or write the decision down',
    hint: hint ?? 'What you decided. It is written into the log of decisions by your name.',
    lines: 2,
    optional: optional || decisions.length > 0,
  };
  if (decisions.length === 0) return [write];
  const choose: MoveField = {
    kind: 'select',
    name: 'decisionId',
    label: 'The decision behind it',
    options: decisions,
    empty: 'None of these',
    optional: true,
  };
  return [choose, write];
}
