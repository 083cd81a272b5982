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
  /** May this person change this record, by areas and locks? */
  mayChange(id: string): boolean;
  /** May this person put something into this area? */
  mayAdd(area: string): boolean;
  readonly truth: BoardTruth | null;
  readonly period: PlanPeriod | null;
  readonly me: { readonly personId: string; readonly personKey: string };
}

const key = Symbol('board');

export function setBoard(board: BoardContext): void {
  setContext(key, board);
}

/** The same board for the forms of one record: they are read-only where its area or a lock says so. */
export function setBoardOf(record: () => string): BoardContext {
  const board = readBoard();
  const guarded: BoardContext = {
    boardId: board.boardId,
    me: board.me,
    period: board.period,
    get index() {
      return board.index;
    },
    get editing() {
      return board.editing;
    },
    get truth() {
      return board.truth;
    },
    get mayWrite() {
      return board.mayWrite && board.mayChange(record());
    },
    mayChange: (id) => board.mayChange(id),
    mayAdd: (area) => board.mayAdd(area),
  };
  setBoard(guarded);
  return guarded;
}

export function readBoard(): BoardContext {
  const board = getContext<BoardContext | undefined>(key);
  if (board === undefined) throw new Error('No board: a page above must call setBoard.');
  return board;
}
