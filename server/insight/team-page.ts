import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import { speaksFor } from '#domain/access/standing.ts';
import { weightShares, worstOf } from '#domain/commitment/roll-up.ts';
import { scoreOf } from '#domain/commitment/scoring.ts';
import { addDays, localDateOf } from '#domain/rhythm/local-time.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { InterruptView, KeptView, LoadView, TeamPage } from '#protocol/views/insight.ts';
import type { Viewer } from '../app.ts';
import { board, commitment, interrupt, period, team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { withHistory } from '../tracking/commitment-rows.ts';
import { listCommitments } from '../tracking/commitment-view.ts';
import { standingOf } from '../tracking/standing.ts';
import { readTeamLoad } from '../tracking/team-load.ts';
import { readSignals, viewWarnings } from './warnings.ts';

const noSuchTeam = refused('not-found', 'There is no such team in this organisation.');

/** So long a period stays on the page after its end. */
const PERIODS_SHOWN_DAYS = 400;

/** Everything about one team: what it promised, what it can do, what came between, and what became of it. */
export async function readTeamPage(
  queries: Queries,
  viewer: Viewer,
  teamId: string,
): Promise<Outcome<TeamPage>> {
  if (!isUuid(teamId)) return noSuchTeam;
  const { organisationId, organisation } = viewer;
  const moment = { at: organisation.now, zone: organisation.timezone };
  const [found] = await queries
    .select({ id: team.id })
    .from(team)
    .where(and(eq(team.id, teamId), eq(team.organisationId, organisationId)));
  if (found === undefined) return noSuchTeam;
  const promises = await listCommitments(
    queries,
    and(eq(commitment.organisationId, organisationId), eq(commitment.teamId, teamId)),
    moment,
  );
  const scope = { organisationId, ...moment, of: { person: null, teams: [teamId] } };
  const signals = await readSignals(queries, scope, organisation.depth);
  const standing = await standingOf(queries, viewer);
  return allowed({
    teamId,
    promises: promises.filter(({ status }) => status === 'proposed' || status === 'committed'),
    shares: weightShares(promises),
    worstId: worstOf(promises)?.id ?? null,
    loads: await readLoads(queries, organisationId, teamId, localDateOf(moment.at, moment.zone)),
    kept: await readKept(queries, organisationId, teamId, moment),
    interrupts: await readInterrupts(queries, organisationId, teamId),
    warnings: await viewWarnings(queries, viewer, signals),
    mayEnterCapacity:
      viewer.scope === 'write' && (speaksFor(standing, teamId) || viewer.role === 'administrator'),
  });
}

/** Load of the periods that run or are ahead and in which something was promised. */
async function readLoads(
  queries: Queries,
  organisationId: string,
  teamId: string,
  today: string,
): Promise<readonly LoadView[]> {
  const periods = await queries
    .selectDistinct({ id: period.id, label: period.label, start: period.start, end: period.end })
    .from(period)
    .innerJoin(commitment, eq(commitment.periodId, period.id))
    .where(
      and(
        eq(period.organisationId, organisationId),
        eq(commitment.teamId, teamId),
        sql`${commitment.horizon} <> 'week'`,
        sql`${period.end} >= ${today}`,
      ),
    )
    .orderBy(period.start);
  const loads: LoadView[] = [];
  for (const it of periods) {
    const found = await readTeamLoad(queries, { organisationId, teamId, periodId: it.id });
    if (found === null) continue;
    const { verdict, load, unsized, capacity, share } = found;
    loads.push({
      ...{ periodId: it.id, period: it.label, verdict, load, unsized, share },
      ...{ capacity: capacity.personWeeks, from: capacity.from },
    });
  }
  return loads;
}

/** What became of what was promised, by period; weekly promises are counted by themselves. Newest first. */
async function readKept(
  queries: Queries,
  organisationId: string,
  teamId: string,
  { at, zone }: { readonly at: number; readonly zone: string },
): Promise<readonly KeptView[]> {
  const since = addDays(localDateOf(at, zone), -PERIODS_SHOWN_DAYS);
  const rows = await queries
    .select({ row: commitment, period: period.label, end: period.end, board: board.title })
    .from(commitment)
    .leftJoin(period, eq(period.id, commitment.periodId))
    .leftJoin(board, eq(board.id, commitment.boardId))
    .where(
      and(
        eq(commitment.organisationId, organisationId),
        eq(commitment.teamId, teamId),
        isNotNull(commitment.acceptedAt),
        isNotNull(commitment.due),
        sql`${commitment.due} >= ${since}`,
      ),
    )
    .orderBy(desc(commitment.due));
  const done = rows.flatMap(({ row }) => (row.status === 'done' ? [row] : []));
  const scored = new Map(
    (await withHistory(queries, done)).map(({ row, state }) => [row.id, scoreOf(state, zone)?.kept === true]),
  );
  const groups = Map.groupBy(rows, ({ row, period: label, board: title }) =>
    row.horizon === 'week' ? 'Weekly promises' : (label ?? title ?? 'On no board'),
  );
  return [...groups].map(([label, its]) => {
    const count = (holds: (row: (typeof its)[number]['row']) => boolean): number =>
      its.filter(({ row }) => holds(row)).length;
    const late = (row: typeof commitment.$inferSelect): boolean =>
      (row.state as { done?: { late?: boolean } }).done?.late === true;
    return {
      label,
      promised: its.length,
      kept: count((row) => scored.get(row.id) === true),
      late: count((row) => row.status === 'done' && late(row)),
      reduced: count((row) => row.status === 'done' && !late(row) && scored.get(row.id) !== true),
      missed: count(({ status }) => status === 'missed'),
      dropped: count(({ status }) => status === 'dropped'),
      carried: count(({ status }) => status === 'carried'),
      running: count(({ status }) => status === 'committed'),
    };
  });
}

/** Urgent work that displaced a promise, newest first. */
async function readInterrupts(
  queries: Queries,
  organisationId: string,
  teamId: string,
): Promise<readonly InterruptView[]> {
  const rows = await queries
    .select({
      ...{ id: interrupt.id, what: interrupt.title, status: interrupt.status, effort: interrupt.effort },
      costWeight: sql<number | null>`(${interrupt.state}->>'costWeight')::float8`,
      ...{ costDays: interrupt.costDays, displacedId: interrupt.displacedId, at: interrupt.createdAt },
      displaced: commitment.statement,
    })
    .from(interrupt)
    .innerJoin(commitment, eq(commitment.id, interrupt.displacedId))
    .where(and(eq(interrupt.organisationId, organisationId), eq(interrupt.teamId, teamId)))
    .orderBy(desc(interrupt.createdAt))
    .limit(20);
  return rows.map(({ at, ...row }) => ({ ...row, at: at.getTime() }));
}
