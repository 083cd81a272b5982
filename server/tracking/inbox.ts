import { and, eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import { union } from 'drizzle-orm/pg-core';
import type { Standing } from '#domain/access/standing.ts';
import type { CommitmentRow, DependencyRow } from '#protocol/views/tracking.ts';
import type { Tracking } from '../app-tracking.ts';
import type { Viewer } from '../app.ts';
import { commitment, dependency } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { listCommitments, momentOf, type Moment } from './commitment-view.ts';
import { isVisible, listDependencies, viewDependency } from './dependency-view.ts';
import { requesterJoin } from './dependency-rows.ts';
import { readOneTap } from './one-tap.ts';
import { seenPromises } from './seen.ts';
import { actorOf, standingOf } from './standing.ts';

/** Moves that answer something: who may make one is being waited for. */
const answers = ['accept', 'accept-counter', 'confirm', 'choose'];

/** True when one of the moves this viewer may make is an answer. */
export const isToAnswer = ({ moves }: { readonly moves: readonly string[] }): boolean =>
  moves.some((move) => answers.includes(move));

/** What a team needs of itself is a note on its card and never an ask somebody has to answer (board.md B2). */
export const isOwnTeam = (row: typeof dependency.$inferSelect): boolean =>
  row.providerTeamId !== null && row.providerTeamId === row.requesterTeamId;

/** What waits for this person, what others wait for from him, and what he waits for. */
export async function readInbox(
  queries: Queries,
  viewer: Viewer,
): Promise<Awaited<ReturnType<Tracking['inbox']>>> {
  const { organisationId, personId } = viewer;
  const moment = momentOf(viewer);
  const standing = await standingOf(queries, viewer);
  const eyes = { actor: actorOf(viewer), standing, seer: viewer };
  const speaksFor = speaksForTeams(standing);
  const [own, countered, standIns, asks] = await Promise.all([
    listCommitments(queries, ownToLookAt(viewer), moment),
    listCommitments(queries, counteredBefore(viewer, speaksFor), moment),
    readStandIns(queries, viewer, standing, moment),
    listDependencies(
      queries,
      and(
        eq(dependency.organisationId, organisationId),
        inArray(dependency.status, [
          ...['draft', 'requested', 'countered', 'accepted', 'delivered', 'declined', 'revoked'],
        ]),
        inArray(dependency.id, concerning(queries, organisationId, personId, standing)),
      ),
    ),
  ]);
  const rows = asks
    .filter((it) => isVisible(it, eyes) && !isOwnTeam(it.row))
    .map((it) => viewDependency(it, moment, eyes));
  const answering = rows.filter(isToAnswer);
  const isMine = (it: DependencyRow): boolean =>
    it.requesterOwnerId === personId || standing.leadOf.includes(it.requesterTeamId ?? '');
  const doneByMe = (it: DependencyRow): boolean =>
    it.providerPersonId === personId || standing.leadOf.includes(it.providerTeamId ?? '');
  const toCheckIn = own.filter(({ slot }) => slot !== null);
  const asked = [...toCheckIn, ...standIns].filter(({ slot }) => slot !== null).map(({ id }) => id);
  return {
    toAccept: own.filter(({ id, status }) => status === 'proposed' && !countered.some((it) => it.id === id)),
    toAgree: countered.filter(({ teamId }) => teamId !== null && speaksFor.includes(teamId)),
    toCheckIn,
    oneTap: await readOneTap(queries, organisationId, asked, moment.at),
    mine: own,
    standingIn: standIns,
    toAnswer: answering,
    waitingOnMe: rows.filter((it) => it.status === 'accepted' && doneByMe(it)),
    iWaitOn: rows.filter((it) => ['requested', 'countered', 'accepted'].includes(it.status) && isMine(it)),
  };
}

/** What waits for an answer of somebody who named this person: for one promise, or for all of them during a leave. */
async function readStandIns(
  queries: Queries,
  viewer: Viewer,
  { standsInFor = [] }: Standing,
  moment: Moment,
): Promise<readonly CommitmentRow[]> {
  const { organisationId, personId } = viewer;
  const namedHere = sql`${commitment.state}->>'delegate' = ${personId}`;
  if (standsInFor.length === 0) {
    // Nearly nobody is named: one look into the index of delegates spares everybody else the whole list.
    const [named] = await queries
      .select({ id: commitment.id })
      .from(commitment)
      .where(and(eq(commitment.organisationId, organisationId), namedHere))
      .limit(1);
    if (named === undefined) return [];
  }
  const theirs = await listCommitments(
    queries,
    and(
      eq(commitment.organisationId, organisationId),
      seenPromises(viewer),
      or(namedHere, standsInFor.length === 0 ? undefined : inArray(commitment.ownerId, [...standsInFor])),
      inArray(commitment.status, ['proposed', 'committed']),
    ),
    moment,
  );
  return theirs.filter(
    ({ ownerId, status, slot }) => ownerId !== personId && (status === 'proposed' || slot !== null),
  );
}

/** A person's own promises, asked for and running. */
export const ownToLookAt = ({ organisationId, personId }: Viewer): SQL | undefined =>
  and(
    eq(commitment.organisationId, organisationId),
    eq(commitment.ownerId, personId),
    inArray(commitment.status, ['proposed', 'committed']),
  );

/** An owner who asked for something else has answered: the team's lead is next. */
export function counteredBefore(viewer: Viewer, teams: readonly string[]): SQL | undefined {
  const { organisationId, personId } = viewer;
  return and(
    eq(commitment.organisationId, organisationId),
    seenPromises(viewer),
    eq(commitment.status, 'proposed'),
    sql`${commitment.state}->'counter' <> 'null'::jsonb`,
    or(
      eq(commitment.ownerId, personId),
      teams.length === 0 ? undefined : inArray(commitment.teamId, [...teams]),
    ),
  );
}

/** Teams this person answers for: those they lead, and their own that nobody leads. */
export const speaksForTeams = ({ leadOf, memberOf, leaderless }: Standing): readonly string[] => [
  ...leadOf,
  ...leaderless.filter((team) => memberOf.includes(team)),
];

/** Asks of a person's own objectives, those they promised to deliver, and those of their teams: each by its own index. */
export function concerning(
  queries: Queries,
  organisationId: string,
  personId: string,
  { leadOf, memberOf }: Standing,
) {
  const teams = [...new Set([...leadOf, ...memberOf])];
  const ids = () => queries.select({ id: dependency.id }).from(dependency);
  const mine = ids()
    .innerJoin(commitment, requesterJoin)
    .where(and(eq(commitment.organisationId, organisationId), eq(commitment.ownerId, personId)));
  const promised = ids().where(eq(dependency.providerPersonId, personId));
  if (teams.length === 0) return union(mine, promised);
  const ofTeams = (column: typeof dependency.requesterTeamId | typeof dependency.providerTeamId) =>
    ids().where(and(eq(dependency.organisationId, organisationId), inArray(column, teams)));
  return union(mine, promised, ofTeams(dependency.requesterTeamId), ofTeams(dependency.providerTeamId));
}
