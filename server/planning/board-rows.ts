import { and, desc, eq, getTableColumns, inArray, isNull, max } from 'drizzle-orm';
import type { BoardView } from '#protocol/views/board.ts';
import type { PeriodView } from '#protocol/views/organisation.ts';
import { allowed, type Outcome } from '#domain/outcome.ts';
import type { Viewer } from '../app.ts';
import { board, boardCommit, boardTeam, boardUpdate, period } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { boardNotFound, boardRight, isEnough, rightMissing } from './board-right.ts';

/** A board's row without what imports left with it: that can be megabytes, and is read only where it is needed. */
export type BoardRow = Omit<typeof board.$inferSelect, 'extra'>;

const { extra: _, ...columns } = getTableColumns(board);

/** A board as the services work on it, with the viewer's right settled. */
export interface OpenBoard {
  readonly row: BoardRow;
  readonly view: BoardView;
}

/** Boards of the viewer's organisation, not archived, latest change first. */
export async function listBoards(queries: Queries, viewer: Viewer): Promise<readonly BoardView[]> {
  const rows = await queries
    .select(columns)
    .from(board)
    .where(and(eq(board.organisationId, viewer.organisationId), isNull(board.archivedAt)))
    .orderBy(desc(board.createdAt));
  const views = await toViews(queries, viewer, rows);
  return views.filter(({ right }) => right !== 'none').sort((a, b) => b.changedAt - a.changedAt);
}

/** The board, when the viewer's right is enough; another organisation's does not exist. */
export async function openBoard(
  queries: Queries,
  viewer: Viewer,
  id: string,
  needed: 'read' | 'write' | 'manage',
): Promise<Outcome<OpenBoard>> {
  const [row] = await queries
    .select(columns)
    .from(board)
    .where(and(eq(board.id, id), eq(board.organisationId, viewer.organisationId)));
  if (!row) return boardNotFound;
  const [view] = await toViews(queries, viewer, [row]);
  if (!view || view.right === 'none') return boardNotFound;
  if (isEnough(view.right, needed)) return allowed({ row, view });
  return needed === 'read' ? boardNotFound : rightMissing(needed);
}

async function toViews(
  queries: Queries,
  viewer: Viewer,
  rows: readonly BoardRow[],
): Promise<readonly BoardView[]> {
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const [teams, periods, edits, commits] = await Promise.all([
    queries.select().from(boardTeam).where(inArray(boardTeam.boardId, ids)),
    queries.select().from(period).where(eq(period.organisationId, viewer.organisationId)),
    queries
      .select({ boardId: boardUpdate.boardId, at: boardUpdate.at })
      .from(boardUpdate)
      .innerJoin(board, and(eq(board.id, boardUpdate.boardId), eq(board.head, boardUpdate.seq)))
      .where(inArray(boardUpdate.boardId, ids)),
    queries
      .select({ boardId: boardCommit.boardId, at: max(boardCommit.at) })
      .from(boardCommit)
      .where(inArray(boardCommit.boardId, ids))
      .groupBy(boardCommit.boardId),
  ]);
  return rows.map((row) => {
    const teamIds = teams.filter((it) => it.boardId === row.id).map((it) => it.teamId);
    const edit = edits.find((it) => it.boardId === row.id);
    const commit = commits.find((it) => it.boardId === row.id);
    const its = periods.find((it) => it.id === row.periodId);
    return {
      id: row.id,
      title: row.title,
      period: its ? toPeriodView(its) : null,
      ...{ teamIds, scope: row.scope },
      createdAt: row.createdAt.getTime(),
      changedAt: (edit?.at ?? row.createdAt).getTime(),
      right: boardRight(viewer, {
        organisationId: row.organisationId,
        createdBy: row.createdBy,
        teamIds,
        archived: row.archivedAt !== null,
        scope: row.scope,
      }),
      rhythm: row.rhythm,
      committedAt: commit?.at?.getTime() ?? null,
    };
  });
}

export const toPeriodView = ({ id, kind, label, start, end }: typeof period.$inferSelect): PeriodView => ({
  id,
  kind,
  label,
  start,
  end,
});

/** What imports left with a board: origin, updates, unknown fields. */
export async function readExtra(
  queries: Queries,
  boardId: string,
): Promise<Readonly<Record<string, unknown>>> {
  const [row] = await queries.select({ extra: board.extra }).from(board).where(eq(board.id, boardId));
  return row?.extra ?? {};
}

/** Puts teams on a board; those already there stay. */
export async function addTeams(tx: Queries, boardId: string, teamIds: readonly string[]): Promise<void> {
  if (teamIds.length === 0) return;
  await tx
    .insert(boardTeam)
    .values(teamIds.map((teamId) => ({ boardId, teamId })))
    .onConflictDoNothing();
}
