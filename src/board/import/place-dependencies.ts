import { cleanText } from '../../domain/plan/clean-text.ts';
import type { PlanFile } from '../../domain/plan/format/plan-file.ts';
import type { PlanDependency, PlanProblem } from '../../domain/plan/plan.ts';
import { drawnDependencies } from '../drawn-dependencies.ts';
import { dependencyMeta, newArrow } from '../new-arrow.ts';
import { planKey } from '../plan-key.ts';
import { isNeed, needPrefix, type Need } from '../schema/dependency-meta.ts';
import { PAGE_ID, isBinding, isObjective, isShape, type BoardShape } from '../schema/records.ts';
import type { ObjectiveShape } from '../schema/shapes.ts';
import { areaOf, pageBox, teamOf, type Box, type Point } from '../tree.ts';
import type { Homes } from './homes.ts';
import type { Workspace } from './workspace.ts';

/** How a dependency lies on the board now. */
type Held =
  | { readonly as: 'arrow'; readonly id: string; readonly from: string; readonly to: string }
  | { readonly as: 'need'; readonly objective: string };

/** How a dependency should lie on the board. */
type Wanted = Held | { readonly as: 'nothing'; readonly why: string };

export interface DependencyReport {
  readonly added: string[];
  readonly changed: Map<string, readonly string[]>;
  readonly unchanged: string[];
}

/**
 * Draws the file's dependencies: an arrow from the card that needs to the card or team area that provides; a chip on the
 * card when the provider is its own team, when it is not being done, or when nobody is named (board.md B2, B4).
 */
export function placeDependencies(
  workspace: Workspace,
  homes: Homes,
  file: PlanFile,
  cards: ReadonlyMap<string, string>,
  problems: PlanProblem[],
  mint: () => string,
): DependencyReport {
  const report: DependencyReport = { added: [], changed: new Map(), unchanged: [] };
  const held = heldDependencies(workspace);
  for (const dependency of file.plan.dependencies) {
    const before = held.get(dependency.key);
    const wanted = wantedPlace(workspace, homes, dependency, cards);
    if (wanted.as === 'nothing') {
      problems.push({ code: 'ask-not-drawn', severity: 'warning', message: wanted.why, key: dependency.key });
      continue;
    }
    const facts = before ? heldFacts(workspace, dependency.key, before) : null;
    if (before && facts && samePlace(before, wanted)) {
      const fields = changeFacts(
        workspace,
        dependency,
        before,
        facts,
        file.given.dependencies.get(dependency.key),
      );
      if (fields.length === 0) report.unchanged.push(dependency.key);
      else report.changed.set(dependency.key, fields);
      continue;
    }
    if (before) {
      erase(workspace, dependency.key, before);
      report.changed.set(dependency.key, ['on']);
    } else report.added.push(dependency.key);
    draw(workspace, dependency, wanted, mint);
  }
  return report;
}

function heldDependencies(workspace: Workspace): Map<string, Held> {
  const held = new Map<string, Held>();
  for (const record of workspace.records.values()) {
    if (!isObjective(record)) continue;
    for (const [name, need] of Object.entries(record.meta)) {
      if (name.startsWith(needPrefix) && isNeed(need)) {
        held.set(name.slice(needPrefix.length), { as: 'need', objective: record.id });
      }
    }
  }
  for (const { arrow, tail, head } of drawnDependencies(workspace.records)) {
    held.set(planKey(arrow), { as: 'arrow', id: arrow.id, from: tail.id, to: head.id });
  }
  return held;
}

function wantedPlace(
  workspace: Workspace,
  homes: Homes,
  { objective, fromTeam, on, key }: PlanDependency,
  cards: ReadonlyMap<string, string>,
): Wanted {
  const needing = objective === null ? undefined : cards.get(objective);
  const providing = on.objective === null ? undefined : cards.get(on.objective);
  const card = needing === undefined ? undefined : workspace.records.get(needing);
  const to = providing ?? (on.team === null ? null : homes.team(on.team));
  if (!card || !isObjective(card)) {
    if (fromTeam === null) return { as: 'nothing', why: `Nobody is named who needs ${key}.` };
    if (to === null || fromTeam === on.team) {
      return { as: 'nothing', why: `${key} is a need of a whole team, without another team to provide it.` };
    }
    return { as: 'arrow', id: '', from: homes.team(fromTeam), to };
  }
  const notDoing =
    card.props.status === 'not-doing' || areaOf(workspace.records, card)?.props.kind === 'not-doing';
  const team = teamOf(workspace.records, card);
  const target = to === null ? undefined : workspace.records.get(to);
  const ownTeam =
    team !== null && target !== undefined && isShape(target) && teamOf(workspace.records, target) === team;
  if (to === null || notDoing || ownTeam) return { as: 'need', objective: card.id };
  return { as: 'arrow', id: '', from: card.id, to };
}

const samePlace = (a: Held, b: Held): boolean =>
  a.as === 'arrow'
    ? b.as === 'arrow' && a.from === b.from && a.to === b.to
    : b.as === 'need' && a.objective === b.objective;

type Facts = Omit<Need, 'team' | 'objective'>;

const factsOf = ({ what, detail, neededBy, hardness, size }: PlanDependency): Facts => ({
  ...{ what, detail, neededBy, hardness, size },
});

function heldFacts(workspace: Workspace, key: string, held: Held): Facts | null {
  const record = workspace.records.get(held.as === 'arrow' ? held.id : held.objective);
  if (!record) return null;
  if (held.as === 'arrow') return { ...dependencyMeta({ key }), ...record.meta };
  const need = record.meta[needPrefix + key];
  return isNeed(need) ? need : null;
}

/** Brings the facts to those the file gives; the names of those that changed. */
function changeFacts(
  workspace: Workspace,
  dependency: PlanDependency,
  held: Held,
  facts: Facts,
  given: ReadonlySet<string> | undefined,
): string[] {
  const fresh = factsOf(dependency);
  const fields = (Object.keys(fresh) as (keyof Facts)[]).filter((name) => {
    const before = facts[name];
    return given?.has(name) && (typeof before === 'string' ? cleanText(before) : before) !== fresh[name];
  });
  if (fields.length === 0) return [];
  const after = { ...facts, ...Object.fromEntries(fields.map((name) => [name, fresh[name]])) };
  const record = workspace.records.get(held.as === 'arrow' ? held.id : held.objective) as BoardShape;
  const meta = held.as === 'arrow' ? after : { ...record.meta, [needPrefix + dependency.key]: after };
  workspace.put({ ...record, meta });
  return fields;
}

function erase(workspace: Workspace, key: string, held: Held): void {
  if (held.as === 'arrow') {
    workspace.remove(held.id);
    for (const record of [...workspace.records.values()]) {
      if (isBinding(record) && record.fromId === held.id) workspace.remove(record.id);
    }
    return;
  }
  const card = workspace.records.get(held.objective) as ObjectiveShape;
  const { [needPrefix + key]: _gone, ...meta } = card.meta;
  workspace.put({ ...card, meta });
}

function draw(workspace: Workspace, dependency: PlanDependency, wanted: Held, mint: () => string): void {
  if (wanted.as === 'need') {
    const card = workspace.records.get(wanted.objective) as ObjectiveShape;
    const { team, objective } = dependency.on;
    const need = { ...factsOf(dependency), team, objective };
    workspace.put({ ...card, meta: { ...card.meta, [needPrefix + dependency.key]: need } });
    return;
  }
  const from = workspace.records.get(wanted.from) as BoardShape;
  const to = workspace.records.get(wanted.to) as BoardShape;
  const start = centre(pageBox(workspace.records, from));
  const target = pageBox(workspace.records, to);
  const end = isObjective(to) ? centre(target) : nearest(target, start);
  workspace.put(
    ...newArrow({
      id: mint(),
      from: wanted.from,
      to: wanted.to,
      facts: { key: dependency.key, ...factsOf(dependency) },
      index: workspace.nextIndex(PAGE_ID),
      ...{ start, end },
      ...(isObjective(to) ? {} : { anchor: anchorIn(target, end) }),
    }),
  );
}

const centre = ({ x, y, w, h }: Box): Point => ({ x: x + w / 2, y: y + h / 2 });

/** The point of a box's edge that is nearest to a point outside it. */
const nearest = ({ x, y, w, h }: Box, to: Point): Point => ({
  x: Math.min(Math.max(to.x, x), x + w),
  y: Math.min(Math.max(to.y, y), y + h),
});

const anchorIn = ({ x, y, w, h }: Box, at: Point): Point => ({ x: (at.x - x) / w, y: (at.y - y) / h });
