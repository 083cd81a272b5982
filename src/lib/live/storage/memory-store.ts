import type {
  CachedBoard,
  LiveStore,
  OutboxRow,
  Position,
  RecoveredCopy,
  StoredOutbox,
} from '../live-store.ts';

/**
 * Keeps nothing beyond the page: for browsers that refuse IndexedDB (private windows of some), where the status then says
 * so, and for simulated tabs.
 */
export class MemoryStore implements LiveStore {
  readonly #outboxes = new Map<string, { outbox: StoredOutbox; rows: OutboxRow[] }>();
  readonly #cache = new Map<string, CachedBoard>();
  readonly #copies = new Map<string, RecoveredCopy>();

  outboxes(board: string, person: string): Promise<readonly StoredOutbox[]> {
    const all = [...this.#outboxes.values()].map((held) => held.outbox);
    return Promise.resolve(all.filter((outbox) => outbox.board === board && outbox.person === person));
  }

  rows(outbox: string): Promise<readonly OutboxRow[]> {
    return Promise.resolve([...(this.#outboxes.get(outbox)?.rows ?? [])]);
  }

  keep(outbox: StoredOutbox, row: OutboxRow): Promise<void> {
    const held = this.#outboxes.get(outbox.id) ?? { outbox, rows: [] };
    this.#outboxes.set(outbox.id, held);
    held.rows.push(row);
    return Promise.resolve();
  }

  settle(outbox: string, n: number): Promise<void> {
    const held = this.#outboxes.get(outbox);
    if (held) held.rows = held.rows.filter((row) => row.n > n);
    if (held?.rows.length === 0) this.#outboxes.delete(outbox);
    return Promise.resolve();
  }

  forget(outbox: string, from: number): Promise<void> {
    const held = this.#outboxes.get(outbox);
    if (held) held.rows = held.rows.filter((row) => row.n < from);
    if (held?.rows.length === 0) this.#outboxes.delete(outbox);
    return Promise.resolve();
  }

  cachedBoard(board: string): Promise<CachedBoard | null> {
    return Promise.resolve(this.#cache.get(board) ?? null);
  }

  cache(position: Position, from: number, bytes: Uint8Array): Promise<void> {
    const held = this.#cache.get(position.board);
    if (from === 0) {
      const newer = held?.epoch === position.epoch && held.seq > position.seq ? held : null;
      this.#cache.set(position.board, newer ?? { ...position, parts: [bytes] });
    } else if (held?.epoch === position.epoch && held.seq >= from) {
      const seq = Math.max(held.seq, position.seq);
      this.#cache.set(position.board, { ...position, seq, parts: [...held.parts, bytes] });
    }
    return Promise.resolve();
  }

  dropCache(board: string): Promise<void> {
    this.#cache.delete(board);
    return Promise.resolve();
  }

  keepCopy(copy: RecoveredCopy): Promise<void> {
    this.#copies.set(copy.id, copy);
    return Promise.resolve();
  }

  copies(board: string, person: string): Promise<readonly RecoveredCopy[]> {
    return Promise.resolve(
      [...this.#copies.values()].filter((copy) => copy.board === board && copy.person === person),
    );
  }

  dropCopy(id: string): Promise<void> {
    this.#copies.delete(id);
    return Promise.resolve();
  }

  unsent(person: string): Promise<number> {
    let count = 0;
    for (const { outbox, rows } of this.#outboxes.values())
      if (outbox.person === person) count += rows.length;
    return Promise.resolve(count);
  }

  wipe(person: string): Promise<void> {
    for (const [id, { outbox }] of this.#outboxes) if (outbox.person === person) this.#outboxes.delete(id);
    for (const [id, copy] of this.#copies) if (copy.person === person) this.#copies.delete(id);
    this.#cache.clear();
    return Promise.resolve();
  }
}
