import type { Standing } from '../access/standing.ts';
import type { Actor } from '../event.ts';
import type { Dependency } from './dependency.ts';
import { rolesOf, type DependencyRole } from './roles.ts';
import { moveRules, type Move } from './rules.ts';

/** The moves this person may make now; nothing is ever a status drop-down (tracking.md T5). */
export function movesFor(it: Dependency, actor: Actor, standing: Standing): readonly Move[] {
  const roles = rolesOf(it, actor, standing, { importing: false, committing: false });
  return (Object.keys(moveRules) as Move[]).filter((move) => mayMove(move, it, roles));
}

/** True when state and role fit the move's line in the table. */
export function mayMove(move: Move, it: Dependency, roles: ReadonlySet<DependencyRole>): boolean {
  const rule = moveRules[move];
  if (!rule.from.includes(it.status)) return false;
  if (!rule.by.some((role) => roles.has(role))) return false;
  return rule.when?.(it, roles) ?? true;
}
