import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { CommitResult, CommitReview, RhythmView } from '#protocol/views/board.ts';
import type { Planning, Viewer } from '../app.ts';
import { board, boardCommit, commitment, member, notDoing, teamMember } from '../store/schema.ts';
import type { Transaction } from '../store/store.ts';
import { openBoard, type OpenBoard } from './board-rows.ts';
import type { PlanningDeps } from './deps.ts';
import { toOffers } from './offers.ts';
import { readPlan, type BoardPlan } from './read-plan.ts';
import { readLastCommit, readReviewFacts } from './review-facts.ts';
import { reviewPlan, type Include, type LastCommit, type PlanReview } from './review-plan.ts';
import { checkRhythm, prefillRhythm } from './rhythm.ts';
import { insertSnapshot, takeTurn } from './snapshot-rows.ts';
import { viewSnapshots } from './snapshots.ts';

type CommitInput = Parameters<Planning['commit']>[2];

/** What a review and an act are made of. */
interface Prepared {
  readonly opened: OpenBoard;
  readonly plan: BoardPlan;
  readonly last: LastCommit | null;
  readonly review: PlanReview;
}

/** The review of a commit as data; changes nothing. */
export async function reviewCommit(
  deps: PlanningDeps,
  viewer: Viewer,
  boardId: string,
  include: Include,
): Promise<Outcome<CommitReview>> {
  const prepared = await prepare(deps, viewer, boardId, include, null);
  return prepared.ok ? allowed(prepared.value.review.view) : prepared;
}

async function prepare(
  deps: PlanningDeps,
  viewer: Viewer,
  boardId: string,
  include: Include,
  rhythm: RhythmView | null,
): Promise<Outcome<Prepared>> {
  const opened = await openBoard(deps.store.db, viewer, boardId, 'read');
  if (!opened.ok) return opened;
  const plan = await readPlan(deps, opened.value);
  if (!plan.ok) return plan;
  const facts = await readReviewFacts(deps.store.db, viewer.organisationId, boardId);
  const { view } = opened.value;
  const { now, timezone } = viewer.organisation;
  const chosen = rhythm ?? prefillRhythm(view.rhythm, view.period, now, timezone);
  const review = reviewPlan(plan.value, facts, include, chosen, view.right === 'manage');
  if (!review.ok) return review;
  return allowed({ opened: opened.value, plan: plan.value, last: facts.last, review: review.value });
}

/** How often a commit looks again when another one came between. */
const attempts = 3;

/**
 * The act (board.md B5): freezes the board and proposes one commitment for each included objective, in one transaction
 * that is computed before it begins. Two people pressing at once give one commit. Nobody is made to promise anything:
 * each owner accepts in person.
 */
export async function commitBoard(
  deps: PlanningDeps,
  viewer: Viewer,
  boardId: string,
  input: CommitInput,
): Promise<Outcome<CommitResult>> {
  if (input.rhythm) {
    const rhythm = checkRhythm(input.rhythm);
    if (!rhythm.ok) return rhythm;
  }
  for (let attempt = 1; ; attempt += 1) {
    const prepared = await prepare(deps, viewer, boardId, input.include ?? 'committed', input.rhythm ?? null);
    if (!prepared.ok) return prepared;
    const gate = passGate(prepared.value, input);
    if (!gate.ok) return gate;
    const acted = await act(deps, viewer, prepared.value, input);
    if (acted.kind === 'moved' && attempt < attempts) continue;
    if (acted.kind === 'moved') {
      return refused('board-moved', 'Others are committing this board at this moment. Look at the review again.');
    }
    deps.truthChanged(boardId);
    return toResult(deps, viewer, prepared.value, acted.commitId, acted.snapshotId);
  }
}

/** Everything that must hold before anything is written. */
function passGate({ plan, review }: Prepared, { seq, overrides }: CommitInput): Outcome<true> {
  const { view } = review;
  if (!view.mayPress) {
    return refused(
      'forbidden',
      'Only managers of this board may commit it: its creator, the leads of its teams, and administrators.',
    );
  }
  if (seq !== undefined && seq !== plan.seq) {
    return refused('board-moved', 'The board has changed since this review. Look at what changed, then commit again.');
  }
  if (review.included.length === 0) {
    return refused('nothing-to-commit', 'No objective is in the plan: tick at least one, or put one into the plan.');
  }
  if (overrides && overrides.reason.trim() === '') {
    return refused('reason-missing', 'Say why the problems are overridden.', { path: 'overrides.reason' });
  }
  const codes = overrides?.problems;
  const open = view.blocking.filter(({ code }) => !(overrides && (codes === undefined || codes.includes(code))));
  if (open.length === 0) return allowed(true);
  const [first] = open;
  return refused(
    'blocked',
    `${open.length === 1 ? 'One problem blocks' : `${open.length} problems block`} this commit: ${first?.message ?? ''} Solve them, or override them with a reason.`,
    { faults: open.map(({ code, key, message }) => ({ path: key === null ? code : `${code}: ${key}`, message })) },
  );
}

type Acted =
  | { readonly kind: 'done'; readonly commitId: string; readonly snapshotId: string }
  /** Another commit of this board came between. */
  | { readonly kind: 'moved' };

async function act(deps: PlanningDeps, viewer: Viewer, prepared: Prepared, input: CommitInput): Promise<Acted> {
  const { opened, plan, last, review } = prepared;
  const { store, tracking, newId, now } = deps;
  const { organisationId } = viewer;
  const boardId = opened.row.id;
  const at = viewer.organisation.now;
  const [commitId, snapshotId] = [newId(), newId()];
  const includedKeys = review.included.map(({ key }) => key).sort();
  const { rhythm, blocking } = review.view;
  const codes = [...new Set(blocking.map(({ code }) => code))];
  const offers = toOffers(review.included, plan.plan.dependencies, {
    boardId,
    commitId,
    snapshotId,
    period: opened.view.period,
    names: plan.names,
    leads: await readLeads(deps, organisationId),
    administrator: await readAdministrator(deps, organisationId),
    depth: viewer.organisation.depth,
  });
  return store.transaction(async (tx): Promise<Acted> => {
    await takeTurn(tx, boardId);
    const newest = await readLastCommit(tx, boardId);
    if (newest && isSameCommit(newest, plan, includedKeys, opened.view.rhythm, rhythm, newest.id !== last?.id)) {
      return { kind: 'done', commitId: newest.id, snapshotId: newest.snapshotId };
    }
    if (newest?.id !== last?.id) return { kind: 'moved' };
    await insertSnapshot(tx, {
      id: snapshotId,
      organisationId,
      boardId,
      why: 'commit',
      label: '',
      by: viewer.personId,
      at,
      frozen: {
        bytes: plan.bytes,
        seq: plan.seq,
        plan: plan.plan,
        problems: [...blocking, ...review.view.warnings],
      },
    });
    await tx.insert(boardCommit).values({
      id: commitId,
      organisationId,
      boardId,
      snapshotId,
      by: viewer.personId,
      at: new Date(at),
      includedKeys,
      overrideReason: codes.length > 0 ? (input.overrides?.reason.trim() ?? null) : null,
      overriddenCodes: codes,
    });
    await tx.update(board).set({ rhythm }).where(eq(board.id, boardId));
    await writeNotDoing(tx, deps, viewer, boardId, review, includedKeys);
    await tracking.proposeFromCommit(tx, {
      organisationId,
      boardId,
      actor: { person: viewer.personId, via: viewer.via },
      at,
      recordedAt: now(),
      zone: viewer.organisation.timezone,
      commitId,
      snapshotId,
      rhythm,
      offers,
      notDoing: review.notDoing.map(({ key }) => key),
    });
    return { kind: 'done', commitId, snapshotId };
  });
}

/**
 * True when this press asks for what the newest commit did already: the same document, the same objectives, the same
 * rhythm. `raced`: it was made while this press was being prepared; whatever rhythm it chose then stands.
 */
function isSameCommit(
  newest: LastCommit,
  plan: BoardPlan,
  includedKeys: readonly string[],
  before: RhythmView | null,
  rhythm: RhythmView,
  raced: boolean,
): boolean {
  if (newest.seq !== plan.seq || newest.includedKeys.join('\n') !== includedKeys.join('\n')) return false;
  return raced || JSON.stringify(before) === JSON.stringify(rhythm);
}

async function writeNotDoing(
  tx: Transaction,
  { newId }: PlanningDeps,
  viewer: Viewer,
  boardId: string,
  review: PlanReview,
  includedKeys: readonly string[],
): Promise<void> {
  if (includedKeys.length > 0) {
    await tx
      .delete(notDoing)
      .where(and(eq(notDoing.boardId, boardId), inArray(notDoing.objectKey, [...includedKeys])));
  }
  if (review.notDoing.length === 0) return;
  const rows = review.notDoing.map((it) => ({
    id: newId(),
    organisationId: viewer.organisationId,
    boardId,
    objectKey: it.key,
    title: it.title,
    reason: it.why,
    by: viewer.personId,
    at: new Date(viewer.organisation.now),
  }));
  await tx.insert(notDoing).values(rows).onConflictDoNothing();
}

async function readLeads({ store }: PlanningDeps, organisationId: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await store.db
    .select({ teamId: teamMember.teamId, personId: teamMember.personId })
    .from(teamMember)
    .where(and(eq(teamMember.organisationId, organisationId), eq(teamMember.role, 'lead')));
  const byTeam = Map.groupBy(rows, ({ teamId }) => teamId);
  return new Map([...byTeam].map(([teamId, leads]) => [teamId, leads.map(({ personId }) => personId)]));
}

/** The administrator of longest standing. */
async function readAdministrator({ store }: PlanningDeps, organisationId: string): Promise<string | null> {
  const [row] = await store.db
    .select({ personId: member.personId })
    .from(member)
    .where(and(eq(member.organisationId, organisationId), eq(member.role, 'administrator'), isNull(member.suspendedAt)))
    .orderBy(asc(member.createdAt))
    .limit(1);
  return row?.personId ?? null;
}

async function toResult(
  deps: PlanningDeps,
  viewer: Viewer,
  { opened, review }: Prepared,
  commitId: string,
  snapshotId: string,
): Promise<Outcome<CommitResult>> {
  const boardId = opened.row.id;
  const snapshots = await viewSnapshots(deps.store.db, viewer, boardId, opened.view.period);
  const snapshot = snapshots.find(({ id }) => id === snapshotId);
  if (!snapshot) throw new Error(`The snapshot of commit ${commitId} is not there.`);
  const keys = review.included.map(({ key }) => key);
  const rows = await deps.store.db
    .select({ id: commitment.id })
    .from(commitment)
    .where(and(eq(commitment.boardId, boardId), inArray(commitment.objectKey, keys)))
    .orderBy(asc(commitment.objectKey));
  const { rows: changes, blocking, warnings } = review.view;
  return allowed({
    snapshot,
    changes,
    problems: [...blocking, ...warnings],
    commitments: rows.map(({ id }) => id),
  });
}
