import * as Y from 'yjs';
import { remote, type LiveDocument } from './live-document.ts';
import type { CachedBoard, OutboxRow, RecoveredCopy } from './live-store.ts';
import type { OutboxSlot } from './outbox-slot.ts';
import { applyAndTrace, applyPatch, plainRecords } from './record-patches.ts';
import type { LiveClock } from './transport.ts';

export interface CopyOwner {
  readonly board: string;
  readonly person: string;
  readonly clock: LiveClock;
  readonly random: () => number;
}

/** What to do with the device's store once the fresh document is shown. */
export interface Recovery {
  readonly copies: readonly RecoveredCopy[];
  /** Edits of an outbox from number `from` on that are not sent any more. */
  readonly forget: readonly { readonly outbox: string; readonly from: number }[];
}

/** A copy of edits that will not be saved. */
export function copyOf(
  owner: CopyOwner,
  reason: string,
  rows: readonly OutboxRow[],
  records: Readonly<Record<string, unknown>>,
): RecoveredCopy {
  const { board, person, clock, random } = owner;
  const id = `${clock.now().toString(36)}-${Math.floor(random() * 1e9).toString(36)}`;
  return { id, board, person, at: clock.now(), reason, updates: rows.map((row) => row.bytes), records };
}

/**
 * After a lasting refusal of edit `n` (sync.md Y3), without waiting for anything: `fresh`, which shows the committed board,
 * gets the edits before `n` and those of other outboxes, which are good; `n` becomes a copy; the edits behind it are made
 * again as record patches under the new client id of `fresh`. Patches whose record only the refused edit knew go into the
 * copy. Undo history does not survive this.
 */
export function recoverFrom(at: {
  readonly slots: readonly OutboxSlot[];
  readonly refused: OutboxSlot;
  readonly n: number;
  readonly reason: string;
  /** False when nothing at all may be sent any more (no right to write). */
  readonly keepRest: boolean;
  readonly fresh: LiveDocument;
  readonly cached: CachedBoard | null;
  readonly roots: readonly string[];
  readonly owner: CopyOwner;
}): Recovery {
  const { slots, refused, n, fresh, roots, owner } = at;
  const scratch = new Y.Doc();
  for (const part of at.cached?.parts ?? []) Y.applyUpdate(scratch, part);
  const good = slots.flatMap((slot) =>
    slot === refused ? slot.rows.filter((row) => row.n < n) : at.keepRest ? slot.rows : [],
  );
  for (const { bytes } of good) {
    Y.applyUpdate(scratch, bytes);
    Y.applyUpdate(fresh.doc, bytes, remote);
  }
  const lost = at.keepRest
    ? refused.rows.filter((row) => row.n === n)
    : slots.flatMap((slot) => (slot === refused ? slot.rows.filter((row) => row.n >= n) : slot.rows));
  const notKept = lost.flatMap((row) => applyAndTrace(scratch, roots, row.bytes));
  for (const row of at.keepRest ? refused.rows.filter((each) => each.n > n) : []) {
    const patches = applyAndTrace(scratch, roots, row.bytes);
    fresh.doc.transact(() => {
      for (const patch of patches) if (!applyPatch(fresh.doc, patch)) notKept.push(patch);
    }, 'recovered');
  }
  const copies = lost.length > 0 ? [copyOf(owner, at.reason, lost, plainRecords(notKept))] : [];
  scratch.destroy();
  const forget = slots
    .filter((slot) => slot === refused || !at.keepRest)
    .map((slot) => ({ outbox: slot.outbox.id, from: slot === refused ? n : 0 }));
  return { copies, forget };
}

/**
 * Everything unsent becomes a copy, for example because the board was replaced. `shown`: what this window showed; it becomes
 * a copy by itself (`always`) when it differs from what the server has though nothing is unsent.
 */
export function setAside(
  slots: readonly OutboxSlot[],
  reason: string,
  shown: Y.Doc,
  roots: readonly string[],
  owner: CopyOwner,
  always = false,
): Recovery {
  const unsent = slots.flatMap((slot) => slot.rows);
  const rows = always ? [...unsent, { n: 0, bytes: Y.encodeStateAsUpdate(shown) }] : unsent;
  if (rows.length === 0) return { copies: [], forget: [] };
  const records = Object.fromEntries(roots.map((root) => [root, shown.getMap(root).toJSON() as unknown]));
  return {
    copies: [copyOf(owner, reason, rows, records)],
    forget: slots.map((slot) => ({ outbox: slot.outbox.id, from: 0 })),
  };
}
