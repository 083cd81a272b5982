import type { BoardScope } from '../../domain/access/board-scope.ts';
import type { BoardRight } from '../../domain/access/roles.ts';
import type { Plan, PlanProblem } from '../../domain/plan/plan.ts';
import type { Instant } from '../../domain/time.ts';
import type { PeriodView } from './organisation.ts';

export interface BoardView {
  readonly id: string;
  readonly title: string;
  readonly period: PeriodView | null;
  readonly teamIds: readonly string[];
  /** Who may look at it: everybody, the people of its teams, its maker. */
  readonly scope: BoardScope;
  readonly createdAt: Instant;
  /** Time of the last committed edit, or of creation. */
  readonly changedAt: Instant;
  readonly right: BoardRight;
  readonly rhythm: RhythmView | null;
  readonly committedAt: Instant | null;
}

/** What a board is made of. */
export interface NewBoard {
  readonly title: string;
  readonly periodId?: string | null;
  readonly template: 'blank' | 'quarterly-planning';
  readonly teamIds?: readonly string[];
  /** Month columns under the areas of the quarterly template; left out, the depth says. */
  readonly columns?: boolean;
  /** Left out, everybody may look at it. */
  readonly scope?: BoardScope;
}

/** What of a board its managers change. */
export interface BoardChange {
  readonly title?: string;
  readonly archived?: boolean;
  readonly periodId?: string | null;
  readonly teamIds?: readonly string[];
  readonly scope?: BoardScope;
}

/** How a board's commitments are checked; chosen in the commit review. */
export interface RhythmView {
  readonly cadence: 'weekly' | 'two-weekly' | 'monthly' | 'quarterly';
  /** 1 = Monday ... 7 = Sunday. */
  readonly weekday: number;
  /** `HH:MM`, local. */
  readonly time: string;
  readonly closeOn: string;
}

export interface SnapshotView {
  readonly id: string;
  readonly number: number;
  readonly why: string;
  readonly label: string;
  readonly by: string | null;
  readonly at: Instant;
  readonly seq: number;
  readonly sha256: string;
  readonly objectives: number;
  /** The stop's name on the slider: *Planning day*, *Week 4*. */
  readonly stop: string;
}

export interface SnapshotDetail extends SnapshotView {
  readonly plan: Plan;
  readonly problems: readonly PlanProblem[];
  /** The document, base64. */
  readonly document: string;
}

/** What an import did: keys of board objects. */
export interface ImportReport {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
  readonly problems: readonly PlanProblem[];
  /** Persons and teams the file named and the organisation did not know yet. */
  readonly newPeople: number;
  readonly newTeams: number;
  /** Updates taken over as check-in history. */
  readonly updates: number;
}

/** One row of the commit review (board.md B5.1). */
export interface CommitRow {
  readonly key: string;
  readonly title: string;
  readonly team: string | null;
  readonly owner: string | null;
  readonly due: string | null;
  readonly measures: number;
  readonly ticked: boolean;
  readonly change: 'new' | 'changed' | 'unchanged' | 'gone' | 'not-doing';
  /** Field by field, before and after, for `changed`. */
  readonly fields: readonly { readonly field: string; readonly before: string; readonly after: string }[];
  /** Person key who must accept; null when nothing is asked of anybody. */
  readonly mustAccept: string | null;
  readonly recordId: string | null;
}

export interface CommitReview {
  readonly sentence: string;
  /** Sequence number of the document that was read: the act says it back, and a moved board is recomputed. */
  readonly seq: number;
  readonly blocking: readonly PlanProblem[];
  readonly warnings: readonly PlanProblem[];
  readonly rows: readonly CommitRow[];
  readonly rhythm: RhythmView;
  readonly mayPress: boolean;
}

export interface CommitResult {
  readonly snapshot: SnapshotView;
  readonly changes: readonly CommitRow[];
  readonly problems: readonly PlanProblem[];
  readonly commitments: readonly string[];
}
