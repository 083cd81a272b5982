import { and, eq, or } from 'drizzle-orm';
import { allowed, type Outcome } from '#domain/outcome.ts';
import { noticeDays, riskOwnerOf } from '#domain/dependency/flags.ts';
import type { Instant } from '#domain/time.ts';
import type { DependencyDetail } from '#protocol/views/tracking.ts';
import type { Tracking } from '../app-tracking.ts';
import type { Viewer } from '../app.ts';
import { commitment, dependency } from '../store/schema.ts';
import type { Transaction } from '../store/store.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { actOnCommitment, checkInOnCommitment } from './act-on-commitment.ts';
import { actOnDependency, noSuchDependency } from './act-on-dependency.ts';
import { advanceClock } from './advance-clock.ts';
import { listDependenciesAt } from './as-of/asks-at.ts';
import { listCommitmentsAt } from './as-of/promises-at.ts';
import { readThresholdsAt } from './as-of/thresholds-at.ts';
import { makeBoardChanges } from './changes.ts';
import { readContributions, readParentChoices } from './contributions.ts';
import { readCommitment } from './commitment-detail.ts';
import { listCommitments, momentOf, type Moment } from './commitment-view.ts';
import { toDependencyHistory } from './dependency-history.ts';
import { readTitles } from './dependency-rows.ts';
import { isVisible, listDependencies, viewDependency } from './dependency-view.ts';
import type { TrackingDeps } from './deps.ts';
import { importDependencies } from './import-dependencies.ts';
import { importHistory } from './import-history.ts';
import { readInbox } from './inbox.ts';
import { readPeopleNames } from './names.ts';
import type { CommitProposals, ImportedDependencies, ImportedHistory } from './port.ts';
import { promiseForWeek } from './promise-for-week.ts';
import { proposeFromCommit } from './propose-from-commit.ts';
import { readDependencyEvents } from './read-events.ts';
import { replayOrganisation } from './replay.ts';
import { saveDependency } from './save-dependency.ts';
import { seenPromises } from './seen.ts';
import { actorOf, standingOf } from './standing.ts';
import { readTruth } from './truth.ts';
import { countWaiting } from './waiting.ts';

/** Tracking as pages and API know it, and what planning asks of it within its own transactions. */
export interface TrackingPart extends Tracking {
  importDependencies(tx: Transaction, input: ImportedDependencies): Promise<void>;
  proposeFromCommit(tx: Transaction, input: CommitProposals): Promise<ReadonlyMap<string, string>>;
  importHistory(tx: Transaction, input: ImportedHistory): Promise<number>;
  /** Puts an example's promises and asks to another moment of its clock, within the transaction that moves it. */
  replay(
    tx: Transaction,
    input: { organisationId: string; zone: string; recordedAt: Instant; at: Instant },
  ): Promise<void>;
}

/** Builds the part that keeps promises and asks between sessions. */
export function createTracking(deps: TrackingDeps): TrackingPart {
  const { store, newId } = deps;
  const changes = makeBoardChanges();
  let lastTick = deps.now();

  /** After a command: tells the board, then answers with what it looks like now. */
  async function answered<T, Done extends { readonly boardId: string | null }>(
    acted: Outcome<Done>,
    read: (done: Done) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    if (!acted.ok) return acted;
    changes.tell(acted.value.boardId);
    return read(acted.value);
  }

  return {
    commitments: async (viewer, filter) => {
      const wanted = [filter.boardId, filter.periodId, filter.teamId, filter.ownerId];
      if (wanted.some((id) => id !== undefined && !isUuid(id))) return [];
      const past = await pastOf(store.db, viewer, filter.at);
      if (past !== null) return listCommitmentsAt(store.db, viewer, filter, past);
      return listCommitments(
        store.db,
        and(
          eq(commitment.organisationId, viewer.organisationId),
          seenPromises(viewer),
          filter.boardId === undefined ? undefined : eq(commitment.boardId, filter.boardId),
          filter.periodId === undefined ? undefined : eq(commitment.periodId, filter.periodId),
          filter.teamId === undefined ? undefined : eq(commitment.teamId, filter.teamId),
          filter.ownerId === undefined ? undefined : eq(commitment.ownerId, filter.ownerId),
          filter.state === undefined ? undefined : eq(commitment.status, filter.state),
        ),
        momentOf(viewer),
      );
    },
    commitment: (viewer, id, look) => readCommitment(store.db, viewer, id, look),
    contributions: async (viewer, id, look) =>
      readContributions(store.db, viewer, id, await pastOf(store.db, viewer, look?.at)),
    parentChoices: (viewer, id) => readParentChoices(store.db, viewer, id),
    act: async (viewer, id, command, input) =>
      answered(await actOnCommitment(deps, viewer, id, command, input), ({ standing }) =>
        readCommitment(store.db, viewer, id, { standing }),
      ),
    checkIn: async (viewer, id, input) =>
      answered(await checkInOnCommitment(deps, viewer, id, input), ({ standing }) =>
        readCommitment(store.db, viewer, id, { standing }),
      ),
    promiseForWeek: async (viewer, input, within) => {
      const made = await promiseForWeek(deps, viewer, input, within);
      return made.ok ? readCommitment(store.db, viewer, made.value.id) : made;
    },
    dependencies: async (viewer, filter) => {
      const { boardId, teamId, state } = filter;
      if ([boardId, teamId].some((id) => id !== undefined && !isUuid(id))) return [];
      const eyes = await eyesOf(deps, viewer);
      const past = await pastOf(store.db, viewer, filter.at);
      if (past !== null) {
        const of = { organisationId: viewer.organisationId, boardId };
        const then = await listDependenciesAt(store.db, of, past.at);
        return then
          .filter(
            ({ row }) => teamId === undefined || [row.requesterTeamId, row.providerTeamId].includes(teamId),
          )
          .filter(({ row }) => state === undefined || row.status === state)
          .filter((it) => isVisible(it, eyes))
          .map((it) => ({ ...viewDependency(it, past, eyes), moves: [] }));
      }
      const rows = await listDependencies(
        store.db,
        and(
          eq(dependency.organisationId, viewer.organisationId),
          boardId === undefined ? undefined : eq(dependency.boardId, boardId),
          teamId === undefined
            ? undefined
            : or(eq(dependency.requesterTeamId, teamId), eq(dependency.providerTeamId, teamId)),
          state === undefined ? undefined : eq(dependency.status, state),
        ),
      );
      return rows
        .filter((it) => isThere(it, viewer) && isVisible(it, eyes))
        .map((it) => viewDependency(it, momentOf(viewer), eyes));
    },
    dependency: (viewer, id, look) => readDependency(deps, viewer, id, { at: look?.at }),
    saveDependency: async (viewer, boardId, input) => {
      const saved = await saveDependency(deps, viewer, boardId, input);
      if (!saved.ok) return saved;
      return answered(saved, () => readDependency(deps, viewer, saved.value.id, { own: true }));
    },
    actOnDependency: async (viewer, id, command, input) =>
      answered(await actOnDependency(deps, viewer, id, command, input), () =>
        readDependency(deps, viewer, id, { own: true }),
      ),
    truth: (organisationId, boardId) => readTruth(store.db, organisationId, boardId, deps.now()),
    inbox: (viewer) => readInbox(store.db, viewer),
    waiting: (viewer) => countWaiting(store.db, viewer),
    advanceClock: async () => {
      const at = deps.now();
      const last = lastTick;
      lastTick = at;
      for (const boardId of await advanceClock(store, newId, { at, last })) changes.tell(boardId);
    },
    onChanged: (listener) => changes.listen(listener),
    importDependencies: (tx, input) => importDependencies(tx, input, newId),
    proposeFromCommit: (tx, input) => proposeFromCommit(tx, input, newId),
    importHistory: (tx, input) => importHistory(tx, input, newId),
    replay: async (tx, { at, ...book }) => {
      await replayOrganisation(tx, book, at);
      await deps.registers.replay(tx, { ...book, at });
    },
  };
}

/** One ask with its history, as it is or as it was; a draft only for its own side, or for who has just saved it. */
async function readDependency(
  { store, now }: TrackingDeps,
  viewer: Viewer,
  id: string,
  { own = false, at }: { readonly own?: boolean; readonly at?: Instant | undefined },
): Promise<Outcome<DependencyDetail>> {
  if (!isUuid(id)) return noSuchDependency;
  const { db } = store;
  const { organisationId } = viewer;
  const eyes = await eyesOf({ store, now }, viewer);
  const past = await pastOf(db, viewer, at);
  const moment = past ?? momentOf(viewer);
  const wanted = eq(dependency.id, id);
  const [found] =
    past === null
      ? await listDependencies(db, and(wanted, eq(dependency.organisationId, organisationId)))
      : await listDependenciesAt(db, { organisationId }, past.at, wanted);
  if (found === undefined || !isThere(found, viewer)) return noSuchDependency;
  if (!own && !isVisible(found, eyes)) return noSuchDependency;
  const { servedBy } = found.state;
  const names = await readPeopleNames(db, organisationId);
  const events = await readDependencyEvents(db, [id], moment.at);
  return allowed({
    ...viewDependency(found, moment, eyes),
    ...(past === null ? {} : { moves: [] }),
    ...{ detail: found.state.ask.detail, acceptanceTest: found.state.ask.acceptanceTest },
    ...{ confidence: found.state.confidence, riskOwnerId: riskOwnerOf(found.state) },
    servedByTitle:
      servedBy === null ? null : ((await readTitles(db, found.row.boardId))[servedBy] ?? servedBy),
    noticeDays: noticeDays(found.state, moment.zone),
    history: toDependencyHistory(events, names),
  });
}

/** The moment looked back to; null for now and for what lies ahead. */
async function pastOf(queries: Queries, viewer: Viewer, at: Instant | undefined): Promise<Moment | null> {
  if (at === undefined || at >= viewer.organisation.now) return null;
  const settings = await readThresholdsAt(queries, viewer.organisationId, at);
  return { ...momentOf(viewer), at, settings };
}

/** An example's clock may stand before somebody asked. */
const isThere = (
  { row }: { readonly row: { readonly createdAt: Date } },
  { organisation }: Viewer,
): boolean => row.createdAt.getTime() <= organisation.now;

const eyesOf = async ({ store }: Pick<TrackingDeps, 'store' | 'now'>, viewer: Viewer) => ({
  actor: actorOf(viewer),
  standing: await standingOf(store.db, viewer),
  seer: viewer,
});
