import { depths, type Depth } from '../depth/depth.ts';
import type { Signal } from './signal.ts';

/** Heaviest first; of equal weight the worse, then the older. Only the rules of the depth (tracking.md T18). */
export function rank(signals: readonly Signal[], depth: Depth): readonly Signal[] {
  return signals
    .filter(({ rule }) => depths[depth].warnings.includes(rule))
    .sort(
      (a, b) =>
        b.weight - a.weight ||
        b.severity - a.severity ||
        a.since - b.since ||
        a.subject.id.localeCompare(b.subject.id),
    );
}
