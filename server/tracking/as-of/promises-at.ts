import { and, eq, inArray, lte, ne } from 'drizzle-orm';
import { lastValues } from '#domain/commitment/check-in.ts';
import { clockEvents } from '#domain/commitment/clock.ts';
import { termsNow, type Commitment } from '#domain/commitment/commitment.ts';
import { foldAll } from '#domain/commitment/fold.ts';
import { progressOf, type Values } from '#domain/commitment/progress.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import type { Instant } from '#domain/time.ts';
import type { CommitmentRow } from '#protocol/views/tracking.ts';
import type { Viewer } from '../../app.ts';
import { board, checkIn, commitment } from '../../store/schema.ts';
import type { Queries } from '../../store/store.ts';
import { readClose } from '../commitment-context.ts';
import { toCheckIn, toRow, type CommitmentTableRow } from '../commitment-rows.ts';
import { toListed, viewCommitments, type Moment } from '../commitment-view.ts';
import { readPromiseEvents } from '../read-events.ts';
import { readRuleFacts, type FactsOf } from '../rule-facts.ts';
import { seesPromise, type Seer } from '../seen.ts';
import { readOpenChoicesAt } from './asks-at.ts';
import { readSaidAt, type SaidAt } from './said-at.ts';

/** Which of an organisation's commitments. Owner, team and state are meant as they were at the time. */
export interface PromiseFilter {
  readonly boardId?: string | undefined;
  readonly periodId?: string | undefined;
  readonly teamId?: string | undefined;
  readonly ownerId?: string | undefined;
  readonly state?: string | undefined;
}

/**
 * Everything promised as it stood at an instant, as lists show it (tracking.md I4): states are folds of what had happened
 * by then beside check-ins, of which only the last words count for a list. What came later is not known yet.
 */
export async function listCommitmentsAt(
  queries: Queries,
  viewer: Seer & Pick<Viewer, 'organisationId'>,
  filter: PromiseFilter,
  moment: Moment,
): Promise<readonly CommitmentRow[]> {
  return viewStanding(queries, viewer, await readStandingAt(queries, viewer, filter, moment), moment, filter);
}

/** One promise as it stood, without what was said in its check-ins. */
export interface Standing {
  readonly id: string;
  readonly createdAt: Date;
  readonly boardTitle: string | null;
  readonly version: number;
  readonly state: Commitment;
}

/** All that fits the filter, as it stood at the moment: states are folds of what had happened by then. */
export async function readStandingAt(
  queries: Queries,
  viewer: Seer & Pick<Viewer, 'organisationId'>,
  filter: PromiseFilter,
  moment: Moment,
): Promise<readonly Standing[]> {
  const { at } = moment;
  const { organisationId } = viewer;
  const of = { organisationId, boardId: filter.boardId };
  const rows = await queries
    .select({ id: commitment.id, createdAt: commitment.createdAt, boardTitle: board.title })
    .from(commitment)
    .leftJoin(board, eq(board.id, commitment.boardId))
    .where(
      and(
        eq(commitment.organisationId, organisationId),
        filter.boardId === undefined ? undefined : eq(commitment.boardId, filter.boardId),
        filter.periodId === undefined ? undefined : eq(commitment.periodId, filter.periodId),
      ),
    );
  const events = Map.groupBy(await readPromiseEvents(queries, of, at), ({ objectId }) => objectId);
  const clock = makeClock(queries, await readRuleFacts(queries, organisationId), moment);
  const standing: Standing[] = [];
  for (const row of rows) {
    const folded = foldAll(events.get(row.id) ?? []);
    if (folded === null) continue;
    const state = await clock(folded);
    if (!seesPromise(viewer, state)) continue;
    if (filter.teamId !== undefined && state.team !== filter.teamId) continue;
    if (filter.ownerId !== undefined && state.owner !== filter.ownerId) continue;
    if (filter.state !== undefined && state.status !== filter.state) continue;
    standing.push({ ...row, version: events.get(row.id)?.at(-1)?.version ?? 0, state });
  }
  return standing;
}

/** As lists show them, with the last words by then. */
export async function viewStanding(
  queries: Queries,
  { organisationId }: Pick<Viewer, 'organisationId'>,
  standing: readonly Standing[],
  moment: Moment,
  { boardId }: Pick<PromiseFilter, 'boardId'> = {},
): Promise<readonly CommitmentRow[]> {
  const { at } = moment;
  const ids = standing.map(({ id }) => id);
  const saidOf = await readSaidAt(queries, organisationId, ids, at);
  const stale = standing.filter(({ id, state }) => isAmbiguous(state, saidOf(id))).map(({ id }) => id);
  const valuesOf = await readAllValues(queries, stale, at);
  const choices = await readOpenChoicesAt(queries, { organisationId, boardId }, at);
  const listed = standing.map(({ id, createdAt, boardTitle, version, state }) => {
    const said = saidOf(id);
    const row = toRow({ id, organisationId, createdAt }, version, state) as CommitmentTableRow;
    const values = { ...valuesOf.get(id), ...said.values };
    return {
      ...toListed(row, state),
      boardTitle,
      horizon: row.horizon ?? 'quarter',
      reportedStatus: said.answer?.status ?? null,
      confidence: said.answer?.confidence ?? state.confidenceAtAccept,
      lastCheckInAt: said.answer === null ? null : new Date(said.answer.at),
      progress: progressOf(termsNow(state), values),
    };
  });
  const shown = await viewCommitments(queries, listed, moment, { asOf: true, choices });
  return [...shown].sort(
    (a, b) =>
      (a.due ?? '9999').localeCompare(b.due ?? '9999') ||
      a.statement.localeCompare(b.statement, 'en') ||
      a.id.localeCompare(b.id),
  );
}

/** What the clock had done by then though nobody had written it down. */
function makeClock(
  queries: Queries,
  factsOf: FactsOf,
  { at, zone, settings: { tracking: settings } }: Moment,
): (state: Commitment) => Promise<Commitment> {
  const today = localDateOf(at, zone);
  const closes = new Map<string | null, Instant | null>();
  return async (state) => {
    const { due } = termsNow(state);
    // Nothing can be due for the clock otherwise; asking it about thousands is what takes time.
    const late = state.status === 'committed' && (state.closesAt !== null || (due !== null && due < today));
    if (!late && state.status !== 'proposed') return state;
    const { board: boardId } = state.source;
    if (!closes.has(boardId)) closes.set(boardId, await readClose(queries, boardId, zone));
    const context = { ...factsOf(state.team), settings, periodClosesAt: closes.get(boardId) ?? null };
    return foldAll(clockEvents(state, at, context), state) ?? state;
  };
}

/** True when the last words do not name every measure there is: earlier ones have to be looked at as well. */
function isAmbiguous(state: Commitment, { values, valuesAt }: SaidAt): boolean {
  return valuesAt > 0 && termsNow(state).measures.some(({ key }) => values[key] === undefined);
}

async function readAllValues(queries: Queries, ids: readonly string[], at: Instant) {
  if (ids.length === 0) return new Map<string, Values>();
  const rows = await queries
    .select()
    .from(checkIn)
    .where(
      and(
        inArray(checkIn.commitmentId, [...ids]),
        lte(checkIn.at, new Date(at)),
        eq(checkIn.undone, false),
        ne(checkIn.kind, 'note'),
      ),
    )
    .orderBy(checkIn.at, checkIn.version);
  const byCommitment = Map.groupBy(rows, ({ commitmentId }) => commitmentId);
  return new Map([...byCommitment].map(([id, said]) => [id, lastValues(said.map(toCheckIn))] as const));
}
