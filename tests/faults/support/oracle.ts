import { expect } from 'vitest';
import * as Y from 'yjs';
import type { BoardConnection } from '#lib/live/board-connection.ts';
import { createJournal } from '#server/store/journal/journal.ts';
import { matches } from '#server/sync/checksum.ts';
import type { Store } from '#server/store/store.ts';
import { cardsOf, putCard } from '../../sync/support/card-rules.ts';

/** Knows what every tab made, and how much of it was covered by a *Saved* at any moment. */
export class Oracle {
  readonly acknowledged = new Set<string>();
  /** When an edit was last shown as saved; milliseconds of `performance.now()`. */
  lastAckAt = 0;
  readonly #tabs: readonly BoardConnection[];
  readonly #random: () => number;
  readonly #made: string[][];
  #next = 0;

  constructor(tabs: readonly BoardConnection[], random: () => number) {
    this.#tabs = tabs;
    this.#random = random;
    this.#made = tabs.map(() => []);
    tabs.forEach((tab, i) =>
      tab.subscribe(({ save }) => {
        if (save.kind !== 'saved') return;
        const before = this.acknowledged.size;
        for (const key of this.#made[i] ?? []) this.acknowledged.add(key);
        if (this.acknowledged.size > before) this.lastAckAt = performance.now();
      }),
    );
  }

  get edits(): number {
    return this.#next;
  }

  /** Most people write a card. */
  write(): void {
    this.#tabs.forEach((_tab, i) => {
      if (this.#random() >= 0.3) this.add(i, `by ${i}`);
    });
  }

  /** One person writes one card; answers its key. */
  add(tab: number, title: string): string {
    const key = `k${this.#next++}`;
    this.#made[tab]?.push(key);
    const doc = this.#tabs[tab]?.doc;
    if (doc) putCard(doc, key, { x: this.#next, title });
    return key;
  }

  /** Everybody keeps writing until `done` says so, or for some milliseconds. */
  async writeUntil(done: (() => boolean) | number): Promise<void> {
    const start = performance.now();
    const over = typeof done === 'number' ? () => performance.now() - start >= done : done;
    while (!over()) {
      this.write();
      await new Promise((resolve) => setTimeout(resolve, 5 + this.#random() * 20));
    }
  }

  /** Every acknowledged edit is in the journal once, every other one too by now, and everybody shows the same. */
  async verify(store: Store, board: string): Promise<number> {
    const loaded = await createJournal(store).load(board, { ignoreCheckpoint: true });
    const rows = loaded?.rows ?? [];
    expect(rows.every((row) => matches(row.bytes, row.sha256))).toBe(true);
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_row, i) => i + 1));
    const last = new Map<string, number>();
    for (const row of rows) {
      expect(row.n).toBe((last.get(row.outbox) ?? 0) + 1);
      last.set(row.outbox, row.n);
    }
    const doc = new Y.Doc();
    for (const row of rows) Y.applyUpdate(doc, row.bytes);
    const stored = doc.getMap('cards');
    expect([...this.acknowledged].filter((key) => !stored.has(key))).toEqual([]);
    expect(stored.size).toBe(this.#next);
    for (const tab of this.#tabs) expect(cardsOf(tab.doc)).toEqual(cardsOf(doc));
    return rows.length;
  }
}
