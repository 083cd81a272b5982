import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { allowed, type Outcome } from '#domain/outcome.ts';
import type { BusinessCalendar } from '#domain/rhythm/business-days.ts';
import { dueBeforeSession } from '#domain/rhythm/cadence.ts';
import type { CalendarSettings } from '#domain/rhythm/planning-calendar.ts';
import type { RitualAsked } from '#domain/rhythm/ritual.ts';
import type { LocalDate } from '#domain/time.ts';
import type { Rhythm } from '../app-rhythm.ts';
import type { Viewer } from '../app.ts';
import { ritual } from '../store/schema.ts';
import type { Transaction } from '../store/store.ts';
import { readRuleFacts } from '../tracking/rule-facts.ts';
import { advanceRhythm } from './advance.ts';
import { actOnRitual, bookRituals, bookWithin, managedBoards } from './arrange-rituals.ts';
import { beginCalendar } from './begin-calendar.ts';
import { readBookedSessions } from './booked-sessions.ts';
import {
  listCalendars,
  previewCalendar,
  readPlanPeriod,
  saveCalendar,
  storedPicture,
  todayOf,
} from './calendars.ts';
import { addDaysOff, listDaysOff, removeDayOff } from './days-off.ts';
import type { RhythmDeps } from './deps.ts';
import { createFeed, listFeeds, revokeFeed } from './feeds.ts';
import { addLeave, listLeaves, removeLeave } from './leaves.ts';
import { markHeld } from './mark-held.ts';
import { nextOccurrences, readOccurrence } from './occurrences.ts';
import { offerRituals, offerRotation } from './offers.ts';
import { readDays } from './read-days.ts';
import { parse } from '../organisations/input.ts';
import { readFeed } from './read-feed.ts';
import { ritualTerms } from './ritual-input.ts';
import { teamsOfBoard } from './serving-rituals.ts';
import { setTeamZone } from './team-zone.ts';
import { listRituals, listServing, readRitual } from './view-rituals.ts';

/** The rhythm as pages and API know it, and what planning asks of it around a commit. */
export interface RhythmPart extends Rhythm {
  /** When check-ins of a board are best due, a day before its weekly meeting, and when its period is closed; null: not booked. */
  bookedFor(
    viewer: Viewer,
    boardId: string,
    period: { readonly end: LocalDate } | null,
  ): Promise<{ due: { weekday: number; time: string } | null; closeOn: LocalDate | null }>;
  /** Gives an organisation that has planned nothing yet the calendar it always had. */
  beginCalendar(viewer: Viewer, settings: CalendarSettings): Promise<Outcome<true>>;
  /** Days on which everybody of an organisation works. */
  workingDays(organisationId: string): Promise<BusinessCalendar>;
  /** Checks that the viewer may book these; then `bookFromCommit` books them within the commit's transaction. */
  prepareBooking(viewer: Viewer, rituals: readonly RitualAsked[]): Promise<Outcome<ReadonlySet<string>>>;
  bookFromCommit(
    tx: Transaction,
    viewer: Viewer,
    rituals: readonly RitualAsked[],
    manages: ReadonlySet<string>,
  ): Promise<Outcome<readonly string[]>>;
}

/** Calendar, days off, rituals and feeds on one store. */
export function createRhythm(deps: RhythmDeps): RhythmPart {
  const { store } = deps;
  return {
    calendars: (viewer) => listCalendars(deps, viewer),
    previewCalendar: (viewer, settings, on) => previewCalendar(deps, viewer, settings, on),
    saveCalendar: (viewer, settings) => saveCalendar(deps, viewer, settings),
    picture: (viewer, on, version) => storedPicture(deps, viewer, on, version),
    planPeriod: (viewer, on) => readPlanPeriod(deps, viewer, on),
    setTeamZone: (viewer, teamId, zone) => setTeamZone(deps, viewer, teamId, zone),
    daysOff: (viewer) => listDaysOff(store.db, viewer.organisationId),
    addDaysOff: (viewer, input) => addDaysOff(deps, viewer, input),
    readDays: (viewer, text) => Promise.resolve(readDays(text, todayOf(viewer))),
    removeDayOff: (viewer, id) => removeDayOff(deps, viewer, id),
    leaves: (viewer) => listLeaves(deps, viewer),
    addLeave: (viewer, input) => addLeave(deps, viewer, input),
    removeLeave: (viewer, id) => removeLeave(deps, viewer, id),
    rituals: (viewer, filter) => listRituals(deps, viewer, filter),
    serving: (viewer, boardId) => listServing(deps, viewer, boardId),
    ritual: (viewer, id) => readRitual(deps, viewer, id),
    offers: (viewer, of) => offerRituals(deps, viewer, of),
    async book(viewer, rituals) {
      const booked = await bookRituals(deps, viewer, rituals);
      if (!booked.ok) return booked;
      const views = [];
      for (const id of booked.value) {
        const view = await readRitual(deps, viewer, id);
        if (!view.ok) return view;
        views.push(view.value);
      }
      return allowed(views);
    },
    async actOnRitual(viewer, id, command, input) {
      const acted = await actOnRitual(deps, viewer, id, command, input);
      return acted.ok ? readRitual(deps, viewer, acted.value) : acted;
    },
    rotationFor: (viewer, input) => offerRotation(deps, viewer, input),
    nextOccurrences: (viewer, of) => nextOccurrences(store.db, viewer, of),
    occurrence: (viewer, id) => readOccurrence(store.db, viewer, id),
    markHeld: (viewer, occurrenceId, at) => markHeld(deps, viewer, occurrenceId, at),
    feeds: (viewer) => listFeeds(deps, viewer),
    createFeed: (viewer, input) => createFeed(deps, viewer, input),
    revokeFeed: (viewer, id) => revokeFeed(deps, viewer, id),
    readFeed: (token, origin) => readFeed(deps, token, origin ?? null),
    advance: () => advanceRhythm(deps),
    async bookedFor(viewer, boardId, period) {
      const teams = await teamsOfBoard(store.db, boardId);
      const { weekly, closeOn } = await readBookedSessions(store.db, viewer, { boardId, teams, period });
      return { due: weekly === null ? null : dueBeforeSession(weekly), closeOn };
    },
    beginCalendar: (viewer, settings) => beginCalendar(deps, viewer, settings),
    workingDays: async (organisationId) => (await readRuleFacts(store.db, organisationId))(null).calendar,
    prepareBooking: (viewer, rituals) => managedBoards(deps, viewer, rituals),
    async bookFromCommit(tx, viewer, rituals, manages) {
      const there = await tx
        .select({ kind: ritual.kind, board: ritual.boardId })
        .from(ritual)
        .where(and(eq(ritual.organisationId, viewer.organisationId), isNull(ritual.endedAt)));
      const missing = rituals.filter(
        (it) => !there.some(({ kind, board }) => kind === it.kind && board === it.board),
      );
      const checked = parse(z.array(ritualTerms), missing);
      return checked.ok ? bookWithin(tx, deps, viewer, checked.value, manages) : checked;
    },
  };
}
