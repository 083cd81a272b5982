import { and, asc, eq, inArray, isNull, lt, lte, sql, type SQL } from 'drizzle-orm';
import { openBases } from '#domain/commitment/commitment.ts';
import { flagsOf, isUrgentAsk } from '#domain/dependency/flags.ts';
import type { RowSource } from '#domain/facilitation/agenda.ts';
import type { Session } from '#domain/facilitation/session.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import type { Instant } from '#domain/time.ts';
import { thresholdsIn } from '../store/read-thresholds.ts';
import { assumption, commitment, decision, organisation } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { stateOf } from '../tracking/commitment-rows.ts';
import { listCommitments, type Moment } from '../tracking/commitment-view.ts';
import { listDependencies } from '../tracking/dependency-view.ts';
import type { OpenRow } from './open-rows.ts';
import { asksIn, plannedIn, roomSees, teamsOf } from './scope.ts';

const watched: readonly RowSource[] = ['check-ins', 'dependencies', 'decisions', 'assumptions'];

/** Rows that need somebody by what the organisation's clock says: whoever looks, they are the same. */
export async function readUrgent(
  queries: Queries,
  organisationId: string,
  it: Session,
  source: RowSource,
  realNow: Instant,
): Promise<readonly OpenRow[]> {
  if (!watched.includes(source)) return [];
  const moment = await readMoment(queries, organisationId, realNow);
  switch (source) {
    case 'check-ins':
      return readDueCheckIns(queries, organisationId, it, moment);
    case 'dependencies':
      return readUrgentAsks(queries, organisationId, it, moment);
    case 'decisions':
      return readDueEntries(queries, organisationId, it, dueDecisions(moment));
    case 'assumptions':
      return [
        ...(await readFailedBases(queries, organisationId, it)),
        ...(await readDueEntries(queries, organisationId, it, dueChecks(moment))),
      ];
    default:
      return [];
  }
}

/** The organisation's now: the example has a clock of its own. */
async function readMoment(queries: Queries, organisationId: string, at: Instant): Promise<Moment> {
  const [found] = await queries
    .select({ zone: organisation.timezone, clockNow: organisation.clockNow, settings: organisation.settings })
    .from(organisation)
    .where(eq(organisation.id, organisationId));
  return {
    ...{ at: found?.clockNow?.getTime() ?? at, zone: found?.zone ?? 'UTC' },
    settings: thresholdsIn(found?.settings),
  };
}

async function readDueCheckIns(
  queries: Queries,
  organisationId: string,
  it: Session,
  moment: Moment,
): Promise<readonly OpenRow[]> {
  const where = and(plannedIn(organisationId, it), eq(commitment.status, 'committed'));
  const rows = await listCommitments(queries, where, moment);
  return rows
    .filter(({ slot }) => slot !== null)
    .map(({ id, statement }) => ({ id, title: statement, ask: 'where does it stand?' }));
}

async function readUrgentAsks(
  queries: Queries,
  organisationId: string,
  it: Session,
  moment: Moment,
): Promise<readonly OpenRow[]> {
  const { at, zone, settings } = moment;
  const rows = await listDependencies(queries, asksIn(organisationId, it));
  return rows.flatMap(({ row, state }) => {
    const flags = flagsOf(state, at, { zone, settings: settings.tracking });
    return isUrgentAsk(flags)
      ? [{ id: row.id, title: state.ask.what, ask: `${wordsOf(flags)}, what now?` }]
      : [];
  });
}

async function readFailedBases(
  queries: Queries,
  organisationId: string,
  it: Session,
): Promise<readonly OpenRow[]> {
  const rows = await queries
    .select({ id: commitment.id, title: commitment.statement, state: commitment.state })
    .from(commitment)
    .where(
      and(
        plannedIn(organisationId, it),
        eq(commitment.status, 'committed'),
        sql`${commitment.state} ? 'bases'`,
      ),
    )
    .orderBy(asc(commitment.statement));
  return rows.flatMap((row) =>
    openBases(stateOf(row))
      .slice(0, 1)
      .map(({ statement }) => ({
        ...{ id: row.id, title: row.title },
        ask: `“${statement}” failed; go on, change it or drop it?`,
      })),
  );
}

/** A register's entries whose day has come, and what is asked of each. */
async function readDueEntries(
  queries: Queries,
  organisationId: string,
  it: Session,
  { table, day, due, ask }: DueEntries,
): Promise<readonly OpenRow[]> {
  const rows = await queries
    .select({ id: table.id, title: table.title })
    .from(table)
    .where(and(await entriesIn(queries, organisationId, it, table), due))
    .orderBy(asc(day), asc(table.title));
  return rows.map((row) => ({ ...row, ask }));
}

interface DueEntries {
  readonly table: typeof decision | typeof assumption;
  /** The day each waits for. */
  readonly day: typeof decision.neededBy | typeof assumption.nextCheck;
  readonly due: SQL | undefined;
  readonly ask: string;
}

/** Open questions past the day on which they were needed. */
const dueDecisions = ({ at, zone }: Moment): DueEntries => ({
  ...{ table: decision, day: decision.neededBy, ask: 'what is decided?' },
  due: and(eq(decision.status, 'open'), lt(decision.neededBy, localDateOf(at, zone))),
});

/** Assumptions of which somebody has to see by now whether they still hold. */
const dueChecks = ({ at, zone }: Moment): DueEntries => ({
  ...{ table: assumption, day: assumption.nextCheck, ask: 'does it still hold?' },
  due: and(
    inArray(assumption.status, ['untested', 'valid', 'doubtful']),
    lte(assumption.nextCheck, localDateOf(at, zone)),
  ),
});

/** Entries a session is about, as its sections list them: its team's, else its board's, else everybody's. */
async function entriesIn(
  queries: Queries,
  organisationId: string,
  it: Session,
  table: typeof decision | typeof assumption,
) {
  const teams = it.board !== null && it.team === null ? [] : await teamsOf(queries, it);
  return and(
    eq(table.organisationId, organisationId),
    isNull(table.closedAt),
    roomSees(table.boardId, it),
    teams === null || teams.length === 0 ? undefined : inArray(table.teamId, [...teams]),
    it.team === null && it.board !== null ? eq(table.boardId, it.board) : undefined,
  );
}

const wordsOf = (flags: readonly string[]): string =>
  flags.map((flag) => flag.replaceAll('-', ' ')).join(', ');
