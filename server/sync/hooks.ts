import type { IncomingHttpHeaders } from 'node:http';
import type * as Y from 'yjs';
import type { BoardGuard } from '#domain/access/guard.ts';
import type { BoardRight } from '#domain/access/roles.ts';
import type { Outcome } from '#domain/outcome.ts';
import type { NackReason } from '#protocol/refusals.ts';

/**
 * What the sync server asks of the outside and what it is told. `server/main.ts` hands these over; nothing in this
 * folder knows a database, a cookie or an organisation.
 */
export interface SyncHooks {
  /** Who asks, and what may they do? Answered before anything is sent. */
  admit(request: JoinRequest): Promise<Outcome<Member, AdmitRefusal>>;
  /**
   * The member's right now, after a change of rights and once a minute; 'none' closes the socket.
   * Null: the answer could not be had; the connection keeps what it has.
   */
  rightNow(member: Member, board: string): Promise<BoardRight | null>;
  /**
   * Asked for every member of a batch just before it is committed (trust.md S1 "role_version"). Answer from memory when
   * you can. Absent: rightNow alone decides.
   */
  mayStillWrite?(member: Member, board: string): boolean | Promise<boolean>;
  /** Keys of the member's teams now, asked for with the right. Absent: those it came with. */
  teamsNow?(member: Member): Promise<readonly string[]>;
  /** Who may change what of a board now: read when it is loaded, and whenever `rightsChanged` names the board. */
  guard?(board: string): Promise<BoardGuard>;
  readonly journal: Journal;
  readonly rules: BoardRules;
  /** What the server knows of the board's promises, as JSON, sent on join to clients of our own. Null: nothing. */
  truth?(board: string, member: Member): Promise<unknown>;
  /** A message of the facilitated session from a client of our own; the answer (if any) goes back to it alone. */
  sessionMessage?(board: string, member: Member, message: unknown): Promise<unknown>;
  /** Another node changed a facilitated session. */
  sessionRung?(session: string): void;
  /** Another node says that somebody's rights changed: what is listened to beside boards looks again as well. */
  rightsRung?(change: RightsChange): void;
  /** The facilitated session as this member may see it, sent on join. */
  sessionState?(board: string, member: Member): Promise<unknown>;
  /** Told of every refused edit; may store it for an administrator. */
  refused?(refusal: RefusedEdit): void;
  /** Told when a batch took so much away at once that a way back should be kept (trust.md Y "Delete everything"). */
  largeDeletion?(board: string, by: Member, removal: Removal): void;
}

/** What was removed at once: durable, after edit `from` up to edit `to` of the log. */
export interface Removal {
  readonly records: number;
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

export interface JoinRequest {
  readonly board: string;
  /** The full request URL with its query (`ticket`, `v`, ...). */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly remoteAddress: string;
}

/** 'bad-origin' is answered 403 before the upgrade; the others accept and close with their code (stack-traps.md 10). */
export type AdmitRefusal = 'bad-origin' | 'unauthorised' | 'forbidden' | 'unknown-board' | 'too-many';

/** Who is at the other end of one connection. */
export interface Member {
  /** Person id: written into the journal and into presence. */
  readonly person: string;
  readonly account: string;
  readonly name: string;
  /** Index into the palette. */
  readonly colour: number;
  /** The sign-in or token this connection came in with; null for none. */
  readonly signIn: string | null;
  readonly right: BoardRight;
  readonly roleVersion: number;
  /** Keys of the teams this person is in. */
  readonly teams?: readonly string[];
}

/** One accepted edit on its way into the journal. */
export interface NewRow {
  /** 128 bits, hex. */
  readonly outbox: string;
  readonly n: number;
  /** Person id; null for the server itself. */
  readonly person: string | null;
  readonly signIn: string | null;
  /** Yjs client ids that wrote structs of this update. */
  readonly clientIds: readonly number[];
  readonly bytes: Uint8Array;
  readonly sha256: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface Row extends NewRow {
  readonly seq: number;
}

export interface Checkpoint {
  readonly seq: number;
  readonly bytes: Uint8Array;
  readonly sha256: Uint8Array;
}

export interface LoadedBoard {
  readonly epoch: number;
  readonly head: number;
  readonly checkpoint: Checkpoint | null;
  /** All rows after the checkpoint (or all rows), in order. Whoever reads them verifies their checksums. */
  readonly rows: readonly Row[];
  /** Yjs client id -> holder: a person id, or 'server'. */
  readonly claims: ReadonlyMap<number, string>;
}

export type Appended =
  | { readonly kind: 'committed' }
  /** Another node wrote: nothing was stored; read on from the known head and try again. */
  | { readonly kind: 'moved' }
  /** The board has another epoch: nothing was stored. */
  | { readonly kind: 'epoch-changed' }
  /** Surely nothing was stored. */
  | { readonly kind: 'failed'; readonly reason: Extract<NackReason, 'disk-full' | 'unavailable'> };

/** The log of a board. Implemented on PostgreSQL and PGlite in server/store/journal, in memory for the simulator. */
export interface Journal {
  /**
   * Everything stored; null when there is no such board. `ignoreCheckpoint`: it was found broken, give the whole log, which
   * begins with a checkpoint only where older edits have outlived their time.
   */
  load(board: string, options?: { ignoreCheckpoint?: boolean }): Promise<LoadedBoard | null>;
  /** Rows after `seq`, in order, and the epoch they belong to. */
  readAfter(board: string, seq: number): Promise<{ epoch: number; rows: readonly Row[] }>;
  /**
   * Stores all rows as seq head+1 ... head+k in ONE statement, and the client ids they claim for their holders, if the
   * board still stands at (epoch, head). A rejection means: outcome unknown.
   */
  append(board: string, at: { epoch: number; head: number }, rows: readonly NewRow[]): Promise<Appended>;
  /** The last number of an outbox that is stored, and whose it is; null when nothing of it is. */
  lastOf(board: string, outbox: string): Promise<{ n: number; person: string | null } | null>;
  /** Keeps the whole document at a seq as a cache; replaces older ones. */
  saveCheckpoint(board: string, epoch: number, checkpoint: Checkpoint): Promise<void>;
}

/** What a transaction touched, in records. */
export interface Touched {
  /** Ids of records added or changed (still there afterwards). */
  readonly changed: ReadonlySet<string>;
  /** Ids of records that were there before and are gone. */
  readonly removed: ReadonlySet<string>;
}

/** Why an edit is refused, with words for its author. */
export interface EditRefusal {
  readonly reason: Extract<NackReason, 'invalid' | 'locked' | 'paused' | 'board-full' | 'reload-needed'>;
  readonly detail: string;
}

/**
 * What makes a board's document valid. The sync server knows only that there are root maps of records; the board
 * decides what a record is. Every function is synchronous, pure in its arguments and quick (<= 100 microseconds).
 */
export interface BoardRules {
  /** Names of the document's root maps whose keys are record ids. Content in any other root is refused. */
  readonly roots: readonly string[];
  /** Is this record valid now? Null: yes. */
  /** `keys`: all that changed in it when nothing below them did; null when that is not known or it is new. */
  validate(doc: Y.Doc, root: string, id: string, keys?: ReadonlySet<string> | null): EditRefusal | null;
  /** Versions of the document's shape (board.md B1.8). */
  readonly schema?: {
    /** What this code writes and understands. */
    readonly version: number;
    /** What a document has; null when it was never made a board. */
    of(doc: Y.Doc): number | null;
    /** Brings an older document to `version`, in one go. Called within an edit of the server. */
    migrate(doc: Y.Doc): void;
  };
  /** Told of a document that edits will be judged on, before the first of them. */
  opened?(doc: Y.Doc): void;
  /** May this member make this change (areas, locks)? Asked after it was applied. Null: yes. */
  permit?(
    doc: Y.Doc,
    touched: Touched,
    transaction: Y.Transaction,
    member: Member,
    around: PermitFacts,
  ): EditRefusal | null;
  /** Ids of the records that this member put into areas where everybody changes only the own; null: no such areas. */
  ownIn?(doc: Y.Doc, member: Member, around: PermitFacts): readonly string[] | null;
  /** Puts right what honest people can make together (cycles, dangling ends). Called inside a transaction of the server. */
  repair?(doc: Y.Doc, touched: Touched): void;
  /** Whether repair has anything to do for this change; asked first, so that most edits make no extra transaction. */
  needsRepair?(doc: Y.Doc, touched: Touched): boolean;
}

/** What the rights of areas and locks are judged by, beside the document. */
export interface PermitFacts {
  readonly guard: BoardGuard;
  /** Whose a Yjs client id is: a person id, or 'server'. */
  holderOf(client: number): string | undefined;
}

export interface RefusedEdit {
  readonly board: string;
  readonly member: Member;
  readonly reason: NackReason;
  readonly detail: string;
  readonly bytes: Uint8Array;
  readonly at: number;
}

/** Between nodes: rings after a commit, relays presence. Lost messages are healed by a poll (sync.md Y4). */
export interface Doorbell {
  ring(board: string, seq: number): void;
  relayPresence(board: string, message: Uint8Array): void;
  /** Asks all nodes to look at rights again. */
  ringRights(change: RightsChange): void;
  /** Tells all nodes that a facilitated session changed; they read it themselves. */
  ringSession?(session: string): void;
  listen(ears: {
    rung(board: string, seq: number): void;
    presence(board: string, message: Uint8Array): void;
    rights(change: RightsChange): void;
    session?(session: string): void;
  }): void;
  close(): Promise<void>;
}

/** Whose connections to look at again; every given field must match. */
export interface RightsChange {
  readonly board?: string;
  readonly person?: string;
  readonly account?: string;
  readonly signIn?: string;
}

/** Time and timers, turnable in tests. Milliseconds. */
export interface SyncClock {
  now(): number;
  /** Runs once after `ms`; the answer cancels. */
  after(ms: number, run: () => void): () => void;
}

export interface SyncLog {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** Counters and histograms; names without prefix. */
export interface SyncMetrics {
  count(
    name: 'refused' | 'hashMismatch' | 'commits' | 'rows' | 'reloads' | 'slowClosed',
    label?: string,
  ): void;
  observe(name: 'ackMs' | 'batchRows' | 'checkMicros' | 'loadMs', value: number): void;
}

export interface SyncDependencies {
  readonly hooks: SyncHooks;
  readonly clock: SyncClock;
  /** Uniform in [0, 1). */
  random(): number;
  readonly log: SyncLog;
  readonly metrics?: SyncMetrics;
  readonly doorbell?: Doorbell;
  /** Folds snapshot and tail into one snapshot; a worker thread in production, in place in tests. */
  readonly fold?: (parts: readonly Uint8Array[]) => Promise<Uint8Array>;
}
