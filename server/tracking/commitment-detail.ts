import { and, eq, or } from 'drizzle-orm';
import { lastValues, type CheckIn } from '#domain/commitment/check-in.ts';
import { baselineOf, termsNow, type Commitment, type Version } from '#domain/commitment/commitment.ts';
import { movesFor } from '#domain/commitment/moves.ts';
import type { Terms } from '#domain/commitment/terms.ts';
import { isSilent, slotToFill, type Slot } from '#domain/rhythm/slot.ts';
import { allowed, type Outcome } from '#domain/outcome.ts';
import type { CheckInView, CommitmentDetail, PromiseView } from '#protocol/views/tracking.ts';
import type { Viewer } from '../app.ts';
import { board, checkIn, dependency } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { noSuchCommitment } from './act-on-commitment.ts';
import { contextOf } from './commitment-context.ts';
import { toCommitmentHistory } from './commitment-history.ts';
import { loadCommitment } from './commitment-rows.ts';
import { viewCommitment, type Moment } from './commitment-view.ts';
import { isVisible, listDependencies, viewDependency } from './dependency-view.ts';
import { nameOf, readPeopleNames } from './names.ts';
import { readCommitmentEvents } from './read-events.ts';
import { viewSlot } from './slot-facts.ts';
import { actorOf, standingOf } from './standing.ts';

/** One commitment with everything its page shows, as of the organisation's now. */
export async function readCommitment(
  queries: Queries,
  viewer: Viewer,
  id: string,
): Promise<Outcome<CommitmentDetail>> {
  if (!isUuid(id)) return noSuchCommitment;
  const { organisationId, organisation } = viewer;
  const moment: Moment = { at: organisation.now, zone: organisation.timezone };
  const found = await loadCommitment(queries, organisationId, id);
  if (found === null) return noSuchCommitment;
  const { row, slots } = found;
  const state = until(found.state, moment.at);
  const standing = await standingOf(queries, viewer);
  const facts = { organisationId, zone: moment.zone, depth: organisation.depth };
  const context = await contextOf(queries, facts, found, standing);
  const names = await readPeopleNames(queries, organisationId);
  const eyes = { actor: actorOf(viewer), standing };
  const asks =
    row.boardId === null
      ? []
      : await listDependencies(
          queries,
          and(
            eq(dependency.boardId, row.boardId),
            or(eq(dependency.requesterKey, row.objectKey), eq(dependency.servedBy, row.objectKey)),
          ),
        );
  const visible = asks.filter((it) => isVisible(it, eyes));
  const progress = await readProgress(queries, id);
  const slotFacts = { waiting: slotToFill(slots, moment.at), silent: isSilent(slots, moment.at) };
  const openChoices = context.needs.filter(({ needsChoice }) => needsChoice).length;
  return allowed({
    ...viewCommitment(row, await readBoardTitle(queries, row.boardId), slotFacts, moment, openChoices),
    offered: viewTerms(state.offered, state),
    baseline: viewVersion(baselineOf(state), state),
    versions: state.versions.map((version) => viewVersion(version, state)).filter((it) => it !== null),
    now: viewVersion(state.versions.at(-1) ?? null, state) ?? viewTerms(termsNow(state), state),
    values: lastValues(state.checkIns),
    slots: slots.map((slot) => viewSlot(slot, moment.at)),
    checkIns: viewCheckIns(state, slots, names, progress),
    history: toCommitmentHistory(await readCommitmentEvents(queries, [id], moment.at), names),
    moves: [
      ...new Set([
        ...movesFor(state, eyes.actor, moment.at, context),
        ...movesFor(state, actorOf(viewer, state.owner), moment.at, context),
      ]),
    ],
    needs: visible
      .filter(({ state: ask }) => ask.requester.objective === row.objectKey)
      .map((it) => viewDependency(it, moment, eyes)),
    serves: visible
      .filter(({ state: ask }) => ask.servedBy === row.objectKey)
      .map((it) => viewDependency(it, moment, eyes)),
    snapshotId: row.snapshotId,
    reviewerId: state.reviewer,
  });
}

/** Imported history may lie ahead of an example's clock: what has not been said yet is not shown. */
function until(state: Commitment, at: number): Commitment {
  return { ...state, checkIns: state.checkIns.filter((it) => it.at <= at) };
}

function viewVersion(version: Version | null, state: Commitment): PromiseView | null {
  if (version === null) return null;
  return {
    ...viewTerms(version.terms, state),
    version: version.number,
    at: version.at,
    confidence: version.number === 1 ? state.confidenceAtAccept : null,
    reason: version.text === '' ? version.reason : version.text,
  };
}

function viewTerms(terms: Terms, state: Commitment): PromiseView {
  return {
    version: 0,
    at: state.offeredAt,
    statement: terms.statement,
    due: terms.due,
    doneMeans: terms.doneMeans,
    weight: terms.weight,
    confidence: null,
    measures: terms.measures,
    reason: null,
  };
}

function viewCheckIns(
  state: Commitment,
  slots: readonly Slot[],
  names: ReadonlyMap<string, string>,
  progress: ReadonlyMap<string, number | null>,
): readonly CheckInView[] {
  const numbers = new Map(slots.map(({ id, number }) => [id, number]));
  return state.checkIns
    .filter(({ undone }) => !undone)
    .map((it: CheckIn) => ({
      id: it.id,
      slotNumber: it.slot === null ? null : (numbers.get(it.slot) ?? null),
      byId: it.by,
      byName: it.by === null ? (it.byName ?? nameOf(names, null, it.via)) : nameOf(names, it.by, it.via),
      at: it.at,
      via: it.via,
      status: it.status,
      confidence: it.confidence,
      values: it.values,
      progress: progress.get(it.id) ?? null,
      whatChanged: it.whatChanged,
      nextStep: it.nextStep,
      blocker: it.blocker,
      helpWanted: it.helpWanted,
      link: it.link,
      revises: it.revises,
    }));
}

/** The progress each check-in stood at when it was given. */
async function readProgress(
  queries: Queries,
  commitmentId: string,
): Promise<ReadonlyMap<string, number | null>> {
  const rows = await queries
    .select({ id: checkIn.id, progress: checkIn.progress })
    .from(checkIn)
    .where(eq(checkIn.commitmentId, commitmentId));
  return new Map(rows.map(({ id, progress }) => [id, progress]));
}

async function readBoardTitle(queries: Queries, boardId: string | null): Promise<string | null> {
  if (boardId === null) return null;
  const [row] = await queries.select({ title: board.title }).from(board).where(eq(board.id, boardId));
  return row?.title ?? '';
}
