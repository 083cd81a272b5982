/** What a tab keeps on the device: unacknowledged edits, the last committed board, copies of what was refused. */
export interface LiveStore {
  /** Outboxes of this person on this board that still hold edits, of all tabs. */
  outboxes(board: string, person: string): Promise<readonly StoredOutbox[]>;
  rows(outbox: string): Promise<readonly OutboxRow[]>;
  /** Keeps an edit; the first of an outbox brings the outbox itself. Resolves when it is on the device. */
  keep(outbox: StoredOutbox, row: OutboxRow): Promise<void>;
  /** Edits up to `n` are durable; the outbox goes when empty. */
  settle(outbox: string, n: number): Promise<void>;
  /** Forgets edits without caching them: refused ones, after their copy was kept. */
  forget(outbox: string, from: number): Promise<void>;
  /** The committed board as last seen, in pieces; null when never seen. */
  cachedBoard(board: string): Promise<CachedBoard | null>;
  /**
   * Adds what was committed after seq `from` (0: everything) up to the position. Left out when the pieces on the device
   * do not reach `from` or are of another epoch: a cache with a hole would hide edits for ever.
   */
  cache(position: Position, from: number, bytes: Uint8Array): Promise<void>;
  dropCache(board: string): Promise<void>;
  keepCopy(copy: RecoveredCopy): Promise<void>;
  copies(board: string, person: string): Promise<readonly RecoveredCopy[]>;
  dropCopy(id: string): Promise<void>;
  /** Edits of this person on this device, of all boards and tabs, that are not acknowledged. */
  unsent(person: string): Promise<number>;
  /** At sign-out: everything of this person on this device. */
  wipe(person: string): Promise<void>;
}

export interface StoredOutbox {
  /** 128 bits, hex; made by the tab. */
  readonly id: string;
  readonly board: string;
  readonly person: string;
  /** Epoch of the board it was written on; null when the board was never seen. */
  readonly epoch: number | null;
}

export interface OutboxRow {
  readonly n: number;
  readonly bytes: Uint8Array;
}

export interface Position {
  readonly board: string;
  readonly epoch: number;
  readonly seq: number;
}

export interface CachedBoard extends Position {
  readonly parts: readonly Uint8Array[];
}

/** What the server would not keep, for the person to look at, download, or drop. */
export interface RecoveredCopy {
  readonly id: string;
  readonly board: string;
  readonly person: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly reason: string;
  /** The refused edits as Yjs updates. */
  readonly updates: readonly Uint8Array[];
  /** The records they touched, as they looked on this device, by root and id. */
  readonly records: Readonly<Record<string, unknown>>;
}
