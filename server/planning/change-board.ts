import { and, eq, inArray } from 'drizzle-orm';
import { maySeeBoard } from '#domain/access/board-scope.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { BoardView } from '#protocol/views/board.ts';
import type { Planning, Viewer } from '../app.ts';
import { board, boardTeam, period, team } from '../store/schema.ts';
import { differences, logChange } from '../store/log-change.ts';
import type { Queries } from '../store/store.ts';
import { openBoard, type OpenBoard } from './board-rows.ts';
import type { PlanningDeps } from './deps.ts';

const titleLimit = 1_000;

/** Changes title, period, teams or archiving of a board. For its managers. */
export async function changeBoard(
  { store, now, truthChanged, guardChanged, scopeChanged }: PlanningDeps,
  viewer: Viewer,
  id: string,
  input: Parameters<Planning['changeBoard']>[2],
): Promise<Outcome<BoardView>> {
  const changed = await store.transaction(async (tx): Promise<Outcome<BoardView>> => {
    const opened = await openBoard(tx, viewer, id, 'manage');
    if (!opened.ok) return opened;
    const checked = await checkBoardInput(tx, viewer, input);
    if (!checked.ok) return checked;
    const locked = refuseLockingOut(viewer, opened.value, input);
    if (locked !== null) return locked;
    const columns: Partial<typeof board.$inferInsert> = {
      ...(input.title === undefined ? {} : { title: input.title.trim() }),
      ...(input.scope === undefined ? {} : { scope: input.scope }),
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
    const { row, view } = opened.value;
    const was = { ...row, archived: row.archivedAt !== null, teamIds: [...view.teamIds].sort() };
    const { teamIds, ...rest } = input;
    const is = { ...rest, ...(teamIds === undefined ? {} : { teamIds: [...new Set(teamIds)].sort() }) };
    const data = differences(was, is);
    if (data !== null) await logChange(tx, viewer, { kind: 'board', id, type: 'changed', data }, now());
    const after = await openBoard(tx, viewer, id, 'read');
    return after.ok ? allowed(after.value.view) : after;
  });
  if (changed.ok) truthChanged(id);
  // Whoever has it open and may not look at it any more is shown out at once.
  if (changed.ok && (input.scope !== undefined || input.teamIds !== undefined)) {
    guardChanged(id);
    scopeChanged?.(id);
  }
  return changed;
}

/** Nobody closes a board before his own eyes: it would be gone, and he could not open it again. */
function refuseLockingOut(
  viewer: Viewer,
  { row, view }: OpenBoard,
  { scope = row.scope, teamIds = view.teamIds }: Parameters<Planning['changeBoard']>[2],
): Outcome<never> | null {
  const teams = viewer.teams.map(({ teamId }) => teamId);
  const administers = viewer.role === 'administrator' && !viewer.viewingAs;
  const after = { scope, teamIds, createdBy: row.createdBy };
  if (maySeeBoard(after, viewer.personId, { teams, administers })) return null;
  const message =
    scope === 'private'
      ? 'Only who made a board can keep it to himself.'
      : 'You would not see it any more. Leave one of your own teams on it.';
  return refused('locks-you-out', message, { path: 'scope' });
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
