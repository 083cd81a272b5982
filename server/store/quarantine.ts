import { lt } from 'drizzle-orm';
import { quarantine } from './schema.ts';
import type { Store } from './store.ts';

const KEPT_MS = 7 * 24 * 60 * 60 * 1000;
/** Of each refused edit so much is kept: enough to see what it was, too little to fill a disk. */
const KEPT_BYTES = 64 * 1024;
/** So many a minute; an attacker sends more. */
const PER_MINUTE = 30;

export interface RefusedFrame {
  readonly boardId: string;
  readonly person: string | null;
  readonly reason: string;
  readonly bytes: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Keeps refused edits for an administrator to look at, seven days long, within a budget (trust.md Y). */
export function createQuarantine(store: Store): {
  keep(frame: RefusedFrame): Promise<void>;
  sweep(now: number): Promise<void>;
} {
  let minute = 0;
  let kept = 0;
  return {
    async keep({ boardId, person, reason, bytes, at }) {
      const current = Math.floor(at / 60_000);
      if (current !== minute) [minute, kept] = [current, 0];
      if (kept >= PER_MINUTE) return;
      kept += 1;
      await store.db.insert(quarantine).values({
        boardId,
        person,
        reason,
        size: bytes.length,
        bytes: bytes.subarray(0, KEPT_BYTES),
        at: new Date(at),
      });
    },
    async sweep(now) {
      await store.db.delete(quarantine).where(lt(quarantine.at, new Date(now - KEPT_MS)));
    },
  };
}
