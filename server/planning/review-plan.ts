import type { Agreement } from '#domain/plan/check-context.ts';
import { checkPlan } from '#domain/plan/check-plan.ts';
import { allowed, refused, type Fault, type Outcome } from '#domain/outcome.ts';
import type { Plan, PlanObjective, PlanProblem } from '#domain/plan/plan.ts';
import type { CommitReview, CommitRow, RhythmView } from '#protocol/views/board.ts';
import { changedFields, rowOf } from './plan-rows.ts';
import type { BoardPlan } from './read-plan.ts';
import { reviewSentence } from './review-sentence.ts';

/** What is to be committed: what is in the plan, drafts as well, or just these. Absent: what the review page ticks. */
export type Include = 'committed' | 'all' | readonly string[] | undefined;

/** What the review knows beside the board: its last commit and how promises and asks stand. */
export interface ReviewFacts {
  readonly last: LastCommit | null;
  /** State word by object key, of commitments that exist. */
  readonly commitments: ReadonlyMap<string, string>;
  readonly agreements: Readonly<Record<string, Agreement>>;
}

/** One press of *Commit*: what it froze and what it included. */
export interface CommitMark {
  readonly id: string;
  readonly snapshotId: string;
  readonly seq: number;
  readonly includedKeys: readonly string[];
}

export interface LastCommit extends CommitMark {
  readonly plan: Plan;
}

export interface PlanReview {
  readonly view: CommitReview;
  readonly included: readonly PlanObjective[];
  readonly notDoing: readonly PlanObjective[];
}

/**
 * The review of a commit (board.md B5.1, B5.2): every objective as a row with what changed since the last commit, what
 * blocks first, who must accept. Pure. Refuses objectives that are not there or are not being done.
 */
export function reviewPlan(
  board: BoardPlan,
  facts: ReviewFacts,
  include: Include,
  rhythm: RhythmView,
  mayPress: boolean,
): Outcome<PlanReview, 'not-to-commit'> {
  const { plan } = board;
  const chosen = chooseKeys(plan, include);
  if (!chosen.ok) return chosen;
  const keys = chosen.value;
  const problems: readonly PlanProblem[] = [
    ...checkPlan(plan, {
      people: new Set(board.names.people.map(({ key }) => key)),
      agreements: facts.agreements,
      hasCadence: true,
      include: keys,
      recordIds: board.recordIds,
    }),
    ...board.problems,
    ...notJoined(board, keys),
  ];
  const rows = toRows(board, facts, keys);
  const blocking = problems.filter(({ severity }) => severity === 'blocking');
  const view: CommitReview = {
    sentence: reviewSentence(rows, blocking.length),
    seq: board.seq,
    blocking,
    warnings: problems.filter(({ severity }) => severity === 'warning'),
    rows,
    rhythm,
    mayPress,
  };
  return allowed({
    view,
    included: plan.objectives.filter(({ key }) => keys.has(key)),
    notDoing: plan.objectives.filter(({ status }) => status === 'not-doing'),
  });
}

function chooseKeys(plan: Plan, include: Include): Outcome<ReadonlySet<string>, 'not-to-commit'> {
  if (include === undefined)
    return allowed(keysWhere(plan, (it) => it.status === 'in-plan' || it.owner !== null));
  if (include === 'committed') return allowed(keysWhere(plan, (it) => it.status === 'in-plan'));
  if (include === 'all') return allowed(keysWhere(plan, () => true));
  const known = new Map(plan.objectives.map((it) => [it.key, it]));
  const faults = include.flatMap((key, index): Fault[] => {
    const it = known.get(key);
    if (it && it.status !== 'not-doing') return [];
    const message = it
      ? `"${it.title}" is not being done: put it back into the plan first`
      : 'there is no such objective';
    return [{ path: `include[${index}]`, message }];
  });
  const [first] = faults;
  if (first)
    return refused('not-to-commit', `${first.path}: ${first.message}.`, { path: first.path, faults });
  return allowed(new Set(include));
}

const keysWhere = (plan: Plan, holds: (it: PlanObjective) => boolean): ReadonlySet<string> =>
  new Set(plan.objectives.filter((it) => it.status !== 'not-doing' && holds(it)).map(({ key }) => key));

/** States in which the owner has still to say yes. */
const unanswered: ReadonlySet<string> = new Set(['proposed']);

function toRows(
  { plan, recordIds }: BoardPlan,
  { last, commitments }: ReviewFacts,
  keys: ReadonlySet<string>,
): CommitRow[] {
  const before = new Set(last?.includedKeys ?? []);
  const fields = last ? changedFields(last.plan, plan) : new Map<string, CommitRow['fields']>();
  const rows = plan.objectives.map((it): CommitRow => {
    const ticked = keys.has(it.key);
    const change = changeOf(it, before.has(it.key), fields.has(it.key));
    const asked = change === 'new' || change === 'changed' || unanswered.has(commitments.get(it.key) ?? '');
    return {
      ...rowOf(it, recordIds.objectives[it.key] ?? null),
      due: it.due ?? (ticked ? (plan.period?.end ?? null) : null),
      ticked,
      change,
      fields: before.has(it.key) ? (fields.get(it.key) ?? []) : [],
      mustAccept: ticked && asked ? it.owner : null,
    };
  });
  const here = new Set(plan.objectives.map(({ key }) => key));
  const gone = (last?.plan.objectives ?? []).filter(({ key }) => before.has(key) && !here.has(key));
  return [
    ...rows,
    ...gone.map((it): CommitRow => ({
      ...rowOf(it, null),
      ticked: false,
      change: 'gone',
      fields: [],
      mustAccept: null,
    })),
  ];
}

function changeOf(it: PlanObjective, wasCommitted: boolean, differs: boolean): CommitRow['change'] {
  if (it.status === 'not-doing') return 'not-doing';
  if (!wasCommitted) return 'new';
  return differs ? 'changed' : 'unchanged';
}

/** Owners without account: they are asked, but nobody can say yes in their name. */
function notJoined({ plan, names, recordIds }: BoardPlan, keys: ReadonlySet<string>): readonly PlanProblem[] {
  const joined = new Map(names.people.map((it) => [it.key, it]));
  return plan.objectives.flatMap((it): PlanProblem[] => {
    const owner = it.owner === null ? undefined : joined.get(it.owner);
    if (!keys.has(it.key) || owner === undefined || owner.joined) return [];
    return [
      {
        code: 'owner-not-joined',
        severity: 'warning',
        message: `${owner.name} owns "${it.title}" but has no account yet: invite them, or nobody can accept it.`,
        key: it.key,
        about: 'objective',
        recordId: recordIds.objectives[it.key] ?? null,
      },
    ];
  });
}
