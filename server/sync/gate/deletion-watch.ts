import type { Member, SyncDependencies } from '../hooks.ts';
import { RecentCount } from './recent-count.ts';

/** Fewer than `least` is what Undo is for, however small the board. */
const large = { records: 200, share: 0.25, least: 10, windowMs: 10_000 };

/**
 * Notices when one person takes away much of a board at once (trust.md Y "Delete everything"): records newly removed, so
 * that overwriting never counts. It refuses nothing, whoever may write may delete; it sees to a way back.
 */
export class DeletionWatch {
  readonly #board: string;
  readonly #deps: SyncDependencies;
  readonly #recent = new Map<string, { count: RecentCount; since: number; at: number; told: boolean }>();

  constructor(board: string, deps: SyncDependencies) {
    this.#board = board;
    this.#deps = deps;
  }

  /**
   * `removed` records went with one edit, `left` are still there, and `seq` is what was accepted before that edit. The
   * answer: a removal to keep a way back from.
   */
  count(by: Member, removed: number, left: number, seq: number): { records: number; from: number } | null {
    const now = this.#deps.clock.now();
    const known = this.#recent.get(by.person);
    const recent =
      known && now - known.at < large.windowMs
        ? known
        : { count: new RecentCount(large.windowMs), since: seq, at: now, told: false };
    recent.at = now;
    this.#recent.set(by.person, recent);
    const records = recent.count.add(removed, now);
    // It goes on: what comes now belongs to what was told already.
    if (recent.told) return { records: removed, from: recent.since };
    const isMuch =
      records > large.records || (records >= large.least && records > (left + records) * large.share);
    if (!isMuch) return null;
    recent.told = true;
    this.#deps.log.warn({ board: this.#board, person: by.person, records }, 'much was deleted at once');
    return { records, from: recent.since };
  }
}
