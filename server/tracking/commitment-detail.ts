import { and, eq, or } from 'drizzle-orm';
import type { Standing } from '#domain/access/standing.ts';
import { lastValues, type CheckIn } from '#domain/commitment/check-in.ts';
import { clockEvents } from '#domain/commitment/clock.ts';
import { baselineOf, termsNow, type Commitment, type Version } from '#domain/commitment/commitment.ts';
import { saidCriteria } from '#domain/commitment/criteria.ts';
import type { CommitmentEvent } from '#domain/commitment/event.ts';
import { foldAll } from '#domain/commitment/fold.ts';
import type { Terms } from '#domain/commitment/terms.ts';
import { needsChoice } from '#domain/dependency/flags.ts';
import { dayMs } from '#domain/rhythm/local-time.ts';
import { adherence, fillAt, isSilent, slotToFill, type Slot } from '#domain/rhythm/slot.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Instant } from '#domain/time.ts';
import type { CheckInView, CommitmentDetail, PromiseView } from '#protocol/views/tracking.ts';
import type { Viewer } from '../app.ts';
import { board, dependency } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { noSuchCommitment } from './act-on-commitment.ts';
import { listDependenciesAt } from './as-of/asks-at.ts';
import { readThresholdsAt } from './as-of/thresholds-at.ts';
import { readClose } from './commitment-context.ts';
import { toCommitmentHistory } from './commitment-history.ts';
import { viewBasis } from './basis-view.ts';
import { loadCommitment, toRow, type LoadedCommitment } from './commitment-rows.ts';
import { momentOf, toListed, viewCommitment, viewPlanned, type Moment } from './commitment-view.ts';
import { isVisible, listDependencies, viewDependency, type ListedDependency } from './dependency-view.ts';
import { viewExplanation } from './explanation-view.ts';
import { nameOf, readPeopleNames } from './names.ts';
import { readPeriodOfDue } from './plan-periods.ts';
import { readHistory, type LoggedEvent } from './read-events.ts';
import { nothingToDo, readTodo } from './read-todo.ts';
import { readRuleFacts } from './rule-facts.ts';
import { isGiven, loadRecent } from './recent-history.ts';
import { readMarksAt } from './as-of/marks-at.ts';
import { noMarks, readMarks } from './register-marks.ts';
import { seenEvent } from './seen-bases.ts';
import { seesPromise } from './seen.ts';
import { readSeenStatements } from './contribution-facts.ts';
import { actorOf, standingOf } from './standing.ts';
import { unseenSubjects } from './unseen-subjects.ts';
import { unwritten } from './unwritten.ts';

/** What a page shows of a long history unless it is asked for all of it. */
const RECENT = { checkIns: 30, history: 60, slots: 60 } as const;

/** Check-ins are counted over so long: a page reads no more of them. */
const YEAR = 52 * 7 * dayMs;

/** How a commitment is looked at: as it is, or as it was; shortly, or with its whole history. */
export interface Look {
  readonly at?: Instant | undefined;
  readonly whole?: boolean | undefined;
  /** What the viewer is, where an act has just asked for it. */
  readonly standing?: Standing;
}

const notThen = refused('not-found-then', 'On that day there was no such commitment yet.');

/** One commitment with everything its page shows, as of the organisation's now or of an instant before. */
export async function readCommitment(
  queries: Queries,
  viewer: Viewer,
  id: string,
  { at, whole = false, standing: known }: Look = {},
): Promise<Outcome<CommitmentDetail>> {
  if (!isUuid(id)) return noSuchCommitment;
  const { organisationId, organisation } = viewer;
  const past = at !== undefined && at < organisation.now;
  const isExample = organisation.kind === 'example';
  const now = momentOf(viewer);
  const moment: Moment = past
    ? { ...now, at, settings: await readThresholdsAt(queries, organisationId, at) }
    : now;
  const [loaded, events] = await Promise.all([
    past || whole
      ? loadCommitment(queries, organisationId, id)
      : loadRecent(queries, organisationId, id, moment.at),
    readHistory(queries, id, moment.at, past || whole || isExample ? null : RECENT.history),
  ]);
  if (loaded === null) return noSuchCommitment;
  const { leftOut = 0 } = loaded;
  // An example's clock may stand before it was promised.
  if (loaded.row.createdAt.getTime() > moment.at) return notThen;
  const found = past ? await asOf(queries, loaded, events, moment) : loaded;
  if (found === null) return notThen;
  if (!seesPromise(viewer, found.state)) return noSuchCommitment;
  const { row, slots, progress } = found;
  const state = until(found.state, moment.at);
  const standing = known ?? (await standingOf(queries, viewer));
  const eyes = { actor: actorOf(viewer), standing, seer: viewer };
  const facing = readRuleFacts(queries, organisationId);
  const counting = readPeriodOfDue(queries, organisationId);
  const [names, allAsks, factsOf, periodOfDue, marksOf, boardTitle, todo, unseen] = await Promise.all([
    readPeopleNames(queries, organisationId),
    readAsks(queries, row, past ? moment.at : null),
    facing,
    counting,
    (past ? readMarksAt : readMarks)(queries, organisationId, [id], moment),
    readBoardTitle(queries, row.boardId),
    past ? nothingToDo : readTodo(queries, viewer, found, { state, standing, facing, periodOfDue: counting }),
    unseenSubjects(
      queries,
      viewer,
      (state.bases ?? []).map(({ assumption }) => ({ kind: 'assumption', id: assumption })),
    ),
  ]);
  const asks = allAsks.filter((it) => isVisible(it, eyes));
  const openChoices = asks.filter(
    (it) => it.state.requester.objective === row.objectKey && needsChoice(it.state),
  ).length;
  const slotFacts = { waiting: slotToFill(slots, moment.at), silent: isSilent(slots, moment.at) };
  const said = viewCheckIns(state, slots, names, progress);
  const shownSaid = whole ? said : said.slice(-RECENT.checkIns);
  const told = isExample ? [...events, ...(await unwritten(queries, row, events, moment))] : events;
  const shownEvents = whole ? told : told.slice(-RECENT.history);
  const viewAsk = (it: ListedDependency) => ({
    ...viewDependency(it, moment, eyes),
    ...(past ? { moves: [] } : {}),
  });
  const facts = { ...factsOf(state.team), settings: moment.settings.tracking };
  const marks = marksOf.get(id) ?? noMarks;
  return allowed({
    ...viewCommitment(toListed(row, state), boardTitle, slotFacts, moment, {
      ...{ facts, periodOfDue, openChoices, marks },
    }),
    offered: viewTerms(state.offered, state),
    baseline: viewVersion(baselineOf(state), state),
    versions: state.versions.map((version) => viewVersion(version, state)).filter((it) => it !== null),
    now: viewVersion(state.versions.at(-1) ?? null, state) ?? viewTerms(termsNow(state), state),
    values: lastValues(state.checkIns),
    slots: roundNow(slots, moment.at, whole).map((slot) => viewPlanned(slot, moment.at, facts, periodOfDue)),
    adherence: adherence(
      slots.filter(({ dueAt }) => dueAt > moment.at - YEAR),
      moment.at,
    ),
    checkIns: shownSaid,
    history: toCommitmentHistory(
      shownEvents.map((it) => seenEvent(it, unseen)),
      names,
      moment.zone,
      await readTitlesIn(queries, viewer, shownEvents),
    ),
    earlier: whole
      ? 0
      : Math.max(
          leftOut + said.length - shownSaid.length,
          (events[0]?.version ?? 1) - 1,
          told.length - shownEvents.length,
        ),
    ...todo,
    needs: asks.filter(({ state: ask }) => ask.requester.objective === row.objectKey).map(viewAsk),
    serves: asks.filter(({ state: ask }) => ask.servedBy === row.objectKey).map(viewAsk),
    snapshotId: row.snapshotId,
    ...{ reviewerId: state.reviewer, sponsorId: state.sponsor, delegateId: state.delegate },
    acknowledgedById: state.status === 'done' ? state.done.acknowledgedBy : null,
    chain: {
      ...{ predecessorId: state.predecessor, carryCount: state.carryCount },
      successorId:
        state.status === 'carried'
          ? state.carried.to
          : state.status === 'missed'
            ? (state.missed.carriedTo ?? null)
            : null,
    },
    explanation: viewExplanation(state, moment.at, moment.settings.tracking),
    bases: (state.bases ?? []).map((it) => viewBasis(it, unseen)),
  });
}

/** The commitment as its events up to then say it was; null when there was none. */
async function asOf(
  queries: Queries,
  { row, slots, progress }: LoadedCommitment,
  events: readonly LoggedEvent<CommitmentEvent>[],
  { at, zone, settings: { tracking: settings } }: Moment,
): Promise<LoadedCommitment | null> {
  const folded = foldAll(events);
  if (folded === null) return null;
  const periodClosesAt = await readClose(queries, row.boardId, zone);
  const facts = (await readRuleFacts(queries, row.organisationId))(folded.team);
  const state = foldAll(clockEvents(folded, at, { ...facts, settings, periodClosesAt }), folded) ?? folded;
  const then = toRow(row, events.at(-1)?.version ?? 0, state) as LoadedCommitment['row'];
  const ended = row.closedAt?.getTime() ?? 0;
  const answers = new Map(state.checkIns.filter(({ undone }) => !undone).map((it) => [it.slot, it.at]));
  const expected = slots.map((it): Slot => {
    // What was excused because the promise ended later was still expected then.
    const excused = ended > at && it.graceEndsAt > ended ? null : it.excused;
    const answeredAt = answers.get(it.id);
    if (answeredAt === undefined || (it.filledAt ?? 0) <= at) return { ...it, excused };
    // Taken back and given anew since: what stood then was the first one.
    return { ...it, excused, filled: fillAt(it, answeredAt), filledAt: answeredAt };
  });
  return { row: then, state, slots: expected, progress };
}

async function readAsks(
  queries: Queries,
  { boardId, objectKey, organisationId }: LoadedCommitment['row'],
  at: Instant | null,
): Promise<readonly ListedDependency[]> {
  if (boardId === null) return [];
  const own = or(eq(dependency.requesterKey, objectKey), eq(dependency.servedBy, objectKey));
  return at === null
    ? listDependencies(queries, and(eq(dependency.boardId, boardId), own))
    : listDependenciesAt(queries, { organisationId, boardId }, at, own);
}

/** The slots of the last year and those ahead, as far as they fit; all of them when asked for. */
function roundNow(slots: readonly Slot[], at: Instant, whole: boolean): readonly Slot[] {
  if (whole || slots.length <= RECENT.slots) return slots;
  const passed = slots.filter(({ dueAt }) => dueAt <= at);
  return slots.slice(Math.max(0, passed.length - RECENT.slots / 2), passed.length + RECENT.slots / 2);
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
    criteria: saidCriteria(terms.criteria),
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
    .filter((it) => !it.undone && isGiven(it))
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

/** Names of the promises a history says something about, as far as the viewer may look at them; nearly always none. */
async function readTitlesIn(
  queries: Queries,
  viewer: Viewer,
  events: readonly CommitmentEvent[],
): Promise<ReadonlyMap<string, string>> {
  const named = events.flatMap((it) =>
    it.type === 'contribution-said' || it.type === 'contribution-ended' ? [it.data.to] : [],
  );
  return named.length === 0 ? new Map() : readSeenStatements(queries, viewer, named);
}

async function readBoardTitle(queries: Queries, boardId: string | null): Promise<string | null> {
  if (boardId === null) return null;
  const [row] = await queries.select({ title: board.title }).from(board).where(eq(board.id, boardId));
  return row?.title ?? '';
}
