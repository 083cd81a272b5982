import { and, eq, ne, sql, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { maySeeBoard, type ScopedBoard } from '#domain/access/board-scope.ts';
import { board, boardTeam } from './schema.ts';
import type { Queries } from './store.ts';

/** True where any board is not for everybody: part of a query that is made anyway, since nearly always there is none. */
export const hasNarrowBoards = (organisationId: AnyPgColumn): SQL<boolean> => sql<boolean>`exists (
  select 1 from ${board} where ${board.organisationId} = ${organisationId} and ${board.scope} <> 'organisation'
)`;

/** Boards of an organisation that are not for everybody; nearly always none. */
export async function readNarrowBoards(
  queries: Queries,
  organisationId: string,
): Promise<readonly (ScopedBoard & { readonly id: string })[]> {
  const narrow = await queries
    .select({ id: board.id, scope: board.scope, createdBy: board.createdBy, teamId: boardTeam.teamId })
    .from(board)
    .leftJoin(boardTeam, eq(boardTeam.boardId, board.id))
    .where(and(eq(board.organisationId, organisationId), ne(board.scope, 'organisation')));
  return [...Map.groupBy(narrow, ({ id }) => id).values()].flatMap((rows) => {
    const [first] = rows;
    return first === undefined ? [] : [{ ...first, teamIds: rows.flatMap(({ teamId }) => teamId ?? []) }];
  });
}

/** Those of them that are not for this person. */
export async function readHiddenBoards(
  queries: Queries,
  organisationId: string,
  personId: string,
  standing: { readonly teams: readonly string[]; readonly administers: boolean },
): Promise<readonly string[]> {
  const narrow = await readNarrowBoards(queries, organisationId);
  return narrow.filter((it) => !maySeeBoard(it, personId, standing)).map(({ id }) => id);
}
