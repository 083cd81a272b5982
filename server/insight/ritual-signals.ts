import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Session } from '#domain/facilitation/session.ts';
import type { Signal, SignalSettings } from '#domain/signal/signal.ts';
import { rhythmLapses, type MeetingFacts } from '#domain/signal/w10-rhythm-lapses.ts';
import { commitment, ritual, ritualTeam, session } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { Scope } from './scope.ts';

/** Meetings looked at of each ritual: enough for "three of the last four" with some that were not counted. */
const MEETINGS = 12;

/** W10 of the rituals of a scope's teams; those of the whole organisation come with everybody's. */
export async function readRitualSignals(
  queries: Queries,
  scope: Scope,
  settings: SignalSettings,
): Promise<readonly Signal[]> {
  const { organisationId, of } = scope;
  if (of !== null && of.teams.length === 0) return [];
  const theirs =
    of === null
      ? undefined
      : inArray(
          ritual.id,
          queries
            .select({ id: ritualTeam.ritualId })
            .from(ritualTeam)
            .where(inArray(ritualTeam.teamId, [...of.teams])),
        );
  const rituals = await queries
    .select({
      id: ritual.id,
      title: ritual.title,
      quorum: sql<number | null>`(${ritual.state}->'terms'->>'quorum')::int`,
    })
    .from(ritual)
    .where(and(eq(ritual.organisationId, organisationId), isNull(ritual.endedAt), theirs));
  if (rituals.length === 0) return [];
  const ids = rituals.map(({ id }) => id);
  const [places, meetings] = await Promise.all([
    queries.select().from(ritualTeam).where(inArray(ritualTeam.ritualId, ids)),
    readMeetings(queries, rituals, scope),
  ]);
  const teams = Map.groupBy(places, ({ ritualId }) => ritualId);
  const everybodys = of === null && teams.size < rituals.length;
  const weights = await readWeights(queries, organisationId, everybodys ? null : places);
  return rituals.flatMap(({ id, title }) => {
    const its = (teams.get(id) ?? []).map(({ teamId }) => teamId);
    const hangs = its.length === 0 ? [...weights.values()] : its.map((team) => weights.get(team) ?? 1);
    const facts = {
      ...{ id, title, teams: its, weight: Math.max(1, ...hangs) },
      meetings: meetings.get(id) ?? [],
    };
    return rhythmLapses(facts, settings) ?? [];
  });
}

async function readMeetings(
  queries: Queries,
  rituals: readonly { readonly id: string; readonly quorum: number | null }[],
  { at }: Scope,
): Promise<ReadonlyMap<string, readonly MeetingFacts[]>> {
  if (rituals.length === 0) return new Map();
  const rows = await queries.execute<{
    id: string;
    ritual_id: string;
    starts_at: string;
    status: MeetingFacts['status'];
  }>(sql`
    select o.id, o.ritual_id, o.starts_at, o.status
    from (select value::uuid as id from jsonb_array_elements_text(${JSON.stringify(rituals.map(({ id }) => id))}::jsonb)) as wanted
    cross join lateral (
      select * from occurrence o
      where o.ritual_id = wanted.id and o.starts_at <= ${new Date(at).toISOString()}::timestamptz
      order by o.original_date desc limit ${MEETINGS}
    ) as o
    order by o.starts_at`);
  const held = rows.filter(({ status }) => status === 'held').map(({ id }) => id);
  const present = await readPresence(queries, held);
  const quorums = new Map(rituals.map(({ id, quorum }) => [id, quorum]));
  const byRitual = Map.groupBy(rows, ({ ritual_id }) => ritual_id);
  return new Map(
    [...byRitual].map(([id, its]) => [
      id,
      its.map((it): MeetingFacts => {
        const quorum = quorums.get(id) ?? null;
        const came = present.get(it.id);
        return {
          at: Date.parse(it.starts_at),
          status: it.status,
          quorum: quorum === null || came === undefined ? null : came >= quorum,
        };
      }),
    ]),
  );
}

/** How many people were in the session of each meeting. */
async function readPresence(
  queries: Queries,
  occurrences: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (occurrences.length === 0) return new Map();
  const rows = await queries
    .select({ occurrenceId: session.occurrenceId, state: session.state })
    .from(session)
    .where(inArray(session.occurrenceId, [...occurrences]));
  return new Map(
    rows.flatMap(({ occurrenceId, state }) =>
      occurrenceId === null ? [] : [[occurrenceId, cameTo(state as Session)] as const],
    ),
  );
}

/** Everybody who was there at some time. */
const cameTo = (it: Session): number => Object.keys(it.people).length;

/** The heaviest thing each team has running; of every team when none are named. */
async function readWeights(
  queries: Queries,
  organisationId: string,
  teams: readonly { readonly teamId: string }[] | null,
): Promise<ReadonlyMap<string, number>> {
  const rows = await queries
    .select({ team: commitment.teamId, weight: sql<number>`max(${commitment.weight})::int` })
    .from(commitment)
    .where(
      and(
        eq(commitment.organisationId, organisationId),
        eq(commitment.status, 'committed'),
        teams === null
          ? undefined
          : inArray(
              commitment.teamId,
              teams.map(({ teamId }) => teamId),
            ),
      ),
    )
    .groupBy(commitment.teamId);
  return new Map(rows.flatMap(({ team, weight }) => (team === null ? [] : [[team, weight] as const])));
}
