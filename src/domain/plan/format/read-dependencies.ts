import type { PlanDependency, PlanObjective } from '../plan.ts';
import type { FieldReader } from './field-reader.ts';
import { readKeyed, type Objects } from './read-objects.ts';

export const dependencyStates = [
  'draft',
  'requested',
  'accepted',
  'countered',
  'declined',
  'delivered',
  'confirmed',
  'withdrawn',
  'revoked',
] as const;

/** Asks of a file; each must name objectives that are in it. A missing key is made of the objective and the place. */
export function readDependencies(
  file: FieldReader,
  objectives: readonly PlanObjective[],
): Objects<PlanDependency> {
  const byKey = new Map(objectives.map((objective) => [objective.key, objective]));
  return readKeyed(
    file,
    'dependencies',
    (reader, key): PlanDependency => {
      const objective = reader.key('objective');
      const needs = objective === null ? null : byKey.get(objective);
      if (needs === undefined) reader.fault('objective', 'names an objective that is not in the file');
      const on = reader.object('on');
      const provider = { team: on.key('team'), objective: on.key('objective') };
      const provides = provider.objective === null ? null : byKey.get(provider.objective);
      if (provides === undefined) on.fault('objective', 'names an objective that is not in the file');
      if (objective !== null && objective === provider.objective) {
        on.fault('objective', 'is the objective that needs: it can not wait for itself');
      }
      return {
        key,
        objective,
        fromTeam: needs ? needs.team : reader.key('fromTeam'),
        on: {
          team: provides ? (provides.team ?? provider.team) : provider.team,
          objective: provider.objective,
        },
        what: reader.title('what'),
        detail: reader.text('detail'),
        size: reader.oneOf('size', ['small', 'medium', 'large'], null),
        neededBy: reader.keptDate('neededBy', key),
        hardness: reader.oneOf('hardness', ['hard', 'soft'], 'hard'),
        state: reader.oneOf('state', dependencyStates, null),
      };
    },
    (reader, index) => `${reader.key('objective') ?? 'plan'}/ask${index}`,
  );
}
