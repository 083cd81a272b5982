import { and, asc, eq, exists, gte, inArray, lt, lte, not, or, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { addDays, localDateOf, startOfDay } from '#domain/rhythm/local-time.ts';
import type { RitualKind } from '#domain/rhythm/ritual.ts';
import { agendaCarriedInto } from '#domain/rhythm/skips-in-a-row.ts';
import type { Instant, LocalDate } from '#domain/time.ts';
import type { OccurrenceView } from '#protocol/views/rhythm.ts';
import type { Rhythm } from '../app-rhythm.ts';
import type { Viewer } from '../app.ts';
import { occurrence, ritual, ritualTeam, session, teamMember } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { seenRituals } from '../store/seen-rituals.ts';
import { toState, type RitualRow } from './ritual-rows.ts';

export const noSuchMeeting = refused('not-found', 'There is no such meeting in this organisation.');
/** How far back one looks for meetings skipped right before another, in days. */
const lookBackDays = 120;
const dayMs = 86_400_000;
/** A ritual beside the one that is asked about. */
const partOf = alias(ritual, 'part_of');

/** Meetings that start within a stretch of time, earliest first, with all that their ritual says of them. */
export async function nextOccurrences(
  queries: Queries,
  viewer: Viewer,
  of: Parameters<Rhythm['nextOccurrences']>[1],
): Promise<readonly OccurrenceView[]> {
  const { organisationId } = viewer;
  const asked = [of.teamId, of.boardId, of.ritualId, of.personId];
  if (asked.some((id) => id !== undefined && !isUuid(id))) return [];
  const rituals = await queries
    .select()
    .from(ritual)
    .where(
      and(eq(ritual.organisationId, organisationId), ritualsOf(queries, of), seenRituals(queries, viewer)),
    );
  const views = await viewMeetings(queries, organisationId, rituals, { from: of.from, to: of.to });
  const found = views.filter(({ startsAt }) => of.from <= startsAt && startsAt < of.to);
  return of.limit === undefined ? found : found.slice(0, of.limit);
}

/** Which rituals are whose: a team's own and everybody's; a person's by its teams, and those facilitated. */
export function ritualsOf(
  queries: Queries,
  of: {
    readonly teamId?: string;
    readonly boardId?: string;
    readonly ritualId?: string;
    /** All parts of the series that this ritual is of. */
    readonly seriesOf?: string;
    readonly personId?: string;
  },
): SQL | undefined {
  const ofTeams = (where: SQL | undefined): SQL =>
    exists(
      queries
        .select({ one: sql`1` })
        .from(ritualTeam)
        .where(and(eq(ritualTeam.ritualId, ritual.id), where)),
    );
  const ofEverybody = not(ofTeams(undefined));
  const mine = (personId: string): SQL | undefined =>
    or(
      ofEverybody,
      ofTeams(
        inArray(
          ritualTeam.teamId,
          queries.select({ id: teamMember.teamId }).from(teamMember).where(eq(teamMember.personId, personId)),
        ),
      ),
      sql`${ritual.state}->'rota' @> ${JSON.stringify([personId])}::jsonb`,
    );
  return and(
    of.ritualId === undefined ? undefined : eq(ritual.id, of.ritualId),
    of.seriesOf === undefined ? undefined : inArray(ritual.seriesId, seriesOf(queries, of.seriesOf)),
    of.boardId === undefined ? undefined : eq(ritual.boardId, of.boardId),
    of.teamId === undefined ? undefined : or(ofEverybody, ofTeams(eq(ritualTeam.teamId, of.teamId))),
    of.personId === undefined ? undefined : mine(of.personId),
  );
}

/** The series that a ritual is of. */
export const seriesOf = (queries: Queries, id: string) =>
  queries.select({ seriesId: partOf.seriesId }).from(partOf).where(eq(partOf.id, id));

/**
 * Meetings of rituals with facilitator, carried agenda and session; some days before `from` come along. An agenda is carried
 * through a whole series, from a part that was cut into the one that goes on.
 */
export async function viewMeetings(
  queries: Queries,
  organisationId: string,
  rituals: readonly RitualRow[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<readonly OccurrenceView[]> {
  if (rituals.length === 0) return [];
  const series = [...new Set(rituals.map(({ seriesId }) => seriesId))];
  const rows = await queries
    .select({ it: occurrence, series: ritual.seriesId, sessionId: session.id })
    .from(occurrence)
    .innerJoin(ritual, eq(ritual.id, occurrence.ritualId))
    .leftJoin(session, eq(session.occurrenceId, occurrence.id))
    .where(
      and(
        eq(occurrence.organisationId, organisationId),
        inArray(ritual.seriesId, series),
        gte(occurrence.startsAt, new Date(from - lookBackDays * dayMs)),
        lt(occurrence.startsAt, new Date(to)),
      ),
    )
    .orderBy(asc(occurrence.startsAt), asc(occurrence.originalDate));
  const turns = await readTurns(queries, rituals);
  const bySeries = Map.groupBy(rows, (row) => row.series);
  const views = rituals.flatMap((row) => {
    const state = toState(row);
    const all = (bySeries.get(row.seriesId) ?? []).map(({ it, sessionId }) => ({
      ...{
        ritualId: it.ritualId,
        id: it.id,
        originalDate: it.originalDate,
        status: it.status,
        moved: it.moved,
        reason: it.reason,
      },
      ...{ startsAt: it.startsAt.getTime(), endsAt: it.endsAt.getTime(), sessionId },
    }));
    const mine = all.filter(({ ritualId }) => ritualId === row.id);
    return mine.map((it): OccurrenceView => {
      const turn = turns.get(`${row.id} ${it.originalDate}`) ?? 0;
      return {
        ...{ series: row.seriesId, kind: row.kind, title: row.title },
        ...{ teamIds: state.teams, boardId: row.boardId, zone: state.zone, quorum: state.quorum },
        ...it,
        durationMinutes: Math.round((it.endsAt - it.startsAt) / 60_000),
        facilitatorId: state.rota[turn % Math.max(1, state.rota.length)] ?? null,
        carriesAgendaOf: agendaCarriedInto(all, it).map(({ id }) => id),
      };
    });
  });
  return views.sort((a, b) => a.startsAt - b.startsAt || a.title.localeCompare(b.title));
}

/** Which turn of its ritual a meeting is, for those whose facilitators take turns. */
async function readTurns(
  queries: Queries,
  rituals: readonly RitualRow[],
): Promise<ReadonlyMap<string, number>> {
  const turning = rituals.filter((row) => toState(row).rota.length > 1).map(({ id }) => id);
  if (turning.length === 0) return new Map();
  const rows = await queries
    .select({ ritualId: occurrence.ritualId, originalDate: occurrence.originalDate })
    .from(occurrence)
    .where(inArray(occurrence.ritualId, turning))
    .orderBy(asc(occurrence.originalDate));
  const counted = new Map<string, number>();
  return new Map(
    rows.map(({ ritualId, originalDate }) => {
      const turn = counted.get(ritualId) ?? 0;
      counted.set(ritualId, turn + 1);
      return [`${ritualId} ${originalDate}`, turn];
    }),
  );
}

/** One meeting. */
export async function readOccurrence(
  queries: Queries,
  viewer: Viewer,
  id: string,
): Promise<Outcome<OccurrenceView>> {
  const { organisationId } = viewer;
  if (!isUuid(id)) return noSuchMeeting;
  const [found] = await queries
    .select({ ritual, startsAt: occurrence.startsAt })
    .from(occurrence)
    .innerJoin(ritual, eq(ritual.id, occurrence.ritualId))
    .where(
      and(
        ...[eq(occurrence.id, id), eq(occurrence.organisationId, organisationId)],
        seenRituals(queries, viewer),
      ),
    );
  if (!found) return noSuchMeeting;
  const at = found.startsAt.getTime();
  const views = await viewMeetings(queries, organisationId, [found.ritual], { from: at, to: at + 1 });
  const view = views.find((it) => it.id === id);
  return view ? allowed(view) : noSuchMeeting;
}

/** Meetings to be drawn into a picture of days: all but weekly ones, which are every week. */
export async function ritualsOnDays(
  queries: Queries,
  viewer: Viewer,
  start: LocalDate,
  end: LocalDate,
): Promise<readonly { date: LocalDate; kind: RitualKind; title: string }[]> {
  const { organisationId, organisation } = viewer;
  const zone = organisation.timezone;
  const rows = await queries
    .select({ startsAt: occurrence.startsAt, kind: ritual.kind, title: ritual.title })
    .from(occurrence)
    .innerJoin(ritual, eq(ritual.id, occurrence.ritualId))
    .where(
      and(
        eq(occurrence.organisationId, organisationId),
        seenRituals(queries, viewer),
        not(eq(ritual.kind, 'weekly')),
        not(eq(occurrence.status, 'skipped')),
        gte(occurrence.startsAt, new Date(startOfDay(start, zone))),
        lte(occurrence.startsAt, new Date(startOfDay(addDays(end, 1), zone))),
      ),
    )
    .orderBy(asc(occurrence.startsAt));
  return rows.map(({ startsAt, kind, title }) => ({
    kind,
    title,
    date: localDateOf(startsAt.getTime(), zone),
  }));
}
