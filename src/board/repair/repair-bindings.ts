import type { TLArrowBinding } from '@tldraw/tlschema';
import { compareText } from '../flatten.ts';
import { isArrow, isBinding, isShape, type BoardRecord } from '../schema/records.ts';

/**
 * Every binding ties an arrow's end to a shape that is there, each end once (the smaller id stays). An arrow that lost
 * both its cards to deletes goes with them; one that lost one stays loose, with its words.
 */
export function repairBindings(records: Map<string, BoardRecord>): void {
  const bindings = [...records.values()].filter(isBinding).sort((a, b) => compareText(a.id, b.id));
  const taken = new Set<string>();
  const lost = new Map<string, Set<string>>();
  for (const binding of bindings) {
    const { id, fromId, toId, props } = binding;
    const end = `${fromId} ${props.terminal}`;
    const isWhole = isTied(records, binding);
    if (isWhole && !taken.has(end)) {
      taken.add(end);
      continue;
    }
    records.delete(id);
    if (!isWhole && !records.has(toId)) lost.set(fromId, (lost.get(fromId) ?? new Set()).add(props.terminal));
  }
  for (const [arrowId, ends] of lost) {
    const isLoose = !taken.has(`${arrowId} start`) && !taken.has(`${arrowId} end`);
    if (ends.size === 2 && isLoose) records.delete(arrowId);
  }
}

function isTied(records: ReadonlyMap<string, BoardRecord>, { fromId, toId }: TLArrowBinding): boolean {
  const [arrow, target] = [records.get(fromId), records.get(toId)];
  return arrow !== undefined && isArrow(arrow) && target !== undefined && isShape(target) && !isArrow(target);
}
