import type { Part } from '#domain/depth/depth.ts';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GuardCommand } from '../src/domain/access/change-guard.ts';
import type { BoardArea } from '#domain/facilitation/section-tools.ts';
import type { BoardGuard } from '../src/domain/access/guard.ts';
import type { OrganisationRole, TeamRole, BoardRight } from '../src/domain/access/roles.ts';
import type { Plan, PlanProblem } from '../src/domain/plan/plan.ts';
import type { RitualAsked } from '../src/domain/rhythm/ritual.ts';
import type { LocalDate } from '../src/domain/time.ts';
import type * as views from '../src/protocol/views/board.ts';
import type {
  BoardHistory,
  BoardMoment,
  MomentAsked,
  RestoreResult,
} from '../src/protocol/views/board-history.ts';
import type { ThresholdChange } from '#domain/settings/thresholds.ts';
import type { ThresholdView } from '#protocol/views/thresholds.ts';
import type * as people from '../src/protocol/views/organisation.ts';
import type { Auth } from './app-auth.ts';
import type { Notify } from './app-notify.ts';
import type { Provisioning } from './app-provisioning.ts';
import type { Registers } from './app-registers.ts';
import type { Rhythm } from './app-rhythm.ts';
import type { Insight } from './app-insight.ts';
import type { Facilitation } from './app-facilitation.ts';
import type { Tracking } from './app-tracking.ts';
import type { Client, Result, Viewer } from './app-viewer.ts';

/**
 * The one application object: made in `main.ts` (or by the development plugin), handed to the built pages under
 * `Symbol.for('throughline.application')` on globalThis, reached by routes as `event.locals.app`. Routes and API know
 * these interfaces and nothing behind them. All ids are uuids; all instants milliseconds; all refusals values.
 */
export interface Application {
  readonly store: StoreInfo;
  readonly auth: Auth;
  readonly organisations: Organisations;
  readonly planning: Planning;
  readonly tracking: Tracking;
  readonly notify: Notify;
  readonly registers: Registers;
  readonly rhythm: Rhythm;
  readonly insight: Insight;
  readonly facilitation: Facilitation;
  readonly provisioning: Provisioning;
  readonly live: Live;
  readonly example: Example;
  /** The operator's own key for the canvas; without one its mark is shown. Public: pages carry it. */
  readonly tldrawLicenseKey?: string | null;
  /** Asked by /readyz: null when ready, else the reason. */
  notReady(): Promise<string | null>;
}

export const applicationKey = Symbol.for('throughline.application');

export interface StoreInfo {
  readonly kind: 'embedded' | 'postgresql';
  /** One sentence for the first-run page: what is active and what it promises. */
  readonly promise: string;
  /** Loud warnings, such as fsync being off. */
  readonly warnings: readonly string[];
}

export type { Auth } from './app-auth.ts';
export type { Passkeys } from './app-passkeys.ts';
export type { Client, Result, Viewer } from './app-viewer.ts';

/** Sign-up, sign-in, sessions, invites, tokens (trust.md S3). */

export interface Organisations {
  people(viewer: Viewer): Promise<readonly people.PersonView[]>;
  teams(viewer: Viewer): Promise<readonly people.TeamView[]>;
  /** People and teams packed for a page (#protocol/directory.ts). */
  directory(viewer: Viewer): Promise<string>;
  members(viewer: Viewer): Promise<readonly people.MemberView[]>;
  periods(viewer: Viewer): Promise<readonly people.PeriodView[]>;
  /** Parts of planning that this depth keeps out of sight and that are used all the same. */
  partsInUse(viewer: Viewer): Promise<readonly Part[]>;
  createTeam(viewer: Viewer, input: { name: string; colour?: number }): Result<people.TeamView>;
  /** Many at once, from pasted names; known names are left alone. */
  createTeams(viewer: Viewer, names: readonly string[]): Result<readonly people.TeamView[]>;
  changeTeam(
    viewer: Viewer,
    id: string,
    input: { name?: string; colour?: number; archived?: boolean },
  ): Result<people.TeamView>;
  putInTeam(
    viewer: Viewer,
    teamId: string,
    input: { personId: string; role: TeamRole; share?: number },
  ): Result<people.TeamView>;
  removeFromTeam(viewer: Viewer, teamId: string, personId: string): Result<people.TeamView>;
  createPerson(viewer: Viewer, input: { name: string; key?: string }): Result<people.PersonView>;
  linkPerson(viewer: Viewer, personId: string, memberId: string): Result<true>;
  createPeriod(
    viewer: Viewer,
    input: { kind: people.PeriodView['kind']; label: string; start: LocalDate; end: LocalDate },
  ): Result<people.PeriodView>;
  changeMember(
    viewer: Viewer,
    id: string,
    input: { role?: OrganisationRole; suspended?: boolean },
  ): Result<people.MemberView>;
  changeOrganisation(
    viewer: Viewer,
    input: {
      name?: string;
      timezone?: string;
      weekStart?: number;
      fiscalStartMonth?: number;
      depth?: 'light' | 'standard';
    },
  ): Result<people.OrganisationView>;
  /** Every threshold with what holds here. */
  thresholds(viewer: Viewer): Promise<readonly ThresholdView[]>;
  /** Sets thresholds by key; null puts one back. */
  changeThresholds(viewer: Viewer, change: ThresholdChange): Result<readonly ThresholdView[]>;
}

/** Boards, imports, snapshots, commits. */
export interface Planning {
  boards(viewer: Viewer): Promise<readonly views.BoardView[]>;
  board(viewer: Viewer, id: string): Result<views.BoardView>;
  createBoard(viewer: Viewer, input: views.NewBoard): Result<views.BoardView>;
  changeBoard(viewer: Viewer, id: string, input: views.BoardChange): Result<views.BoardView>;
  right(viewer: Viewer, boardId: string): Promise<BoardRight>;
  /** Who may change what of a board: areas, locks, pause. */
  guard(viewer: Viewer, boardId: string): Result<BoardGuard>;
  /** Puts back what somebody removed at once, as it was; what others did since stays. */
  putBack(viewer: Viewer, boardId: string): Result<{ records: number; seq: number }>;
  changeGuard(viewer: Viewer, boardId: string, command: GuardCommand): Result<BoardGuard>;
  /** Takes an objective out of the plan, onto the list of what is not being done, with the reason. Again: nothing changes. */
  putAside(viewer: Viewer, boardId: string, key: string, reason: string): Result<{ title: string }>;
  /** What the log of a board still covers, and when the board was restored. */
  history(viewer: Viewer, boardId: string): Result<BoardHistory>;
  /** The board as it was, what changed since, and what a restore would do. */
  moment(viewer: Viewer, boardId: string, asked: MomentAsked): Result<BoardMoment>;
  /** Brings the content of that moment back, as a new edit. For managers and the facilitator of the session on it. */
  restore(viewer: Viewer, boardId: string, asked: MomentAsked): Result<RestoreResult>;
  /** `body` is the file's text; refused whole with every fault, or done whole. */
  importFile(
    viewer: Viewer,
    boardId: string,
    body: string,
    onProgress?: (done: number, of: number) => void,
  ): Result<views.ImportReport>;
  /** True for who may pause the board now: a manager, or who leads the session on it. */
  mayPause(viewer: Viewer, boardId: string): Promise<boolean>;
  /** Pauses it at the end of a session in the name of who could until then. */
  leavePaused(viewer: Viewer, boardId: string): Promise<void>;
  /** Its areas: what sections of a meeting can take place in. */
  areas(viewer: Viewer, boardId: string): Result<readonly BoardArea[]>;
  plan(
    viewer: Viewer,
    boardId: string,
  ): Result<{ plan: Plan; problems: readonly PlanProblem[]; file: unknown }>;
  export(
    viewer: Viewer,
    boardId: string,
    format: 'plan' | 'csv' | 'md' | 'tldr' | 'svg',
  ): Result<{ body: string; type: string; name: string }>;
  takeSnapshot(
    viewer: Viewer,
    boardId: string,
    input: { why: string; label?: string },
  ): Result<views.SnapshotView>;
  snapshots(viewer: Viewer, boardId: string): Result<readonly views.SnapshotView[]>;
  snapshot(viewer: Viewer, id: string): Result<views.SnapshotDetail>;
  /** Plan differences of two snapshots, or of a snapshot and now (`after: null`), by team. */
  compare(
    viewer: Viewer,
    beforeId: string,
    afterId: string | null,
  ): Result<{ teams: readonly { team: string | null; changes: readonly views.CommitRow[] }[] }>;
  review(
    viewer: Viewer,
    boardId: string,
    input: { include?: 'committed' | 'all' | readonly string[] },
  ): Result<views.CommitReview>;
  commit(
    viewer: Viewer,
    boardId: string,
    input: {
      include?: 'committed' | 'all' | readonly string[];
      overrides?: { reason: string; problems?: readonly string[] };
      rhythm?: views.RhythmView;
      /** Rituals to book with it; those the board has already are left alone. */
      rituals?: readonly RitualAsked[];
      /** What the review saw; a moved board is refused with `board-moved` so that it can be looked at again. */
      seq?: number;
    },
  ): Result<views.CommitResult>;
}

/** The live document server. */
export interface Live {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Pushes the board's truth to every open window. */
  pushTruth(boardId: string): Promise<void>;
}

/** The example organisation (tracking.md T19). */
export interface Example {
  /** Its organisation and board, when it is there. */
  find(): Promise<{ organisationId: string; boardId: string; url: string } | null>;
  /** Makes it when absent, and signs the visitor in ("You (visitor)"). */
  enter(client: Client): Result<{ cookie: string; boardId: string }>;
  /** Removes it whole; says what went. */
  remove(viewer: Viewer): Result<{ boards: number; commitments: number; people: number }>;
  viewAs(viewer: Viewer, personId: string | null): Result<true>;
  /** Moves the example's clock to one of its moments. */
  moveClock(viewer: Viewer, moment: 'planning-day' | 'now' | 'close'): Result<true>;
}
