import type { CalendarSettings } from '../src/domain/rhythm/planning-calendar.ts';
import type { RitualAsked } from '../src/domain/rhythm/ritual.ts';
import type { Instant, LocalDate } from '../src/domain/time.ts';
import type * as views from '../src/protocol/views/rhythm.ts';
import type { PeriodView } from '../src/protocol/views/organisation.ts';
import type { Result, Viewer } from './app-viewer.ts';

/** Planning calendar, days off, rituals and calendar feeds (tracking.md T1, T2). */
export interface Rhythm {
  /** Versions of the planning calendar, newest first; there is always one. */
  calendars(viewer: Viewer): Promise<readonly views.CalendarVersionView[]>;
  /** The year that holds `on` as it would be cut; nothing is written. */
  previewCalendar(viewer: Viewer, settings: CalendarSettings, on?: LocalDate): Result<views.CalendarPreview>;
  /** Saves it for the periods that have not begun; closed and running ones stay. */
  saveCalendar(viewer: Viewer, settings: CalendarSettings): Result<views.CalendarVersionView>;
  /**
   * The year that holds a day, drawn from stored periods; of an earlier version as they were stored while it was in force.
   * Null: nothing is there, or there is no such version.
   */
  picture(viewer: Viewer, on?: LocalDate, version?: number): Promise<views.CalendarPicture | null>;
  /** The running period that planning and close serve; null in a gap. */
  planPeriod(viewer: Viewer, on?: LocalDate): Promise<PeriodView | null>;
  setTeamZone(viewer: Viewer, teamId: string, zone: string | null): Result<true>;

  daysOff(viewer: Viewer): Promise<readonly views.DayOffView[]>;
  addDaysOff(
    viewer: Viewer,
    input: {
      kind: 'holiday' | 'freeze';
      teamId?: string | null;
      days: readonly { start: LocalDate; end: LocalDate; label: string }[];
    },
  ): Result<readonly views.DayOffView[]>;
  /** Days of a pasted list or an ICS file; refused whole with every line that is not understood. */
  readDays(
    viewer: Viewer,
    text: string,
  ): Result<readonly { start: LocalDate; end: LocalDate; label: string }[]>;
  removeDayOff(viewer: Viewer, id: string): Result<true>;
  leaves(viewer: Viewer): Promise<readonly views.LeaveView[]>;
  addLeave(
    viewer: Viewer,
    input: { personId: string; delegateId?: string | null; start: LocalDate; end: LocalDate },
  ): Result<views.LeaveView>;
  removeLeave(viewer: Viewer, id: string): Result<true>;

  rituals(
    viewer: Viewer,
    filter: { teamId?: string; boardId?: string },
  ): Promise<readonly views.RitualView[]>;
  /** Those that serve a board: booked on it, or held by its very teams anyway. */
  serving(viewer: Viewer, boardId: string): Promise<readonly views.RitualView[]>;
  ritual(viewer: Viewer, id: string): Result<views.RitualDetail>;
  /** What would be booked for a board or a team, by depth (tracking.md T18). */
  offers(viewer: Viewer, of: { boardId?: string; teamId?: string }): Result<readonly views.RitualOffer[]>;
  /** Books any number of rituals at once, or none. */
  book(viewer: Viewer, rituals: readonly RitualAsked[]): Result<readonly views.RitualView[]>;
  /** `change` (all still ahead), `split` (this and following), `skip`, `move`, `add`, `restore`, `end`. */
  actOnRitual(
    viewer: Viewer,
    id: string,
    command: string,
    input: Readonly<Record<string, unknown>>,
  ): Result<views.RitualDetail>;
  /** Anchor times in turn that share the burden between the zones of its teams. */
  rotationFor(
    viewer: Viewer,
    input: { teamIds: readonly string[]; zone: string; time: string; durationMinutes: number },
  ): Promise<readonly string[]>;

  /** Meetings that start in [from, to), earliest first, skipped ones too. A person's are those of their teams and of everybody. */
  nextOccurrences(
    viewer: Viewer,
    of: {
      teamId?: string;
      boardId?: string;
      ritualId?: string;
      personId?: string;
      from: Instant;
      to: Instant;
      limit?: number;
    },
  ): Promise<readonly views.OccurrenceView[]>;
  occurrence(viewer: Viewer, id: string): Result<views.OccurrenceView>;
  /** A meeting took place: said by the session that was started from it. Saying it twice is no fault. */
  markHeld(viewer: Viewer, occurrenceId: string, at: Instant): Result<true>;

  feeds(viewer: Viewer): Promise<readonly views.FeedView[]>;
  /** Makes a secret address; its token is told this once. */
  createFeed(
    viewer: Viewer,
    input: { kind: 'person' | 'team' | 'ritual'; subjectId?: string },
  ): Result<{ token: string; view: views.FeedView }>;
  revokeFeed(viewer: Viewer, id: string): Result<true>;
  /** The calendar behind a secret, with links to `origin`; the same refusal for unknown, revoked and left. */
  readFeed(token: string, origin?: string): Result<{ body: string; etag: string; name: string }>;

  /** Keeps periods and meetings made for the time ahead. */
  advance(): Promise<void>;
}
