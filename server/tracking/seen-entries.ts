import { eq, or, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { onSeenBoards } from '../store/seen-boards.ts';
import type { Seer } from './seen.ts';

/** The columns that say who may look at an entry, as every register has them. */
export interface EntryColumns {
  readonly boardId: PgColumn;
  readonly ownerId: PgColumn;
  readonly state: PgColumn;
}

/** Whom an entry concerns (src/domain/register/concerned.ts) on boards hidden from them, as a condition; nothing where none is hidden. */
export function seenEntries(
  { boardId, ownerId, state }: EntryColumns,
  { personId, hiddenBoards }: Pick<Seer, 'personId' | 'hiddenBoards'>,
): SQL | undefined {
  const open = onSeenBoards(boardId, hiddenBoards);
  if (open === undefined) return undefined;
  const is = (field: string) => sql`${state}->>${sql.raw(`'${field}'`)} = ${personId}`;
  const names = (field: string) => sql`${state}->${sql.raw(`'${field}'`)} ? ${personId}`;
  const said = [is('raisedBy'), is('asked'), names('consulted'), names('informed'), names('people')];
  return or(open, eq(ownerId, personId), ...said);
}
