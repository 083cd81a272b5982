import { and, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import type { Standing } from '#domain/access/standing.ts';
import type {
  CapacityVerdict,
  CommitmentContext,
  NeedState,
  PeriodServed,
} from '#domain/commitment/context.ts';
import type { ContributionFacts } from '#domain/commitment/contribution.ts';
import { depths, type Depth } from '#domain/depth/depth.ts';
import { needsChoice } from '#domain/dependency/flags.ts';
import { endOfDay } from '#domain/rhythm/local-time.ts';
import type { Instant, TimeZone } from '#domain/time.ts';
import { board, dependency, member, period, session } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { LoadedCommitment } from './commitment-rows.ts';
import { stateOfDependency } from './dependency-rows.ts';
import { readRuleFacts, type FactsOf } from './rule-facts.ts';
import { readTeamLoad } from './team-load.ts';

/** What every rule of an organisation starts from. */
export interface OrganisationFacts {
  readonly organisationId: string;
  readonly zone: TimeZone;
  readonly depth: Depth;
}

/**
 * Fills in what a decision about one commitment may know; `known` where the caller reads the facts of rules anyway,
 * `chosen` the plan period a yes is about to name. A `report` asks for neither period nor sponsor.
 */
export async function contextOf(
  queries: Queries,
  facts: OrganisationFacts,
  { row, state, slots }: LoadedCommitment,
  standing: Standing,
  {
    known = readRuleFacts(queries, facts.organisationId),
    chosen = null,
    report = false,
    contribution,
  }: {
    readonly known?: Promise<FactsOf>;
    readonly chosen?: string | null;
    readonly report?: boolean;
    readonly contribution?: ContributionFacts | undefined;
  } = {},
): Promise<CommitmentContext> {
  const runs = !report && state.status === 'committed';
  const serving =
    runs || state.status === 'proposed'
      ? readServed(queries, facts.organisationId, row)
      : Promise.resolve(null);
  const [factsOf, needs, capacity, served, sponsorGone, periodClosesAt, inCloseSession] = await Promise.all([
    known,
    readNeeds(queries, row.boardId, row.objectKey),
    serving.then((it) => readVerdict(queries, facts, row, it?.id ?? chosen)),
    serving,
    runs && isGone(queries, facts.organisationId, state.sponsor),
    readClose(queries, row.boardId, facts.zone),
    isBeingClosed(queries, facts.organisationId, row),
  ]);
  return {
    // Deadlines are told on the days and in the zone of the team that promised.
    ...factsOf(row.teamId),
    ...{ standing, slots, depth: facts.depth, needs, capacity, period: served, sponsorGone },
    ...{ periodClosesAt, inCloseSession },
    ...(contribution === undefined ? {} : { contribution }),
    importing: false,
  };
}

/**
 * True while the session that closes the period runs where the promise belongs: on its board, or in its team when the
 * session is on no board. Nowhere else is anything carried (tracking.md T4).
 */
export async function isBeingClosed(
  queries: Queries,
  organisationId: string,
  { boardId, teamId }: { readonly boardId: string | null; readonly teamId: string | null },
): Promise<boolean> {
  const here = [
    ...(boardId === null ? [] : [eq(session.boardId, boardId)]),
    ...(teamId === null ? [] : [and(isNull(session.boardId), eq(session.teamId, teamId))]),
  ];
  if (here.length === 0) return false;
  const [found] = await queries
    .select({ id: session.id })
    .from(session)
    .where(
      and(
        eq(session.organisationId, organisationId),
        eq(session.kind, 'quarterly-close'),
        eq(session.status, 'running'),
        or(...here),
      ),
    )
    .limit(1);
  return found !== undefined;
}

/** The plan period a commitment serves: the offer's own, else the one its board is for by now. */
export async function readServed(
  queries: Queries,
  organisationId: string,
  { boardId, periodId }: Pick<LoadedCommitment['row'], 'boardId' | 'periodId'>,
): Promise<PeriodServed | null> {
  if (boardId === null && periodId === null) return null;
  const { id, label, start, end } = period;
  const boards = queries
    .select({ id: board.periodId })
    .from(board)
    .where(eq(board.id, boardId ?? ''));
  const [found] = await queries
    .select({ id, label, start, end })
    .from(period)
    .where(
      and(
        eq(period.organisationId, organisationId),
        periodId === null ? inArray(id, boards) : eq(id, periodId),
      ),
    );
  return found ?? null;
}

/** True for somebody who was a member, and may answer nothing any more. A name that never joined is waited for. */
async function isGone(queries: Queries, organisationId: string, personId: string | null): Promise<boolean> {
  if (personId === null) return false;
  const [found] = await queries
    .select({
      acts: sql<boolean | null>`bool_or(${member.suspendedAt} is null and ${member.role} <> 'observer')`,
    })
    .from(member)
    .where(and(eq(member.organisationId, organisationId), eq(member.personId, personId)));
  return found?.acts === false;
}

/** Room for one more yes: asked only where it can refuse one (tracking.md T16, T18). */
async function readVerdict(
  queries: Queries,
  { organisationId, depth }: OrganisationFacts,
  { status, teamId }: LoadedCommitment['row'],
  periodId: string | null,
): Promise<CapacityVerdict> {
  if (!depths[depth].accept.roomAndNeeds || status !== 'proposed' || teamId === null || periodId === null)
    return 'unknown';
  return (await readTeamLoad(queries, { organisationId, teamId, periodId }))?.verdict ?? 'unknown';
}

/** What the objective needs of other teams, without what was withdrawn. */
export async function readNeeds(
  queries: Queries,
  boardId: string | null,
  objectKey: string,
): Promise<readonly NeedState[]> {
  if (boardId === null) return [];
  const rows = await queries
    .select()
    .from(dependency)
    .where(
      and(
        eq(dependency.boardId, boardId),
        eq(dependency.requesterKey, objectKey),
        ne(dependency.status, 'withdrawn'),
      ),
    );
  return rows.map((row) => ({
    key: row.objectKey,
    what: row.what,
    status: row.status,
    hard: row.hard,
    needsChoice: needsChoice(stateOfDependency(row)),
  }));
}

/** When the period of a board is closed: at the end of the day chosen in the commit review. */
export async function readClose(
  queries: Queries,
  boardId: string | null,
  zone: TimeZone,
): Promise<Instant | null> {
  if (boardId === null) return null;
  const [row] = await queries.select({ rhythm: board.rhythm }).from(board).where(eq(board.id, boardId));
  return row?.rhythm ? endOfDay(row.rhythm.closeOn, zone) : null;
}
