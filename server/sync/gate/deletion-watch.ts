import type { Member, SyncDependencies } from '../hooks.ts';
import { RecentCount } from './recent-count.ts';

const large = { records: 200, share: 0.25, windowMs: 10_000 };

/**
 * Notices when one person takes away much of a board at once (trust.md Y "Delete everything"): records newly removed, so
 * that overwriting never counts. It refuses nothing, whoever may write may delete; it sees to a way back.
 */
export class DeletionWatch {
  readonly #board: string;
  readonly #deps: SyncDependencies;
  readonly #recent = new Map<string, RecentCount>();

  constructor(board: string, deps: SyncDependencies) {
    this.#board = board;
    this.#deps = deps;
  }

  /** `removed` records went with one edit, `left` are still there. */
  count(by: Member, removed: number, left: number): void {
    if (removed === 0) return;
    const recent = this.#recent.get(by.person) ?? new RecentCount(large.windowMs);
    this.#recent.set(by.person, recent);
    const sum = recent.add(removed, this.#deps.clock.now());
    if (sum <= large.records && sum <= (left + sum) * large.share) return;
    recent.reset();
    this.#deps.log.warn({ board: this.#board, person: by.person, records: sum }, 'much was deleted at once');
    this.#deps.hooks.largeDeletion?.(this.#board, by, sum);
  }
}
