import type { AskSize, Hardness } from '../../domain/plan/plan.ts';
import type { DependencyMeta } from './shapes.ts';

/**
 * A need without an arrow, kept in its objective's meta under `need:<key>`, one key each, so that two people can add
 * needs at once. Used when the provider is the objective's own team (a chip on the card, board.md B2), or when no arrow
 * can be drawn: the objective is not being done, or nobody is named as provider.
 */
export interface Need {
  readonly what: string;
  readonly detail: string;
  readonly neededBy: string | null;
  readonly hardness: Hardness;
  readonly size: AskSize | null;
  /** Providing team's key. */
  readonly team: string | null;
  /** Providing objective's key. */
  readonly objective: string | null;
}

export const needPrefix = 'need:';

const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';
const isHardness = (value: unknown): boolean => value === 'hard' || value === 'soft';
const isAskSize = (value: unknown): boolean =>
  value === null || value === 'small' || value === 'medium' || value === 'large';

function hasAskFacts(value: object): boolean {
  const it = value as Partial<Record<keyof Need, unknown>>;
  return (
    typeof it.what === 'string' &&
    typeof it.detail === 'string' &&
    isTextOrNull(it.neededBy) &&
    isHardness(it.hardness) &&
    isAskSize(it.size)
  );
}

/** True when a meta value holds all facts of a need, each of its kind. */
export function isNeed(value: unknown): value is Need {
  if (typeof value !== 'object' || value === null || !hasAskFacts(value)) return false;
  const { team, objective } = value as { team?: unknown; objective?: unknown };
  return isTextOrNull(team) && isTextOrNull(objective);
}

/** True when an arrow's meta holds all facts of a dependency, each of its kind. */
export function isDependencyMeta(meta: object): meta is DependencyMeta {
  const { kind, key } = meta as { kind?: unknown; key?: unknown };
  return kind === 'dependency' && typeof key === 'string' && hasAskFacts(meta);
}
