import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { mergeUpdates } from 'yjs';
import type {
  CachedBoard,
  LiveStore,
  OutboxRow,
  Position,
  RecoveredCopy,
  StoredOutbox,
} from '../live-store.ts';

interface Schema extends DBSchema {
  outbox: { key: string; value: StoredOutbox; indexes: { owner: [string, string] } };
  row: { key: [string, number]; value: OutboxRow & { outbox: string } };
  board: { key: string; value: Position };
  part: { key: number; value: { board: string; bytes: Uint8Array }; indexes: { board: string } };
  copy: { key: string; value: RecoveredCopy; indexes: { owner: [string, string] } };
}

type Writing = IDBPTransaction<Schema, ('outbox' | 'row' | 'board' | 'part' | 'copy')[], 'readwrite'>;

const name = 'throughline-live';
const partsBeforeMerge = 200;
const rowsOf = (outbox: string): IDBKeyRange => IDBKeyRange.bound([outbox, 0], [outbox, Infinity]);

/**
 * The device's store. Everything that belongs together is one IndexedDB transaction; transactions over the same stores
 * run in the order they were begun, also between tabs.
 */
export async function openIndexedStore(): Promise<LiveStore> {
  const db = await openDB<Schema>(name, 1, {
    upgrade(made) {
      made.createObjectStore('outbox', { keyPath: 'id' }).createIndex('owner', ['board', 'person']);
      made.createObjectStore('row', { keyPath: ['outbox', 'n'] });
      made.createObjectStore('board', { keyPath: 'board' });
      made.createObjectStore('part', { autoIncrement: true }).createIndex('board', 'board');
      made.createObjectStore('copy', { keyPath: 'id' }).createIndex('owner', ['board', 'person']);
    },
  });
  return new IndexedStore(db);
}

class IndexedStore implements LiveStore {
  readonly #db: IDBPDatabase<Schema>;

  constructor(db: IDBPDatabase<Schema>) {
    this.#db = db;
  }

  outboxes(board: string, person: string): Promise<readonly StoredOutbox[]> {
    return this.#db.getAllFromIndex('outbox', 'owner', [board, person]);
  }

  async rows(outbox: string): Promise<readonly OutboxRow[]> {
    const rows = await this.#db.getAll('row', rowsOf(outbox));
    return rows.map(({ n, bytes }) => ({ n, bytes }));
  }

  async keep(outbox: StoredOutbox, row: OutboxRow): Promise<void> {
    const tx = this.#db.transaction(['outbox', 'row'], 'readwrite', { durability: 'strict' });
    await Promise.all([
      tx.objectStore('outbox').put(outbox),
      tx.objectStore('row').put({ outbox: outbox.id, ...row }),
      tx.done,
    ]);
  }

  async settle(outbox: string, n: number): Promise<void> {
    const tx = this.#db.transaction(['outbox', 'row'], 'readwrite');
    await tx.objectStore('row').delete(IDBKeyRange.bound([outbox, 0], [outbox, n]));
    if ((await tx.objectStore('row').count(rowsOf(outbox))) === 0)
      await tx.objectStore('outbox').delete(outbox);
    await tx.done;
  }

  async forget(outbox: string, from: number): Promise<void> {
    const tx = this.#db.transaction(['outbox', 'row'], 'readwrite');
    await tx.objectStore('row').delete(IDBKeyRange.bound([outbox, from], [outbox, Infinity]));
    if ((await tx.objectStore('row').count(rowsOf(outbox))) === 0)
      await tx.objectStore('outbox').delete(outbox);
    await tx.done;
  }

  async cachedBoard(board: string): Promise<CachedBoard | null> {
    const tx = this.#db.transaction(['board', 'part'], 'readonly');
    const position = await tx.objectStore('board').get(board);
    if (!position) return null;
    const parts = await tx.objectStore('part').index('board').getAll(board);
    return { ...position, parts: parts.map((part) => part.bytes) };
  }

  async cache(position: Position, from: number, bytes: Uint8Array): Promise<void> {
    const tx: Writing = this.#db.transaction(['outbox', 'row', 'board', 'part', 'copy'], 'readwrite');
    const boards = tx.objectStore('board');
    const parts = tx.objectStore('part');
    const held = await boards.get(position.board);
    const same = held?.epoch === position.epoch ? held : null;
    if (from === 0 ? same !== null && same.seq > position.seq : same === null || same.seq < from) {
      return tx.done;
    }
    if (from === 0) await this.#clearParts(tx, position.board);
    await boards.put({ ...position, seq: Math.max(position.seq, from === 0 ? 0 : (same?.seq ?? 0)) });
    await parts.add({ board: position.board, bytes });
    const index = parts.index('board');
    if ((await index.count(position.board)) > partsBeforeMerge) {
      const all = await index.getAll(position.board);
      const merged = mergeUpdates(all.map((part) => part.bytes));
      await this.#clearParts(tx, position.board);
      await parts.add({ board: position.board, bytes: merged });
    }
    await tx.done;
  }

  async #clearParts(tx: Writing, board: string): Promise<void> {
    const keys = await tx.objectStore('part').index('board').getAllKeys(board);
    for (const key of keys) await tx.objectStore('part').delete(key);
  }

  async dropCache(board: string): Promise<void> {
    const tx: Writing = this.#db.transaction(['outbox', 'row', 'board', 'part', 'copy'], 'readwrite');
    await tx.objectStore('board').delete(board);
    await this.#clearParts(tx, board);
    await tx.done;
  }

  async keepCopy(copy: RecoveredCopy): Promise<void> {
    await this.#db.put('copy', copy);
  }

  copies(board: string, person: string): Promise<readonly RecoveredCopy[]> {
    return this.#db.getAllFromIndex('copy', 'owner', [board, person]);
  }

  async dropCopy(id: string): Promise<void> {
    await this.#db.delete('copy', id);
  }

  async unsent(person: string): Promise<number> {
    const tx = this.#db.transaction(['outbox', 'row']);
    let count = 0;
    for (const outbox of await tx.objectStore('outbox').getAll()) {
      if (outbox.person === person) count += await tx.objectStore('row').count(rowsOf(outbox.id));
    }
    await tx.done;
    return count;
  }

  async wipe(person: string): Promise<void> {
    const tx: Writing = this.#db.transaction(['outbox', 'row', 'board', 'part', 'copy'], 'readwrite');
    for (const outbox of await tx.objectStore('outbox').getAll()) {
      if (outbox.person !== person) continue;
      await tx.objectStore('row').delete(rowsOf(outbox.id));
      await tx.objectStore('outbox').delete(outbox.id);
    }
    for (const copy of await tx.objectStore('copy').getAll()) {
      if (copy.person === person) await tx.objectStore('copy').delete(copy.id);
    }
    // What was shown on this device may not be shown to the next person who uses it.
    await tx.objectStore('board').clear();
    await tx.objectStore('part').clear();
    await tx.done;
  }
}
