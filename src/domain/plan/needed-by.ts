import type { LocalDate } from '../time.ts';
import type { Plan, PlanDependency } from './plan.ts';

/**
 * The day a need must be met: its own date, else its objective's due, else the end of the plan's period; null without
 * any of them (board.md B2).
 */
export function neededBy(
  plan: Pick<Plan, 'objectives' | 'period'>,
  dependency: PlanDependency,
): LocalDate | null {
  if (dependency.neededBy !== null) return dependency.neededBy;
  const objective = plan.objectives.find(({ key }) => key === dependency.objective);
  return objective?.due ?? plan.period?.end ?? null;
}

/** True for a need whose provider is the team that needs: a chip on its card, outside market, matrix and gate. */
export const isOwnTeamNeed = ({ fromTeam, on }: PlanDependency): boolean =>
  fromTeam !== null && fromTeam === on.team;
