import { isNull, notInArray, or, type SQL, type SQLWrapper } from 'drizzle-orm';

/** Rows that stand on no board or on one that is not hidden; nothing at all to ask where none is hidden. */
export function onSeenBoards(boardId: SQLWrapper, hidden: readonly string[]): SQL | undefined {
  return hidden.length === 0 ? undefined : or(isNull(boardId), notInArray(boardId, [...hidden]));
}
