import { and, eq, gte, inArray, lt, or, sql, type SQL } from 'drizzle-orm';
import { lastValues } from '#domain/commitment/check-in.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import { openBases, type Commitment } from '#domain/commitment/commitment.ts';
import type { CommitmentContext } from '#domain/commitment/context.ts';
import { movesFor } from '#domain/commitment/moves.ts';
import { lastStanding, noMovementOf, repeatOf } from '#domain/commitment/no-movement.ts';
import { scoreOf } from '#domain/commitment/scoring.ts';
import type { RowSource } from '#domain/facilitation/agenda.ts';
import type { Session } from '#domain/facilitation/session.ts';
import type { SessionRow } from '#protocol/views/facilitation.ts';
import type { PeriodChoices } from '#protocol/views/period-choices.ts';
import type { CommitmentRow } from '#protocol/views/tracking.ts';
import type { Viewer } from '../app.ts';
import { commitment } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { withHistory, type LoadedCommitment } from '../tracking/commitment-rows.ts';
import { listCommitments, momentOf } from '../tracking/commitment-view.ts';
import { readServed } from '../tracking/commitment-context.ts';
import { asksPeriod, readPeriodChoices } from '../tracking/period-choices.ts';
import { readPeriodOfDue } from '../tracking/plan-periods.ts';
import { readRuleFacts, type RuleFacts } from '../tracking/rule-facts.ts';
import { seenBases } from '../tracking/seen-bases.ts';
import { seenPromises } from '../tracking/seen.ts';
import { actorOf, standingOf } from '../tracking/standing.ts';
import { hasCause } from './open-rows.ts';
import { plannedIn, weeklyIn } from './scope.ts';

const weekMs = 7 * 24 * 3_600_000;
const ended = ['done', 'missed', 'dropped', 'carried'];

/** The promises a section lists, with what this viewer may do to each. */
export async function readCommitmentLines(
  queries: Queries,
  viewer: Viewer,
  it: Session,
  source: RowSource,
): Promise<readonly SessionRow[]> {
  const where = await whereOf(queries, viewer.organisationId, it, source, viewer.organisation.now);
  return where === null ? [] : linesOf(queries, viewer, it, source, where);
}

/** The promises that meet a condition, as a section lists them. */
export async function linesOf(
  queries: Queries,
  viewer: Viewer,
  it: Session,
  source: RowSource,
  where: SQL | undefined,
): Promise<readonly SessionRow[]> {
  const moment = momentOf(viewer);
  const undoMs = moment.settings.tracking.undoCheckInWithinMinutes * 60_000;
  const rows = (await listCommitments(queries, and(where, seenPromises(viewer)), moment)).filter(
    (row) =>
      belongsIn(source, row) || (source === 'check-ins' && (row.lastCheckInAt ?? 0) >= moment.at - undoMs),
  );
  if (rows.length === 0) return [];
  const loaded = await loadAll(
    queries,
    viewer,
    rows.map(({ id }) => id),
  );
  const factsOf = await readRuleFacts(queries, viewer.organisationId);
  const context: Omit<CommitmentContext, keyof RuleFacts> = {
    standing: await standingOf(queries, viewer),
    ...{ depth: viewer.organisation.depth, slots: [], needs: [], capacity: 'unknown', periodClosesAt: null },
    ...{
      period: null,
      inCloseSession: it.kind === 'quarterly-close' && it.status === 'running',
      importing: false,
    },
  };
  const shown = rows.flatMap((row) => {
    const of = loaded.get(row.id);
    return of === undefined
      ? []
      : [{ of, line: lineOf(source, row, of, viewer, { ...factsOf(row.teamId), ...context }) }];
  });
  const periods = source === 'offers' ? await readPeriodsToChoose(queries, viewer, shown) : null;
  const lines = shown.map(({ line }) => ({ ...line, periods: periods?.get(line.id) ?? null }));
  // What was answered a moment ago stays with who did, to be taken back.
  if (source === 'check-ins') return lines.filter(({ checkIn, undo }) => checkIn !== null || undo !== null);
  // Who has still to say yes stands first.
  return source === 'offers' ? lines.sort((a, b) => Number(a.settled) - Number(b.settled)) : lines;
}

/** For offers to this viewer that no plan period is named for: which there are. */
async function readPeriodsToChoose(
  queries: Queries,
  { organisationId, organisation }: Viewer,
  shown: readonly { readonly of: LoadedCommitment; readonly line: SessionRow }[],
): Promise<ReadonlyMap<string, PeriodChoices>> {
  const periods = new Map<string, PeriodChoices>();
  const today = localDateOf(organisation.now, organisation.timezone);
  for (const { of, line } of shown) {
    if (!line.moves.includes('accept') || !asksPeriod(of.row, null, organisation.depth)) continue;
    if ((await readServed(queries, organisationId, of.row)) !== null) continue;
    const counting = await readPeriodOfDue(queries, organisationId);
    periods.set(line.id, await readPeriodChoices(queries, organisationId, of.row, today, counting));
  }
  return periods;
}

async function whereOf(
  queries: Queries,
  organisationId: string,
  it: Session,
  source: RowSource,
  now: number,
): Promise<SQL | undefined | null> {
  const startedAt = new Date(it.startedAt ?? now);
  const planned = plannedIn(organisationId, it);
  switch (source) {
    case 'last-promises':
      return and(
        await weeklyIn(queries, organisationId, it),
        lt(commitment.createdAt, startedAt),
        or(
          inArray(commitment.status, ['proposed', 'committed']),
          gte(commitment.closedAt, new Date(startedAt.getTime() - weekMs)),
        ),
      );
    case 'new-promises':
      return and(await weeklyIn(queries, organisationId, it), gte(commitment.createdAt, startedAt));
    case 'check-ins':
    case 'priorities':
      return and(planned, eq(commitment.status, 'committed'));
    case 'assumptions':
      return and(planned, eq(commitment.status, 'committed'), sql`${commitment.state} ? 'bases'`);
    case 'scoring':
    case 'stories':
    case 'rhythm-result':
      return and(planned, inArray(commitment.status, ['committed', ...ended]));
    case 'causes':
      return and(planned, inArray(commitment.status, ['missed', 'dropped', 'carried']));
    case 'offers':
      return and(planned, inArray(commitment.status, ['proposed', 'committed']));
    default:
      return null;
  }
}

const belongsIn = (source: RowSource, row: CommitmentRow): boolean =>
  source === 'check-ins' ? row.slot !== null : source !== 'assumptions' || row.basis === 'broken';

async function loadAll(
  queries: Queries,
  viewer: Viewer,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LoadedCommitment>> {
  const rows = await queries
    .select()
    .from(commitment)
    .where(inArray(commitment.id, [...ids]));
  const loaded = await seenBases(queries, viewer, await withHistory(queries, rows));
  return new Map(loaded.map((each) => [each.row.id, each]));
}

function lineOf(
  source: RowSource,
  row: CommitmentRow,
  { state }: LoadedCommitment,
  viewer: Viewer,
  context: CommitmentContext,
): SessionRow {
  const { organisation } = viewer;
  const moves = movesFor(state, actorOf(viewer), organisation.now, context);
  const open = row.status === 'committed' || row.status === 'proposed';
  const settled =
    source === 'last-promises' || source === 'stories'
      ? row.status !== 'committed'
      : source === 'causes'
        ? hasCause(state)
        : source === 'offers'
          ? row.status !== 'proposed'
          : !open || !asks.includes(source) || (source === 'check-ins' && row.slot === null);
  return {
    ...{ source, kind: 'commitment', id: row.id, title: row.statement, detail: detailOf(row, state) },
    ...{ href: `/commitments/${row.id}`, ownerId: row.ownerId, teamId: row.teamId, due: row.due },
    ...{ status: row.display, version: row.version, settled, moves },
    checkIn:
      row.slot === null
        ? null
        : {
            status: row.reportedStatus,
            confidence: row.confidence,
            repeat: repeatIn(state, organisation.now),
          },
    undo: moves.includes('undo-check-in') ? undoIn(state, viewer) : null,
    ...{ ask: null, periods: null, flags: row.basis === null ? [] : [row.basis] },
    carryCount: state.carryCount,
    score: scored.includes(source) ? scoreOf(state, context.zone) : null,
  };
}

/** The last check-in, where this viewer gave it in a session. */
function undoIn(state: Commitment, { personId, organisation: { now } }: Viewer): string | null {
  const last = lastStanding(state.checkIns.filter((it) => it.at <= now));
  return last !== null && last.by === personId && last.via === 'session' ? last.id : null;
}

/** What *No movement* would say, where one tap is enough. */
function repeatIn(state: Commitment, now: number) {
  const checkIns = state.checkIns.filter((it) => !it.undone && it.at <= now);
  return noMovementOf(checkIns) === 'one-tap' ? repeatOf({ checkIns, values: lastValues(checkIns) }) : null;
}

/** Where a promise is listed for what came of it. */
const scored: readonly RowSource[] = ['scoring', 'stories', 'rhythm-result'];

/** Where a running promise is listed because it asks for something. */
const asks: readonly RowSource[] = ['check-ins', 'assumptions', 'needs-you'];

function detailOf(row: CommitmentRow, state: Commitment): string {
  return [
    ...openBases(state).map(({ statement }) => `rests on “${statement}”, which failed`),
    ...(row.progress === null ? [] : [`${Math.round(row.progress * 100)} % of the way`]),
    ...(row.confidence === null ? [] : [`${row.confidence} % sure`]),
    ...(row.slot === null ? [] : ['a check-in waits']),
  ].join(', ');
}
