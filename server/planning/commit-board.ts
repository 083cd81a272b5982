import { and, asc, eq, inArray } from 'drizzle-orm';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { RitualAsked } from '#domain/rhythm/ritual.ts';
import type { CommitResult, RhythmView } from '#protocol/views/board.ts';
import type { Viewer } from '../app.ts';
import { board, boardCommit, commitment } from '../store/schema.ts';
import type { Transaction } from '../store/store.ts';
import type { PlanningDeps } from './deps.ts';
import { writeNotDoing } from './not-doing.ts';
import { readAdministrator, readLeads } from './offer-people.ts';
import { toOffers } from './offers.ts';
import { passGate, prepare, type CommitInput, type Prepared } from './prepare-commit.ts';
import type { BoardPlan } from './read-plan.ts';
import { readNewestCommit } from './review-facts.ts';
import type { CommitMark } from './review-plan.ts';
import { checkRhythm } from './rhythm.ts';
import { insertSnapshot, packBoard, takeTurn } from './snapshot-rows.ts';
import { viewSnapshot } from './snapshots.ts';

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
    const rituals = await readRituals(deps, viewer, boardId, input);
    if (!rituals.ok) return rituals;
    const acted = await act(deps, viewer, prepared.value, input, rituals.value).catch((error: unknown) => {
      if (error instanceof NotBooked) return error;
      throw error;
    });
    if (acted.kind === 'not-booked') return acted.outcome;
    if (acted.kind === 'moved' && attempt < attempts) continue;
    if (acted.kind === 'moved') {
      return refused(
        'board-moved',
        'Others are committing this board at this moment. Look at the review again.',
      );
    }
    deps.truthChanged(boardId);
    return toResult(deps, viewer, prepared.value, acted.commitId, acted.snapshotId);
  }
}

type Acted =
  | { readonly kind: 'done'; readonly commitId: string; readonly snapshotId: string }
  /** Another commit of this board came between. */
  | { readonly kind: 'moved' };

/** Rituals to book with the commit, all of this board, and the boards among them that the presser manages. */
interface Rituals {
  readonly terms: readonly RitualAsked[];
  readonly manages: ReadonlySet<string>;
}

async function readRituals(
  deps: PlanningDeps,
  viewer: Viewer,
  boardId: string,
  { rituals = [] }: CommitInput,
): Promise<Outcome<Rituals>> {
  const terms = rituals.map((it) => ({ ...it, board: boardId }));
  const manages = await deps.rhythm.prepareBooking(viewer, terms);
  return manages.ok ? allowed({ terms, manages: manages.value }) : manages;
}

/** A ritual that can not be booked gives the whole commit up: nothing of it stays. */
class NotBooked extends Error {
  readonly kind = 'not-booked';
  readonly outcome: Extract<Outcome<never>, { ok: false }>;
  constructor(outcome: Extract<Outcome<never>, { ok: false }>) {
    super('a ritual could not be booked');
    this.outcome = outcome;
  }
}

async function bookRituals(
  tx: Transaction,
  { rhythm }: PlanningDeps,
  viewer: Viewer,
  { terms, manages }: Rituals,
): Promise<void> {
  if (terms.length === 0) return;
  const booked = await rhythm.bookFromCommit(tx, viewer, terms, manages);
  if (!booked.ok) throw new NotBooked(booked);
}

async function act(
  deps: PlanningDeps,
  viewer: Viewer,
  prepared: Prepared,
  input: CommitInput,
  rituals: Rituals,
): Promise<Acted> {
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
    administrator: await readAdministrator(deps.store.db, organisationId),
    depth: viewer.organisation.depth,
  });
  const frozen = packBoard(plan.document, plan.plan, [...blocking, ...review.view.warnings]);
  return store.transaction(async (tx): Promise<Acted> => {
    await takeTurn(tx, boardId);
    const newest = await readNewestCommit(tx, boardId);
    if (
      newest &&
      isSameCommit(newest, plan, includedKeys, opened.view.rhythm, rhythm, newest.id !== last?.id)
    ) {
      await bookRituals(tx, deps, viewer, rituals);
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
      frozen,
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
    await bookRituals(tx, deps, viewer, rituals);
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
  newest: CommitMark,
  plan: BoardPlan,
  includedKeys: readonly string[],
  before: RhythmView | null,
  rhythm: RhythmView,
  raced: boolean,
): boolean {
  if (newest.seq !== plan.seq || newest.includedKeys.join('\n') !== includedKeys.join('\n')) return false;
  return raced || JSON.stringify(before) === JSON.stringify(rhythm);
}

async function toResult(
  deps: PlanningDeps,
  viewer: Viewer,
  { opened, plan, review }: Prepared,
  commitId: string,
  snapshotId: string,
): Promise<Outcome<CommitResult>> {
  const boardId = opened.row.id;
  const of = { id: snapshotId, boardId, objectives: plan.plan.objectives.length };
  const snapshot = await viewSnapshot(deps.store.db, viewer, of, opened.view.period);
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
