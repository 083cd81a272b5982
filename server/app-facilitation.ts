import type { MeetingKind } from '../src/domain/facilitation/agenda.ts';
import type { SessionCommand } from '../src/domain/facilitation/command.ts';
import type { Instant } from '../src/domain/time.ts';
import type * as views from '../src/protocol/views/facilitation.ts';
import type { Guests } from './app-guests.ts';
import type { Result, Viewer } from './app-viewer.ts';

/** Sessions: every meeting of the rhythm on one machine (facilitation.md, tracking.md T14). */
export interface Facilitation {
  readonly guests: Guests;
  sessions(viewer: Viewer, filter: SessionFilter): Promise<readonly views.SessionSummary[]>;
  session(viewer: Viewer, id: string): Result<views.SessionView>;
  /** Plans one; of an occurrence there is one at most, and asking again gives that. */
  plan(viewer: Viewer, input: PlanSessionInput): Result<views.SessionView>;
  /** One act; `expectedRev` is the state it was decided on. Refused with `changed-rev` and what is there now. */
  command(
    viewer: Viewer,
    id: string,
    ask: { commandId?: string; expectedRev?: number | null; command: SessionCommand },
  ): Result<views.SessionView>;
  /** Does something to a real object from within the session, and writes it into the minutes, both or neither. */
  act(viewer: Viewer, id: string, input: SessionActInput): Result<views.SessionView>;
  /** The rows of a section, with what this viewer may do to each. */
  rows(viewer: Viewer, id: string, stage: string | null): Result<views.SectionRows>;
  minutes(viewer: Viewer, id: string): Result<views.MinutesView>;
  /** "I am here": marks attendance, and tells the server's time for the client's clock. */
  beat(
    viewer: Viewer,
    id: string,
  ): Result<{
    serverTime: Instant;
    /** When each person who is in it was last heard of. */
    heard: Readonly<Record<string, Instant>>;
  }>;
  /** The last period that is over, or nearly, was promised for, and no close was held of: before the next is planned. */
  unclosed(viewer: Viewer): Promise<views.UnclosedPeriod | null>;
  /** Sends the session now and whenever it changed; the answer stops it. `ended`: rights changed, ask again. */
  listen(
    viewer: Viewer,
    id: string,
    ears: { send(message: views.SessionMessage): void; ended(): void },
  ): Result<() => void>;
  /** The session that runs on a board, for its windows. */
  ofBoard(boardId: string): Promise<views.SessionMessage>;
}

export interface SessionFilter {
  readonly status?: 'planned' | 'running' | 'ended';
  readonly boardId?: string;
  readonly teamId?: string;
  readonly ritualId?: string;
  readonly occurrenceId?: string;
}

export interface PlanSessionInput {
  /** From a meeting of a ritual: kind, title, board and team follow from it. */
  readonly occurrenceId?: string | null;
  readonly kind?: MeetingKind;
  readonly title?: string;
  readonly boardId?: string | null;
  readonly teamId?: string | null;
  readonly periodId?: string | null;
  readonly plannedAt?: Instant | null;
  /** 24 to 48: everybody goes through it in their own time, for so many hours from its start. */
  readonly window?: number | null;
}

export interface SessionActInput {
  readonly commandId?: string;
  readonly stage: string | null;
  /** `commitment`, `dependency`, or a register's kind. */
  readonly kind: string;
  /** null: something new, with act `create`. */
  readonly id: string | null;
  readonly act: string;
  readonly input: Readonly<Record<string, unknown>>;
}
