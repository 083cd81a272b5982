import { loadBoard } from './board-state.ts';
import { sha256 } from './checksum.ts';
import type { Committed } from './committed.ts';
import { foldParts } from './fold.ts';
import type { SyncDependencies } from './hooks.ts';
import { Room } from './room.ts';

const beatMs = 10_000;
const emptyForMs = 30_000;
const pollMs = 5_000;
const foldRows = 500;
const foldBytes = 512 * 1024;

/** Why a board could not be opened. */
export class BoardNotOpen extends Error {
  readonly why: 'unknown-board' | 'load-failed';
  constructor(why: 'unknown-board' | 'load-failed', cause?: unknown) {
    super(why === 'unknown-board' ? 'there is no such board' : 'the board could not be loaded', { cause });
    this.why = why;
  }
}

interface Entry {
  readonly room: Room;
  readonly ready: Promise<Room>;
  emptySince: number | null;
  folding: boolean;
}

/** All rooms of this node: one per board, loaded on demand, given up when nobody is there. */
export class Rooms {
  readonly #deps: SyncDependencies;
  readonly #entries = new Map<string, Entry>();
  readonly #stops: (() => void)[] = [];
  #stopped = false;

  constructor(deps: SyncDependencies) {
    this.#deps = deps;
    this.#every(beatMs, () => this.#beat());
    const { doorbell } = deps;
    if (!doorbell) return;
    this.#every(pollMs, () => {
      for (const { room } of this.#opened()) {
        if (room.line.isIdle) void room.line.readNow();
        // A lost ring must not leave a lock unknown here.
        room.readGuard().catch(() => {});
      }
    });
    doorbell.listen({
      rung: (board, seq) => this.#get(board)?.line.rung(seq),
      presence: (board, message) => this.#get(board)?.presence.hearFromOtherNode(message),
      rights: (change) => {
        this.recheck(change);
        deps.hooks.rightsRung?.(change);
      },
      session: (session) => deps.hooks.sessionRung?.(session),
    });
  }

  /** The room of a board, open. Rejects with BoardNotOpen; a board that failed to load is tried afresh next time. */
  open(board: string): Promise<Room> {
    const known = this.#entries.get(board);
    if (known && known.room.life.state !== 'gone') return known.ready;
    const room = new Room(board, this.#deps);
    const entry: Entry = { room, ready: this.#load(room), emptySince: null, folding: false };
    this.#entries.set(board, entry);
    return entry.ready;
  }

  async #load(room: Room): Promise<Room> {
    const { hooks, random, log, clock, metrics } = this.#deps;
    const startedAt = clock.now();
    try {
      const state = await loadBoard(hooks.journal, room.board, hooks.rules, random, log);
      if (!state) throw new BoardNotOpen('unknown-board');
      await room.readGuard();
      // A log with a gap shows itself here and not in somebody's browser. A checkpoint was folded, so it has none.
      if (!state.damage && state.committed.unfolded > 0) await this.#foldTail(state.committed);
      room.opened(state);
      await room.migrate();
      metrics?.observe('loadMs', clock.now() - startedAt);
      return room;
    } catch (cause) {
      this.#entries.delete(room.board);
      const why = cause instanceof BoardNotOpen ? cause : new BoardNotOpen('load-failed', cause);
      room.on({ type: 'load-failed', reason: why.message });
      if (why.why === 'load-failed')
        log.error({ board: room.board, cause: String(cause) }, 'a board could not be loaded');
      throw why;
    }
  }

  /** Rooms that are loaded. */
  #opened(): Entry[] {
    return [...this.#entries.values()].filter(
      ({ room }) =>
        room.life.state !== 'loading' && room.life.state !== 'failed' && room.life.state !== 'gone',
    );
  }

  #get(board: string): Room | null {
    return this.#opened().find(({ room }) => room.board === board)?.room ?? null;
  }

  all(): Room[] {
    return this.#opened().map(({ room }) => room);
  }

  /** Looks at the rights of all connections that match again, at once. */
  recheck(change: { board?: string; person?: string; account?: string; signIn?: string }): void {
    for (const room of this.all()) {
      if (change.board !== undefined && change.board !== room.board) continue;
      if (change.board !== undefined) {
        room
          .readGuard()
          .catch((cause: unknown) =>
            this.#deps.log.error(
              { board: room.board, cause: String(cause) },
              'the locks of a board could not be read',
            ),
          );
      }
      void room.recheck(
        ({ member }) =>
          (change.person === undefined || member.person === change.person) &&
          (change.account === undefined || member.account === change.account) &&
          (change.signIn === undefined || member.signIn === change.signIn),
      );
    }
  }

  #beat(): void {
    const now = this.#deps.clock.now();
    for (const entry of this.#opened()) {
      entry.room.beat();
      this.#fold(entry, entry.room.isAtRest ? 1 : foldRows).catch(() => {});
      if (entry.room.peers.size > 0 || !entry.room.line.isIdle) entry.emptySince = null;
      else entry.emptySince ??= now;
      if (entry.emptySince !== null && now - entry.emptySince >= emptyForMs) void this.#unload(entry);
    }
  }

  /** Writes the last checkpoint and forgets the room, unless somebody comes back meanwhile: they get this same room. */
  async #unload(entry: Entry): Promise<void> {
    const { room } = entry;
    room.on({ type: 'emptied' });
    await this.#fold(entry, 1).catch(() => {});
    if (room.peers.size > 0 || !room.line.isIdle) return room.on({ type: 'joined' });
    room.on({ type: 'unloaded' });
    if (room.life.state !== 'gone') return;
    room.state.discard();
    this.#entries.delete(room.board);
  }

  /** Makes one snapshot of what is committed, and serves that from now on. Throws on a gap. */
  async #foldTail(committed: Committed): Promise<{ seq: number; bytes: Uint8Array }> {
    const { fold } = this.#deps;
    const seq = committed.head;
    const parts = committed.parts();
    const bytes = fold ? await fold(parts) : foldParts(parts);
    committed.replaceSnapshot(seq, bytes);
    return { seq, bytes };
  }

  /** Folds the tail into the snapshot when it is long, in the background; then keeps it as a checkpoint. */
  async #fold(entry: Entry, minRows: number): Promise<void> {
    const { committed, epoch, damage } = entry.room.state;
    const long = committed.unfolded >= minRows || committed.unfoldedBytes >= foldBytes;
    if (entry.folding || damage !== null || committed.unfolded === 0 || !long) return;
    entry.folding = true;
    const { hooks, log } = this.#deps;
    const board = entry.room.board;
    try {
      const { seq, bytes } = await this.#foldTail(committed);
      await hooks.journal.saveCheckpoint(board, epoch, { seq, bytes, sha256: sha256(bytes) });
    } catch (cause) {
      log.warn({ board, cause: String(cause) }, 'a checkpoint could not be kept; the log is still whole');
      throw cause;
    } finally {
      entry.folding = false;
    }
  }

  /** Ends a board's room; whoever comes next loads it afresh. */
  close(board: string, code: number, reason: string): void {
    const room = this.#get(board);
    if (!room) return;
    this.#entries.delete(board);
    room.replaced();
    for (const peer of [...room.peers]) peer.close(code, reason);
  }

  /** Flushes and acknowledges everything, then closes all sockets with `code` and writes checkpoints. */
  async stop(code: number, reason: string): Promise<void> {
    this.#stopped = true;
    for (const stop of this.#stops) stop();
    await Promise.all(
      this.#opened().map(async (entry) => {
        await entry.room.line.settled();
        for (const peer of [...entry.room.peers]) peer.close(code, reason);
        await this.#fold(entry, 1).catch(() => {});
        entry.room.state.discard();
      }),
    );
    this.#entries.clear();
  }

  #every(ms: number, run: () => void): void {
    const again = (): void => {
      if (this.#stopped) return;
      const at = this.#stops.length;
      this.#stops[at] = this.#deps.clock.after(ms, () => {
        this.#stops.splice(this.#stops.indexOf(stop), 1);
        run();
        again();
      });
      const stop = this.#stops[at];
    };
    again();
  }
}
