import { and, eq, isNull } from 'drizzle-orm';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { windowDays } from '#domain/rhythm/decide-ritual.ts';
import { expandRitual } from '#domain/rhythm/expand-ritual.ts';
import { fairRotation } from '#domain/rhythm/fair-rotation.ts';
import { addDays, isLocalTime, localDateOf } from '#domain/rhythm/local-time.ts';
import { ritualOffers } from '#domain/rhythm/ritual-offers.ts';
import { ritualWords } from '#domain/rhythm/ritual-words.ts';
import type { RitualOffer } from '#protocol/views/rhythm.ts';
import type { Rhythm } from '../app-rhythm.ts';
import type { Viewer } from '../app.ts';
import { isTimeZone } from '../organisations/time-zone.ts';
import { team } from '../store/schema.ts';
import { isUuid } from '../store/uuid.ts';
import { readWorkingDays } from '../tracking/working-days.ts';
import { readCalendar } from './calendar-rows.ts';
import type { RhythmDeps } from './deps.ts';
import { readGround } from './ground.ts';
import { servingRituals, teamsOfBoard } from './serving-rituals.ts';

/** Meetings an offer shows. */
const shown = 3;

/** The rituals that could be booked for a board or a team, with the first days they would be held on (T14, T18). */
export async function offerRituals(
  { store, boardRight }: RhythmDeps,
  viewer: Viewer,
  of: Parameters<Rhythm['offers']>[1],
): Promise<Outcome<readonly RitualOffer[]>> {
  const { organisationId, organisation } = viewer;
  const { boardId = null, teamId = null } = of;
  if (boardId !== null && (!isUuid(boardId) || (await boardRight(viewer, boardId)) === 'none')) {
    return refused('not-found', 'There is no such board in this organisation.');
  }
  const teams = teamId !== null ? [teamId] : boardId === null ? [] : await teamsOfBoard(store.db, boardId);
  const days = await readWorkingDays(store.db, organisationId);
  const { settings } = await readCalendar(store.db, organisationId);
  const zone = days.zoneOf(teams.length === 1 ? (teams[0] ?? null) : null);
  const today = localDateOf(organisation.now, zone);
  const offered = ritualOffers({
    ...{ depth: organisation.depth, teams, board: boardId, zone, planPeriod: settings.planPeriod },
    starts: addDays(today, 1),
  });
  const groundOf = await readGround(store.db, organisationId);
  const serving = await servingRituals(store.db, viewer, { boardId, teams });
  const booked = new Set(serving.map(({ kind }) => kind));
  return allowed(
    offered.map((terms) => {
      const state = { ...terms, series: '', exceptions: [], bookedBy: null, endedAt: null };
      const first = expandRitual(state, addDays(today, windowDays), groundOf(terms))
        .slice(0, shown)
        .map(({ startsAt }) => startsAt);
      return { terms, words: ritualWords(terms), first, booked: booked.has(terms.kind) };
    }),
  );
}

/** Times in turn for teams in several zones; the one that was asked for where it suits all. */
export async function offerRotation(
  { store }: RhythmDeps,
  viewer: Viewer,
  { teamIds, zone, time, durationMinutes }: Parameters<Rhythm['rotationFor']>[1],
): Promise<readonly string[]> {
  if (!isTimeZone(zone) || !isLocalTime(time)) return [];
  const rows = await store.db
    .select({ id: team.id, zone: team.timezone })
    .from(team)
    .where(and(eq(team.organisationId, viewer.organisationId), isNull(team.archivedAt)));
  const theirs = rows.filter(({ id }) => teamIds.length === 0 || teamIds.includes(id));
  const zones = theirs.map((it) => it.zone ?? viewer.organisation.timezone);
  const on = localDateOf(viewer.organisation.now, zone);
  return fairRotation(zone, zones, time, durationMinutes, on);
}
