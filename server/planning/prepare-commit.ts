import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { CommitReview, RhythmView } from '#protocol/views/board.ts';
import type { Planning, Viewer } from '../app.ts';
import { openBoard, type OpenBoard } from './board-rows.ts';
import type { PlanningDeps } from './deps.ts';
import { readPlan, type BoardPlan } from './read-plan.ts';
import { readReviewFacts } from './review-facts.ts';
import { reviewPlan, type CommitMark, type Include, type PlanReview } from './review-plan.ts';
import { prefillRhythm } from './rhythm.ts';

export type CommitInput = Parameters<Planning['commit']>[2];

/** What a review and an act are made of. */
export interface Prepared {
  readonly opened: OpenBoard;
  readonly plan: BoardPlan;
  readonly last: CommitMark | null;
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

/** Reads the board and everything its review must know. `rhythm`: chosen by the presser; null = as proposed. */
export async function prepare(
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
  const calendar = await deps.rhythm.workingDays(viewer.organisationId);
  const chosen =
    rhythm ??
    view.rhythm ??
    prefillRhythm(
      view.period,
      now,
      timezone,
      await deps.rhythm.bookedFor(viewer, boardId, view.period),
      calendar,
    );
  const review = reviewPlan(plan.value, facts, include, chosen, view.right === 'manage');
  if (!review.ok) return review;
  return allowed({ opened: opened.value, plan: plan.value, last: facts.last, review: review.value });
}

/** Everything that must hold before anything is written. */
export function passGate({ plan, review }: Prepared, { seq, overrides }: CommitInput): Outcome<true> {
  const { view } = review;
  if (!view.mayPress) {
    return refused(
      'forbidden',
      'Only managers of this board may commit it: its creator, the leads of its teams, and administrators.',
    );
  }
  if (seq !== undefined && seq !== plan.seq) {
    return refused(
      'board-moved',
      'The board has changed since this review. Look at what changed, then commit again.',
    );
  }
  if (review.included.length === 0) {
    return refused(
      'nothing-to-commit',
      'No objective is in the plan: tick at least one, or put one into the plan.',
    );
  }
  if (overrides && overrides.reason.trim() === '') {
    return refused('reason-missing', 'Say why the problems are overridden.', { path: 'overrides.reason' });
  }
  const codes = overrides?.problems;
  const open = view.blocking.filter(
    ({ code }) => !(overrides && (codes === undefined || codes.includes(code))),
  );
  if (open.length === 0) return allowed(true);
  const [first] = open;
  return refused(
    'blocked',
    `${open.length === 1 ? 'One problem blocks' : `${open.length} problems block`} this commit: ${first?.message ?? ''} Solve them, or override them with a reason.`,
    {
      faults: open.map(({ code, key, message }) => ({
        path: key === null ? code : `${code}: ${key}`,
        message,
      })),
    },
  );
}
