import { and, eq, inArray, isNull, notInArray, or, sql, type SQL } from 'drizzle-orm';
import { isGuest } from '#domain/facilitation/guests.ts';
import type { Session } from '#domain/facilitation/session.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import type { Ritual } from '#domain/rhythm/ritual.ts';
import type { Signal } from '#domain/signal/signal.ts';
import { rhythmLapses, type MeetingFacts } from '#domain/signal/w10-rhythm-lapses.ts';
import type { Instant } from '#domain/time.ts';
import { commitment, ritual, ritualTeam, session } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isEmpty, type Scope } from './scope.ts';

/** Meetings looked at of each ritual, back and ahead: enough for "three of the last four" with some that were not counted. */
const MEETINGS = 12;

type RitualRow = typeof ritual.$inferSelect;

/** W10 of the rituals of a scope's teams, and of those of no team that its person booked. */
export async function readRitualSignals(queries: Queries, scope: Scope): Promise<readonly Signal[]> {
  const { organisationId } = scope;
  if (isEmpty(scope)) return [];
  const found = await queries
    .select()
    .from(ritual)
    .where(and(eq(ritual.organisationId, organisationId), isNull(ritual.endedAt), ofScope(queries, scope)));
  const rituals = heldNow(found, scope.at);
  if (rituals.length === 0) return [];
  const ids = rituals.map(({ id }) => id);
  const [places, meetings] = await Promise.all([
    queries.select().from(ritualTeam).where(inArray(ritualTeam.ritualId, ids)),
    readMeetings(queries, rituals, scope),
  ]);
  const teams = Map.groupBy(places, ({ ritualId }) => ritualId);
  const everybodys = teams.size < rituals.length;
  const weights = await readWeights(queries, organisationId, everybodys ? null : places);
  return rituals.flatMap(({ id, title, state }) => {
    const its = (teams.get(id) ?? []).map(({ teamId }) => teamId);
    const hangs = its.length === 0 ? [...weights.values()] : its.map((team) => weights.get(team) ?? 1);
    const facts = {
      ...{ id, title, teams: its, bookedBy: (state as Ritual).bookedBy, weight: Math.max(1, ...hangs) },
      meetings: meetings.get(id) ?? [],
    };
    return rhythmLapses(facts, scope.settings, scope.at) ?? [];
  });
}

function ofScope(queries: Queries, { of }: Scope) {
  if (of === null) return undefined;
  const ofTeams = (some?: SQL) => queries.select({ id: ritualTeam.ritualId }).from(ritualTeam).where(some);
  const bookedBy = sql`${ritual.state}->>'bookedBy'`;
  return or(
    of.teams.length === 0
      ? undefined
      : inArray(ritual.id, ofTeams(inArray(ritualTeam.teamId, [...of.teams]))),
    of.person === null ? undefined : and(eq(bookedBy, of.person), notInArray(ritual.id, ofTeams())),
  );
}

/** Of a split series the part that is held now; one whose last day has been is nobody's to hold any more. */
function heldNow(found: readonly RitualRow[], at: Instant): readonly RitualRow[] {
  const last = ({ ends }: RitualRow): string => ends ?? '9999-12-31';
  const ahead = found.filter((it) => last(it) >= localDateOf(at, (it.state as Ritual).zone));
  const first = new Map<string, RitualRow>();
  for (const it of ahead) {
    const other = first.get(it.seriesId);
    if (other === undefined || last(it) < last(other)) first.set(it.seriesId, it);
  }
  return [...first.values()];
}

/** Meetings round now of each ritual, with those of the earlier parts of its series. */
async function readMeetings(
  queries: Queries,
  rituals: readonly RitualRow[],
  { at }: Scope,
): Promise<ReadonlyMap<string, readonly MeetingFacts[]>> {
  const now = new Date(at).toISOString();
  const rows = await queries.execute<{
    id: string;
    series_id: string;
    starts_at: string;
    status: MeetingFacts['status'];
  }>(sql`
    select o.id, r.series_id, o.starts_at, o.status
    from (
      select value::uuid as series from jsonb_array_elements_text(${JSON.stringify(rituals.map((it) => it.seriesId))}::jsonb)
    ) as wanted
    join ritual r on r.series_id = wanted.series
    cross join lateral (
      (select * from occurrence o
        where o.ritual_id = r.id and o.starts_at <= ${now}::timestamptz
        order by o.original_date desc limit ${MEETINGS})
      union all
      (select * from occurrence o
        where o.ritual_id = r.id and o.starts_at > ${now}::timestamptz
          and o.original_date > (${now}::timestamptz - interval '60 days')::date
        order by o.original_date limit ${MEETINGS})
    ) as o
    order by o.starts_at`);
  const held = rows.filter(({ status }) => status === 'held').map(({ id }) => id);
  const present = await readPresence(queries, held);
  const bySeries = Map.groupBy(rows, ({ series_id }) => series_id);
  return new Map(
    rituals.map(({ id, seriesId, state }) => [
      id,
      (bySeries.get(seriesId) ?? []).map((it): MeetingFacts => {
        const { quorum } = state as Ritual;
        const came = present.get(it.id);
        return {
          startsAt: Date.parse(it.starts_at),
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
const cameTo = (it: Session): number =>
  Object.keys(it.people).filter((person) => !isGuest(it, person)).length;

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
