import { and, eq, inArray } from 'drizzle-orm';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { BoardView } from '#protocol/views/board.ts';
import type { Planning, Viewer } from '../app.ts';
import { board, boardTeam, period, team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { openBoard } from './board-rows.ts';
import type { PlanningDeps } from './deps.ts';

const titleLimit = 1_000;

/** Changes title, period, teams or archiving of a board. For its managers. */
export async function changeBoard(
  { store, now, truthChanged }: PlanningDeps,
  viewer: Viewer,
  id: string,
  input: Parameters<Planning['changeBoard']>[2],
): Promise<Outcome<BoardView>> {
  const changed = await store.transaction(async (tx): Promise<Outcome<BoardView>> => {
    const opened = await openBoard(tx, viewer, id, 'manage');
    if (!opened.ok) return opened;
    const checked = await checkBoardInput(tx, viewer, input);
    if (!checked.ok) return checked;
    const columns: Partial<typeof board.$inferInsert> = {
      ...(input.title === undefined ? {} : { title: input.title.trim() }),
      ...(input.periodId === undefined ? {} : { periodId: input.periodId }),
      ...(input.archived === undefined ? {} : { archivedAt: input.archived ? new Date(now()) : null }),
    };
    if (Object.keys(columns).length > 0) await tx.update(board).set(columns).where(eq(board.id, id));
    if (input.teamIds !== undefined) {
      await tx.delete(boardTeam).where(eq(boardTeam.boardId, id));
      if (input.teamIds.length > 0) {
        await tx
          .insert(boardTeam)
          .values([...new Set(input.teamIds)].map((teamId) => ({ boardId: id, teamId })));
      }
    }
    const after = await openBoard(tx, viewer, id, 'read');
    return after.ok ? allowed(after.value.view) : after;
  });
  if (changed.ok) truthChanged(id);
  return changed;
}

/** Checks what boards are made of and changed by: a title, and a period and teams of this organisation. */
export async function checkBoardInput(
  queries: Queries,
  viewer: Viewer,
  input: { readonly title?: string; readonly periodId?: string | null; readonly teamIds?: readonly string[] },
): Promise<Outcome<true>> {
  if (input.title !== undefined) {
    const length = input.title.trim().length;
    if (length === 0) return refused('title-missing', 'Give the board a title.', { path: 'title' });
    if (length > titleLimit) {
      return refused('title-too-long', `The title has ${length} characters; ${titleLimit} are possible.`, {
        path: 'title',
      });
    }
  }
  if (input.periodId !== undefined && input.periodId !== null) {
    const [found] = await queries
      .select({ id: period.id })
      .from(period)
      .where(and(eq(period.id, input.periodId), eq(period.organisationId, viewer.organisationId)));
    if (!found)
      return refused('unknown-period', 'There is no such period in this organisation.', { path: 'period' });
  }
  const teamIds = [...new Set(input.teamIds ?? [])];
  if (teamIds.length > 0) {
    const found = await queries
      .select({ id: team.id })
      .from(team)
      .where(and(inArray(team.id, teamIds), eq(team.organisationId, viewer.organisationId)));
    const missing = teamIds.findIndex((id) => !found.some((it) => it.id === id));
    if (missing >= 0) {
      return refused('unknown-team', 'There is no such team in this organisation.', {
        path: `teams[${missing}]`,
      });
    }
  }
  return allowed(true);
}
