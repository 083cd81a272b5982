import { SvelteSet } from 'svelte/reactivity';
import type { PlanProblem } from '#domain/plan/plan.ts';
import type { CommitReview, CommitRow, RhythmView } from '#protocol/views/board.ts';

interface Kept {
  readonly ticked: readonly string[];
  readonly reason: string;
  readonly rhythm: RhythmView;
}

/**
 * What a person chose in the commit review: ticks, override, rhythm. Kept for the visit, so that a reload loses nothing typed; a
 * review read anew marks what moved since.
 */
export class CommitChoice {
  reason = $state('');
  rhythm = $state<RhythmView>() as RhythmView;
  readonly #ticked: SvelteSet<string>;
  readonly #slot: string;
  /** Rows as they were when the board moved, by key. */
  #before = $state.raw<Readonly<Record<string, string>> | null>(null);

  constructor(boardId: string, review: CommitReview) {
    this.#slot = `commit:${boardId}`;
    const kept = read(this.#slot);
    const known = review.rows.map((row) => row.key);
    this.#ticked = new SvelteSet(
      kept
        ? kept.ticked.filter((key) => known.includes(key))
        : review.rows.filter((row) => row.ticked).map((row) => row.key),
    );
    this.reason = kept?.reason ?? '';
    this.rhythm = kept?.rhythm ?? review.rhythm;
  }

  get keys(): string[] {
    return [...this.#ticked];
  }

  isTicked(key: string): boolean {
    return this.#ticked.has(key);
  }

  tick(key: string, on: boolean): void {
    if (on) this.#ticked.add(key);
    else this.#ticked.delete(key);
  }

  tickAll(rows: readonly CommitRow[], on: boolean): void {
    for (const row of rows) if (mayTick(row)) this.tick(row.key, on);
  }

  countOf(rows: readonly CommitRow[]): number {
    return rows.filter((row) => this.#ticked.has(row.key)).length;
  }

  someOf(rows: readonly CommitRow[]): boolean {
    return this.countOf(rows) > 0;
  }

  allOf(rows: readonly CommitRow[]): boolean {
    return rows.every((row) => !mayTick(row) || this.#ticked.has(row.key)) && this.someOf(rows);
  }

  /** Blocking problems that concern what is ticked or the plan as a whole; those of rows left out stand in nobody's way. */
  blocking({ blocking, rows }: Pick<CommitReview, 'blocking' | 'rows'>): readonly PlanProblem[] {
    const leftOut = rows.map((row) => row.key).filter((key) => !this.#ticked.has(key));
    return blocking.filter((problem) => problem.key === null || !leftOut.includes(problem.key));
  }

  /** What a press will do, in a sentence. */
  sentence(rows: readonly CommitRow[]): string {
    const asked = rows.filter((row) => this.#ticked.has(row.key) && row.change !== 'unchanged');
    const people = asked
      .flatMap((row) => row.mustAccept ?? [])
      .filter((it, at, all) => all.indexOf(it) === at).length;
    const ticked = `${this.#ticked.size} ticked. `;
    if (asked.length === 0) return `${ticked}Nothing new is asked of anybody.`;
    const objectives = asked.length === 1 ? '1 objective' : `${asked.length} objectives`;
    return `${ticked}${objectives} will be proposed to ${people === 1 ? '1 owner' : `${people} owners`}.`;
  }

  noteMoved(review: CommitReview): void {
    this.#before = Object.fromEntries(review.rows.map((row) => [row.key, JSON.stringify(row)]));
  }

  /** True for rows that are other than before the board moved. */
  hasMoved(row: CommitRow): boolean {
    return this.#before !== null && this.#before[row.key] !== JSON.stringify(row);
  }

  remember(): void {
    const kept: Kept = { ticked: this.keys, reason: this.reason, rhythm: $state.snapshot(this.rhythm) };
    try {
      sessionStorage.setItem(this.#slot, JSON.stringify(kept));
    } catch {
      // Then a reload starts from the review's own ticks.
    }
  }

  forget(): void {
    try {
      sessionStorage.removeItem(this.#slot);
    } catch {
      // Nothing was kept.
    }
  }
}

/** What is not done, or is gone from the board, can not be committed. */
export const mayTick = (row: CommitRow): boolean => row.change !== 'gone' && row.change !== 'not-doing';

function read(slot: string): Kept | null {
  if (typeof sessionStorage === 'undefined') return null;
  try {
    const text = sessionStorage.getItem(slot);
    return text === null ? null : (JSON.parse(text) as Kept);
  } catch {
    return null;
  }
}
