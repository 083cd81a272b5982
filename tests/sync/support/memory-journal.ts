import type { Appended, Checkpoint, Journal, LoadedBoard, NewRow, Row } from '#server/sync/hooks.ts';

interface StoredBoard {
  epoch: number;
  rows: Row[];
  claims: Map<number, string>;
  checkpoint: Checkpoint | null;
}

/** The simulator's journal: the contract of server/store/journal in memory. */
export class MemoryJournal implements Journal {
  readonly boards = new Map<string, StoredBoard>();

  create(board: string): void {
    this.boards.set(board, { epoch: 1, rows: [], claims: new Map(), checkpoint: null });
  }

  stored(board: string): StoredBoard {
    const found = this.boards.get(board);
    if (!found) throw new Error('no such board');
    return found;
  }

  load(board: string, options?: { ignoreCheckpoint?: boolean }): Promise<LoadedBoard | null> {
    const found = this.boards.get(board);
    if (!found) return Promise.resolve(null);
    const checkpoint = options?.ignoreCheckpoint ? null : found.checkpoint;
    const rows = found.rows.filter((row) => row.seq > (checkpoint?.seq ?? 0));
    return Promise.resolve({
      epoch: found.epoch,
      head: found.rows.length,
      checkpoint,
      rows,
      claims: new Map(found.claims),
    });
  }

  readAfter(board: string, seq: number): Promise<{ epoch: number; rows: readonly Row[] }> {
    const found = this.stored(board);
    return Promise.resolve({ epoch: found.epoch, rows: found.rows.slice(seq) });
  }

  append(board: string, at: { epoch: number; head: number }, rows: readonly NewRow[]): Promise<Appended> {
    const found = this.stored(board);
    if (found.epoch !== at.epoch) return Promise.resolve({ kind: 'epoch-changed' });
    if (found.rows.length !== at.head) return Promise.resolve({ kind: 'moved' });
    for (const row of rows) {
      if (found.rows.some((stored) => stored.outbox === row.outbox && stored.n === row.n)) {
        return Promise.reject(new Error(`duplicate (${row.outbox}, ${row.n})`));
      }
    }
    rows.forEach((row, i) => found.rows.push({ ...row, seq: at.head + 1 + i }));
    for (const row of rows) {
      for (const client of row.clientIds) {
        if (!found.claims.has(client)) found.claims.set(client, row.person ?? 'server');
      }
    }
    return Promise.resolve({ kind: 'committed' });
  }

  lastOf(board: string, outbox: string): Promise<{ n: number; person: string | null } | null> {
    const last = this.stored(board).rows.findLast((row) => row.outbox === outbox);
    return Promise.resolve(last ? { n: last.n, person: last.person } : null);
  }

  saveCheckpoint(board: string, _epoch: number, checkpoint: Checkpoint): Promise<void> {
    this.stored(board).checkpoint = checkpoint;
    return Promise.resolve();
  }
}
