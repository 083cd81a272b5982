import type { EntryContext } from '../register/entry.ts';
import { dayMs, localDateOf } from '../rhythm/local-time.ts';
import type { Instant } from '../time.ts';
import { inForce, type Decision } from './decision.ts';

/** Facts beside the state: open past the day it is needed, due for another look, reversed so soon that it is thrash. */
export function decisionFlags(
  it: Decision,
  at: Instant,
  { zone, settings }: Pick<EntryContext, 'zone' | 'settings'>,
): readonly string[] {
  const flags: string[] = [];
  if (it.status === 'open' && it.neededBy !== null && it.neededBy < localDateOf(at, zone)) {
    flags.push('overdue');
  }
  if (it.status === 'revisit-due') flags.push('revisit-due');
  if (isThrash(it, settings.thrashWithinDays)) flags.push('thrash');
  return flags;
}

/** One reversal within the given days of being taken (M10). */
export function isThrash(it: Decision, withinDays: number): boolean {
  if (it.status !== 'reversed' || it.ended === null || it.decidedAt === null) return false;
  return it.ended.at - it.decidedAt <= withinDays * dayMs;
}

/**
 * Which decisions in force contradict each other: the same field of the same object, set differently (W13). By id, each
 * with those it contradicts.
 */
export function conflictsAmong(
  decisions: readonly { readonly id: string; readonly state: Pick<Decision, 'status' | 'sets'> }[],
): ReadonlyMap<string, readonly string[]> {
  const said = decisions
    .filter(({ state }) => inForce.includes(state.status))
    .flatMap(({ id, state }) => state.sets.map((it) => ({ id, value: plain(it.value), about: aboutOf(it) })));
  const found = new Map<string, Set<string>>();
  for (const group of Map.groupBy(said, ({ about }) => about).values()) {
    for (const one of group) {
      for (const other of group) {
        if (one.id === other.id || one.value === other.value) continue;
        found.set(one.id, (found.get(one.id) ?? new Set()).add(other.id));
      }
    }
  }
  return new Map([...found].map(([id, others]) => [id, [...others].sort()]));
}

const plain = (value: string): string => value.trim().toLowerCase();
const aboutOf = ({ objectId, field }: { readonly objectId: string; readonly field: string }): string =>
  `${objectId}\n${plain(field)}`;
