import { and, desc, eq, gt, inArray, isNotNull, sql } from 'drizzle-orm';
import { speaksFor } from '#domain/access/standing.ts';
import { baselineOf } from '#domain/commitment/commitment.ts';
import { weightShares, worstOf } from '#domain/commitment/roll-up.ts';
import { scoreOf } from '#domain/commitment/scoring.ts';
import { addDays, dayMs, localDateOf } from '#domain/rhythm/local-time.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { TimeZone } from '#domain/time.ts';
import type { InterruptView, KeptView, TeamPage } from '#protocol/views/insight.ts';
import type { Viewer } from '../app.ts';
import { board, commitment, interrupt, period, team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { readPlaces } from '../tracking/as-of/team-at.ts';
import { stateOf, withHistory } from '../tracking/commitment-rows.ts';
import { listCommitments, momentOf } from '../tracking/commitment-view.ts';
import { seenEntries } from '../tracking/seen-entries.ts';
import { seenPromises } from '../tracking/seen.ts';
import { standingOf } from '../tracking/standing.ts';
import { readRuleFacts } from '../tracking/rule-facts.ts';
import { readTeamLoads } from '../tracking/team-loads.ts';
import { readAdherence } from './read-adherence.ts';
import { watched } from './scope.ts';
import { countKept } from './count-kept.ts';
import { readSignals, viewWarnings } from './warnings.ts';

const noSuchTeam = refused('not-found', 'There is no such team in this organisation.');

/** So long a period stays on the page after its end. */
export const PERIODS_SHOWN_DAYS = 400;

/** So far back urgent work is added up. */
const YEAR = 52 * 7 * dayMs;

/** Everything about one team: what it promised, what it can do, what came between, and what became of it. */
export async function readTeamPage(
  queries: Queries,
  viewer: Viewer,
  teamId: string,
): Promise<Outcome<TeamPage>> {
  if (!isUuid(teamId)) return noSuchTeam;
  const { organisationId, organisation } = viewer;
  const moment = momentOf(viewer);
  const [[found], factsOf] = await Promise.all([
    queries
      .select({ id: team.id })
      .from(team)
      .where(and(eq(team.id, teamId), eq(team.organisationId, organisationId))),
    readRuleFacts(queries, organisationId),
  ]);
  if (found === undefined) return noSuchTeam;
  // What was promised by the end of a day was promised for the team's own day.
  const { zone } = factsOf(teamId);
  const scope = { organisationId, ...watched(viewer), of: { person: null, teams: [teamId] } };
  const [promises, signals, standing, loads, kept, interrupts, adherence, places] = await Promise.all([
    listCommitments(
      queries,
      and(
        eq(commitment.organisationId, organisationId),
        eq(commitment.teamId, teamId),
        seenPromises(viewer),
        inArray(commitment.status, ['proposed', 'committed']),
      ),
      moment,
    ),
    readSignals(queries, scope, organisation.depth),
    standingOf(queries, viewer),
    readTeamLoads(queries, organisationId, teamId, localDateOf(moment.at, zone)),
    readKept(queries, viewer, teamId, { at: moment.at, zone }),
    readInterrupts(queries, viewer, teamId),
    readAdherence(
      queries,
      and(eq(commitment.organisationId, organisationId), eq(commitment.teamId, teamId), seenPromises(viewer)),
      moment.at,
    ),
    readPlaces(queries, { organisationId, teamId }),
  ]);
  return allowed({
    ...{ teamId, promises, loads, kept, interrupts, adherence },
    members: places.map(({ personId, role }) => ({ personId, role })),
    shares: weightShares(promises),
    worstId: worstOf(promises)?.id ?? null,
    warnings: await viewWarnings(queries, viewer, signals, standing),
    mayEnterCapacity:
      viewer.scope === 'write' && (speaksFor(standing, teamId) || viewer.role === 'administrator'),
  });
}

/** What became of what was promised, by period; weekly promises are counted by themselves. Newest first. */
async function readKept(
  queries: Queries,
  viewer: Viewer,
  teamId: string,
  { at, zone }: { readonly at: number; readonly zone: string },
): Promise<readonly KeptView[]> {
  const { organisationId } = viewer;
  const since = addDays(localDateOf(at, zone), -PERIODS_SHOWN_DAYS);
  const rows = await queries
    .select({
      ...{ id: commitment.id, status: commitment.status, horizon: commitment.horizon },
      late: sql<boolean>`coalesce((${commitment.state}->'done'->>'late')::boolean, false)`,
      ...{ period: period.label, board: board.title },
    })
    .from(commitment)
    .leftJoin(period, eq(period.id, commitment.periodId))
    .leftJoin(board, eq(board.id, commitment.boardId))
    .where(
      and(
        eq(commitment.organisationId, organisationId),
        eq(commitment.teamId, teamId),
        seenPromises(viewer),
        isNotNull(commitment.acceptedAt),
        isNotNull(commitment.due),
        sql`${commitment.due} >= ${since}`,
      ),
    )
    .orderBy(desc(commitment.due));
  const done = rows.flatMap(({ id, status }) => (status === 'done' ? [id] : []));
  return countKept(rows, await readMet(queries, organisationId, done, zone));
}

/**
 * Which of these were kept as they were first promised. How a promise ended says so; years of check-ins are read only
 * where a measure had a day of its own before that end.
 */
async function readMet(
  queries: Queries,
  organisationId: string,
  ids: readonly string[],
  zone: TimeZone,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await queries
    .select()
    .from(commitment)
    .where(and(eq(commitment.organisationId, organisationId), inArray(commitment.id, [...ids])));
  const [byDay, plain] = partition(rows, (row) =>
    (baselineOf(stateOf(row))?.terms.measures ?? []).some(({ due }) => due !== null),
  );
  const states = [
    ...plain.map((row) => ({ row, state: stateOf(row) })),
    ...(await withHistory(queries, byDay)),
  ];
  return new Set(states.flatMap(({ row, state }) => (scoreOf(state, zone)?.kept === true ? [row.id] : [])));
}

function partition<T>(all: readonly T[], holds: (it: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(holds), all.filter((it) => !holds(it))];
}

/** Urgent work of the last year that displaced a promise, newest first. */
async function readInterrupts(
  queries: Queries,
  viewer: Viewer,
  teamId: string,
): Promise<readonly InterruptView[]> {
  const { organisationId, organisation } = viewer;
  const rows = await queries
    .select({
      ...{ id: interrupt.id, what: interrupt.title, status: interrupt.status, effort: interrupt.effort },
      costWeight: sql<number | null>`(${interrupt.state}->>'costWeight')::float8`,
      requestedBy: sql<string>`coalesce(${interrupt.state}->>'requestedBy', '')`,
      ...{ costDays: interrupt.costDays, displacedId: interrupt.displacedId, at: interrupt.createdAt },
      displaced: commitment.statement,
    })
    .from(interrupt)
    .innerJoin(commitment, eq(commitment.id, interrupt.displacedId))
    .where(
      and(
        ...[eq(interrupt.organisationId, organisationId), eq(interrupt.teamId, teamId)],
        gt(interrupt.createdAt, new Date(organisation.now - YEAR)),
        seenPromises(viewer),
        seenEntries(interrupt, viewer),
      ),
    )
    .orderBy(desc(interrupt.createdAt));
  return rows.map(({ at, ...row }) => ({ ...row, at: at.getTime() }));
}
