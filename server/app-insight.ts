import type { Instant, LocalDate } from '../src/domain/time.ts';
import type {
  AuditPage,
  MyPage,
  ObjectHistory,
  TeamPage,
  WarningView,
} from '../src/protocol/views/insight.ts';
import type { Result, Viewer } from './app-viewer.ts';

/** What should be noticed: early warnings, one's own page, the team's page, the history of any object. */
export interface Insight {
  /**
   * Warnings that hold now, heaviest first; those muted come last. Of one person, of a team, or of everybody: what a weekly
   * session opens with is `warnings(viewer, { teamIds })`.
   */
  warnings(
    viewer: Viewer,
    filter: {
      teamId?: string | undefined;
      teamIds?: readonly string[] | undefined;
      personId?: string | undefined;
    },
  ): Promise<readonly WarningView[]>;
  /** Not told again for so many days; for those whom it is meant for. */
  mute(viewer: Viewer, input: { rule: string; subjectId: string; days: number }): Result<true>;
  myPage(viewer: Viewer): Promise<MyPage>;
  /** `at`: as it was then, without load, urgent work and warnings. */
  teamPage(viewer: Viewer, teamId: string, at?: Instant): Result<TeamPage>;
  /** Enters what a team can do in a period, in person-weeks; null goes back to members times weeks. */
  setCapacity(
    viewer: Viewer,
    teamId: string,
    input: { periodId: string; personWeeks: number | null },
  ): Result<true>;
  /** Any object of the event log as it was, with its history until then. */
  history(viewer: Viewer, kind: string, id: string, at?: Instant): Result<ObjectHistory>;
  /** The event log of the organisation, newest first: by whom, of what kind, on which days. */
  audit(viewer: Viewer, filter: AuditFilter): Promise<AuditPage>;
  /** Keeps what was warned of, and tells what is said now (tracking.md T11). */
  keepSignals(): Promise<void>;
}

/** Which lines of the log; all of them when nothing is said. */
export interface AuditFilter {
  /** Who did it, or in whose name it was done. */
  readonly person?: string | undefined;
  readonly kind?: string | undefined;
  /** First and last local day. */
  readonly from?: LocalDate | undefined;
  readonly to?: LocalDate | undefined;
  /** Where the page before ended: its `next`. */
  readonly after?: string | undefined;
}
