import type { Depth } from '../commitment/settings.ts';
import { signalRules, type Signal, type SignalRule } from './signal.ts';

/** What is watched at each depth (tracking.md T18): light tells of the four that need an answer. */
const watched: Readonly<Record<Depth, readonly SignalRule[]>> = {
  light: ['W4', 'W5', 'W7', 'W9'],
  standard: signalRules,
};

/** Heaviest first; of equal weight the worse, then the older. Only the rules of the depth. */
export function rank(signals: readonly Signal[], depth: Depth): readonly Signal[] {
  return signals
    .filter(({ rule }) => watched[depth].includes(rule))
    .sort(
      (a, b) =>
        b.weight - a.weight ||
        b.severity - a.severity ||
        a.since - b.since ||
        a.subject.id.localeCompare(b.subject.id),
    );
}
