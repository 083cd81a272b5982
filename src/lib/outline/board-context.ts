import { getContext, setContext } from 'svelte';
import type { BoardTruth } from '#protocol/views/tracking.ts';
import type { PlanPeriod } from '#domain/plan/plan.ts';
import type { RecordIndex } from '#board/tree.ts';
import type { BoardEditing } from './board-editing.ts';

/** What every form and list of a board page may know; the page provides it, reactive by its getters. */
export interface BoardContext {
  readonly boardId: string;
  readonly index: RecordIndex;
  readonly editing: BoardEditing;
  /** False for observers, while the board is paused, and on a frozen board. */
  readonly mayWrite: boolean;
  readonly truth: BoardTruth | null;
  readonly period: PlanPeriod | null;
  readonly me: { readonly personId: string; readonly personKey: string };
}

const key = Symbol('board');

export function setBoard(board: BoardContext): void {
  setContext(key, board);
}

export function readBoard(): BoardContext {
  const board = getContext<BoardContext | undefined>(key);
  if (board === undefined) throw new Error('No board: a page above must call setBoard.');
  return board;
}
