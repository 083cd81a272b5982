import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type * as Y from 'yjs';
import { authorOf } from '#board/author-of.ts';
import { closeCode } from '#protocol/close-codes.ts';
import { kind } from '#protocol/kinds.ts';
import { encodeJson } from '#protocol/messages.ts';
import { restartReason } from '#protocol/restart-spread.ts';
import { foldParts } from './fold.ts';
import type { RightsChange, SyncDependencies } from './hooks.ts';
import type { ServerOrigin } from './pending.ts';
import { Rooms } from './rooms.ts';
import { Door } from './upgrade.ts';
import { frame } from './wire.ts';

/**
 * The live document server. How to wire it (server/main.ts, or the development plugin):
 *
 *   const sync = createSyncServer({ hooks, clock: systemClock, random: Math.random, log, metrics, doorbell, fold });
 *   http.on('upgrade', (request, socket, head) => { if (!sync.handleUpgrade(request, socket, head)) socket.destroy(); });
 *   auth.onRightsChanged((change) => sync.rightsChanged({ account: change.accountId, signIn: change.signInId }));
 *   await sync.edit(boardId, { person, why: 'import' }, (doc) => { ... });   // resolves when durable
 *   await sync.drain();                                                      // on SIGTERM, before the store is closed
 *
 * `hooks.journal` is `createJournal(sql)` of server/store/journal, `hooks.rules` come from the board's schema, `admit` and
 * `rightNow` from auth. `fold` is `foldInWorker()` of fold-in-worker.ts in production. The way of one edit is told in
 * docs/rules/sync.md.
 */
export interface SyncServer {
  /** True when the request was ours (path /sync/<board>); false: not touched. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** A change by the server itself, in one transaction. Resolves when it is durable and sent to everybody. */
  edit(board: string, origin: ServerOrigin, change: (doc: Y.Doc) => void): Promise<{ seq: number }>;
  /** Looks at everything committed and accepted; the document must not be kept or changed. */
  read<T>(board: string, look: (doc: Y.Doc) => T): Promise<T>;
  /** Whose hand put a record on the board: a person id, 'server', or null when it is not known. */
  authorOf(board: string, record: string): Promise<string | null>;
  /** The whole committed document as one update, its sequence number and epoch: what a snapshot keeps. */
  snapshotBytes(board: string): Promise<{ bytes: Uint8Array; seq: number; epoch: number }>;
  /** True while a window of ours shows the board. */
  isShown(board: string): boolean;
  /** Sends the board's truth to every window of ours that shows it. Nothing is loaded for it. */
  pushTruth(board: string, truth: unknown): void;
  /** Sends a message of the facilitated session to those it is for. */
  pushSession(board: string, message: unknown, isFor?: (person: string) => boolean): void;
  /** Tells other nodes that a session changed. */
  ringSession(session: string): void;
  /** Boards that somebody has open here. */
  openBoards(): readonly string[];
  /** Looks at the rights of matching connections again, on all nodes. */
  rightsChanged(change: RightsChange): void;
  /** Closes every connection of a board, for example because it was replaced (4409) or removed (4404). */
  closeBoard(board: string, code: number, reason: string): void;
  /** `oldestUnsavedMs`: age of the oldest accepted edit that is not durable yet, 0 without any. */
  stats(): {
    readonly rooms: number;
    readonly connections: number;
    readonly people: number;
    readonly oldestUnsavedMs: number;
  };
  /** Takes no more connections, makes everything accepted durable, acknowledges it, closes with 1012. */
  drain(): Promise<void>;
}

export function createSyncServer(deps: SyncDependencies): SyncServer {
  const rooms = new Rooms(deps);
  const door = new Door(deps, rooms);
  const push = (board: string, message: Uint8Array, isFor: (person: string) => boolean): void => {
    const shared = frame(message);
    for (const room of rooms.all()) {
      if (room.board !== board) continue;
      for (const peer of room.peers)
        if (peer.version === 1 && isFor(peer.member.person)) peer.wire.send(shared);
    }
  };
  return {
    handleUpgrade: (request, socket, head) => door.handleUpgrade(request, socket, head),
    edit: async (board, origin, change) => (await rooms.open(board)).gate.edit(origin, change),
    read: async (board, look) => look((await rooms.open(board)).working().doc),
    authorOf: async (board, record) => {
      const room = await rooms.open(board);
      const client = authorOf(room.working().doc, record);
      return client === null ? null : (room.state.claims.get(client) ?? null);
    },
    snapshotBytes: async (board) => {
      const { committed, epoch } = (await rooms.open(board)).state;
      const seq = committed.head;
      const parts = committed.parts();
      return { bytes: deps.fold ? await deps.fold(parts) : foldParts(parts), seq, epoch };
    },
    isShown: (board) => rooms.all().some((room) => room.board === board && room.peers.size > 0),
    pushTruth: (board, truth) => push(board, encodeJson(kind.truth, truth), () => true),
    pushSession: (board, message, isFor = () => true) =>
      push(board, encodeJson(kind.session, message), isFor),
    ringSession: (session) => deps.doorbell?.ringSession?.(session),
    openBoards: () => rooms.all().map(({ board }) => board),
    rightsChanged: (change) => {
      rooms.recheck(change);
      deps.doorbell?.ringRights(change);
    },
    closeBoard: (board, code, reason) => rooms.close(board, code, reason),
    stats: () => {
      const all = rooms.all();
      const people = new Set(all.flatMap((room) => [...room.peers].map((peer) => peer.member.person)));
      const now = deps.clock.now();
      const ages = all.map(({ line }) => now - (line.accepted[0]?.takenAt ?? now));
      const oldestUnsavedMs = Math.max(0, ...ages);
      return { rooms: all.length, connections: door.connections, people: people.size, oldestUnsavedMs };
    },
    drain: async () => {
      door.close();
      await rooms.stop(closeCode.restarting, restartReason(door.connections));
      await deps.doorbell?.close();
    },
  };
}
