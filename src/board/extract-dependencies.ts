import { cleanText } from '../domain/plan/clean-text.ts';
import type { PlanDependency, PlanProblem } from '../domain/plan/plan.ts';
import {
  arrowEnds,
  drawnDependencies,
  type DependencyEnd,
  type DrawnDependency,
} from './drawn-dependencies.ts';
import { compareText } from './flatten.ts';
import { planKey, type Keyed } from './plan-key.ts';
import { isDependencyMeta, isNeed, needPrefix } from './schema/dependency-meta.ts';
import { isArrow, isObjective } from './schema/records.ts';
import type { ObjectiveShape } from './schema/shapes.ts';
import { teamOf, type RecordIndex } from './tree.ts';

interface Found {
  readonly dependency: PlanDependency;
  readonly recordId: string;
}

/** All asks of a board: arrows with both ends bound, and needs kept as chips on their objective. */
export function extractDependencies(
  index: RecordIndex,
  objectives: readonly Keyed<ObjectiveShape>[],
  problems: PlanProblem[],
): { dependencies: PlanDependency[]; recordIds: Record<string, string> } {
  const inPlan = new Set(objectives.map(({ shape }) => shape.id as string));
  const drawn = drawnDependencies(index);
  const found: Found[] = [
    ...drawn
      .filter(({ tail, head }) => [tail, head].every((end) => !isObjective(end) || inPlan.has(end.id)))
      .map((it) => ({ dependency: readArrow(index, it), recordId: it.arrow.id })),
    ...objectives.flatMap((objective) => readNeeds(index, objective)),
  ];
  reportLooseArrows(index, drawn, problems);
  const taken = new Map<string, Found>();
  for (const it of found) {
    const { key } = it.dependency;
    if (!taken.has(key)) taken.set(key, it);
    else
      problems.push({
        code: 'duplicate-key',
        severity: 'warning',
        message: `Two dependencies go by the key ${key}; only one is in the plan.`,
        key,
        recordId: it.recordId,
      });
  }
  const sorted = [...taken.values()].sort((a, b) => compareText(a.dependency.key, b.dependency.key));
  return {
    dependencies: sorted.map(({ dependency }) => dependency),
    recordIds: Object.fromEntries(sorted.map(({ dependency, recordId }) => [dependency.key, recordId])),
  };
}

function readArrow(index: RecordIndex, { arrow, tail, head }: DrawnDependency): PlanDependency {
  const meta = isDependencyMeta(arrow.meta) ? arrow.meta : null;
  return {
    key: planKey(arrow),
    objective: isObjective(tail) ? planKey(tail) : null,
    fromTeam: teamOf(index, tail),
    on: { team: teamOf(index, head), objective: isObjective(head) ? planKey(head) : null },
    // A plain arrow between two cards is an ask as well; its label, or what it points at, says what for.
    what: cleanText(meta?.what ?? '') || cleanText(arrow.props.text) || nameOf(head),
    detail: cleanText(meta?.detail ?? ''),
    size: meta?.size ?? null,
    neededBy: meta?.neededBy ?? null,
    hardness: meta?.hardness ?? 'hard',
    state: null,
  };
}

const nameOf = (end: DependencyEnd): string => cleanText(end.props.title);

function readNeeds(index: RecordIndex, { key, shape }: Keyed<ObjectiveShape>): Found[] {
  return Object.entries(shape.meta).flatMap(([name, need]) => {
    if (!name.startsWith(needPrefix) || !isNeed(need)) return [];
    const dependency: PlanDependency = {
      key: name.slice(needPrefix.length),
      objective: key,
      fromTeam: teamOf(index, shape),
      on: { team: need.team, objective: need.objective },
      what: cleanText(need.what),
      detail: cleanText(need.detail),
      size: need.size,
      neededBy: need.neededBy,
      hardness: need.hardness,
      state: null,
    };
    return [{ dependency, recordId: shape.id }];
  });
}

/** An arrow meant as a dependency that lost an end: the words on it must not vanish silently. */
function reportLooseArrows(
  index: RecordIndex,
  drawn: readonly DrawnDependency[],
  problems: PlanProblem[],
): void {
  const bound = new Set(drawn.map(({ arrow }) => arrow.id));
  const ends = arrowEnds(index.values());
  for (const arrow of [...index.values()].filter(isArrow).sort((a, b) => compareText(a.id, b.id))) {
    if (bound.has(arrow.id) || arrow.meta.kind !== 'dependency') continue;
    const { start, end } = ends.get(arrow.id) ?? {};
    const missing = start ? (end ? 'two different cards or areas' : 'who provides it') : 'who needs it';
    problems.push({
      code: 'loose-arrow',
      severity: 'warning',
      message: `A dependency does not show ${missing}: draw its ends to a card or a team's area, or delete it.`,
      key: planKey(arrow),
      recordId: arrow.id,
    });
  }
}
