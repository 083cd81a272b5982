import type { PlanFile } from '../../domain/plan/format/plan-file.ts';
import { monthOf } from '../../domain/plan/local-date.ts';
import type { PlanObjective, PlanProblem } from '../../domain/plan/plan.ts';
import { defaultObjective, newObjective, newPriority } from '../new-shapes.ts';
import { planKey } from '../plan-key.ts';
import { isObjective, isPriority, type BoardRecord, type RecordChanges } from '../schema/records.ts';
import type { ObjectiveShape } from '../schema/shapes.ts';
import { validateRecord } from '../schema/validate-record.ts';
import { areaOf, teamOf } from '../tree.ts';
import { Homes } from './homes.ts';
import { mergeObjective, mergePriority, newMeasures, objectiveFacts } from './merge-facts.ts';
import { placeCards, type Placing } from './place-cards.ts';
import { placeDependencies } from './place-dependencies.ts';
import { Workspace } from './workspace.ts';

export interface ImportOptions {
  /** A new random token of at least ten letters and digits, for record ids. */
  readonly mint: () => string;
}

export interface PlannedImport {
  /** To be written with `applyChanges`, in one transaction. Empty when the file says nothing new. */
  readonly changes: RecordChanges;
  /** Plan keys of priorities, objectives and dependencies. */
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
  /** Names of the changed fields, by key. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** The file's warnings and what could not be drawn. A blocking one means that `changes` is empty. */
  readonly problems: readonly PlanProblem[];
}

/**
 * What a plan file changes on a board. Idempotent by key: the second time nothing changes; a newer file updates what it
 * speaks of, and nothing on the board is ever removed. New cards are laid out as board.md B4 asks. Pure apart from `mint`.
 */
export function planToChanges(
  existing: Iterable<BoardRecord>,
  file: PlanFile,
  { mint }: ImportOptions,
): PlannedImport {
  const workspace = new Workspace(existing);
  const { plan } = file;
  const homes = new Homes(workspace, new Map(plan.teams.map(({ key, name }) => [key, name])), mint);
  const report = new Report();
  const problems: PlanProblem[] = [...file.warnings];
  for (const { key } of plan.teams) homes.team(key);
  const placing = new Map<string, Placing[]>();
  importPriorities(workspace, homes, file, report, placing, mint);
  const cards = importObjectives(workspace, homes, file, report, placing, mint);
  placeCards(workspace, homes, placing);
  const drawn = placeDependencies(workspace, homes, file, cards, problems, mint);
  report.added.push(...drawn.added);
  report.unchanged.push(...drawn.unchanged);
  for (const [key, fields] of drawn.changed) report.change(key, fields);
  const changes = workspace.changes();
  const invalid = findInvalid(changes);
  return {
    changes: invalid.length > 0 ? { put: [], remove: [] } : changes,
    added: report.added,
    changed: report.changed,
    unchanged: report.unchanged,
    fields: Object.fromEntries(report.fields),
    problems: [...problems, ...invalid],
  };
}

class Report {
  readonly added: string[] = [];
  readonly changed: string[] = [];
  readonly unchanged: string[] = [];
  readonly fields = new Map<string, readonly string[]>();

  change(key: string, fields: readonly string[]): void {
    if (fields.length === 0) this.unchanged.push(key);
    else {
      this.changed.push(key);
      this.fields.set(key, fields);
    }
  }
}

function place(placing: Map<string, Placing[]>, areaId: string, it: Placing): void {
  const waiting = placing.get(areaId) ?? [];
  placing.set(areaId, waiting);
  waiting.push(it);
}

function importPriorities(
  workspace: Workspace,
  homes: Homes,
  { plan, given }: PlanFile,
  report: Report,
  placing: Map<string, Placing[]>,
  mint: () => string,
): void {
  const held = new Map([...workspace.records.values()].filter(isPriority).map((it) => [planKey(it), it]));
  for (const priority of plan.priorities) {
    const shape = held.get(priority.key);
    if (shape) {
      const { props, fields } = mergePriority(shape.props, priority, given);
      workspace.put({ ...shape, props });
      report.change(priority.key, fields);
      continue;
    }
    const { key, ...props } = priority;
    report.added.push(key);
    const card = newPriority({ id: mint(), key, x: 0, y: 0, props });
    place(placing, homes.role('priorities'), { shape: card, month: null });
  }
}

/** Record id by objective key, for all objectives of the file. */
function importObjectives(
  workspace: Workspace,
  homes: Homes,
  { plan, given }: PlanFile,
  report: Report,
  placing: Map<string, Placing[]>,
  mint: () => string,
): Map<string, string> {
  const held = new Map([...workspace.records.values()].filter(isObjective).map((it) => [planKey(it), it]));
  const cards = new Map<string, string>();
  for (const objective of plan.objectives) {
    const shape = held.get(objective.key);
    const month = objective.due === null ? null : monthOf(objective.due);
    if (shape) {
      const { props, fields } = mergeObjective(shape.props, objective, given);
      const moves = mustMove(workspace, shape, objective, given.objectives.get(objective.key));
      const team = moves ? overrideOf(objective) : props.team;
      const card: ObjectiveShape = { ...shape, props: { ...props, team } };
      workspace.put(card);
      if (moves) place(placing, homeOf(homes, objective), { shape: card, month });
      report.change(objective.key, moves ? [...fields, 'team'] : fields);
      cards.set(objective.key, shape.id);
      continue;
    }
    report.added.push(objective.key);
    const card = newObjective({
      id: mint(),
      key: objective.key,
      x: 0,
      y: 0,
      props: {
        ...defaultObjective,
        ...objectiveFacts(objective),
        measures: newMeasures(objective.measures),
        team: overrideOf(objective),
      },
    });
    cards.set(objective.key, card.id);
    place(placing, homeOf(homes, objective), { shape: card, month });
  }
  return cards;
}

/** A card keeps its team in the *Not doing* area, which belongs to nobody; elsewhere the area says it. */
const overrideOf = ({ status, team }: PlanObjective): string | null => (status === 'not-doing' ? team : null);

function homeOf(homes: Homes, { status, team }: PlanObjective): string {
  if (status === 'not-doing') return homes.notDoing();
  return team === null ? homes.role('without-team') : homes.team(team);
}

/** True when the file puts a card elsewhere than it lies: another team, in or out of the plan. */
function mustMove(
  workspace: Workspace,
  shape: ObjectiveShape,
  { team, status }: PlanObjective,
  given: ReadonlySet<string> | undefined,
): boolean {
  const inNotDoing = areaOf(workspace.records, shape)?.props.kind === 'not-doing';
  const otherTeam = given?.has('team') === true && teamOf(workspace.records, shape) !== team;
  const otherStatus = given?.has('status') === true && inNotDoing !== (status === 'not-doing');
  return otherTeam || otherStatus;
}

/** Records the board would refuse: an import is done whole or not at all. */
function findInvalid(changes: RecordChanges): PlanProblem[] {
  return changes.put.flatMap((record) => {
    const judged = validateRecord(record);
    if (judged.ok) return [];
    const key = typeof record.meta.key === 'string' ? record.meta.key : null;
    return [{ code: 'invalid-record', severity: 'blocking', message: judged.refusal.message, key }];
  });
}
