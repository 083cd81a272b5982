import { and, desc, eq, exists, isNull, or, sql, type SQL } from 'drizzle-orm';
import { changeGuard, type GuardCommand } from '#domain/access/change-guard.ts';
import { guardedBy, type BoardGuard, type Guarded, type SectionHold } from '#domain/access/guard.ts';
import { readGuard, toStored, type SessionSays } from '#domain/access/read-guard.ts';
import type { Stage } from '#domain/facilitation/agenda.ts';
import { allowed, type Outcome } from '#domain/outcome.ts';
import type { Viewer } from '../app.ts';
import { board, boardTeam, member, session, teamMember } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { openBoard, type OpenBoard } from './board-rows.ts';
import type { PlanningDeps } from './deps.ts';

/** Who may change what of a board, as its room asks; a board that is gone is open, its room ends by itself. */
export async function readBoardGuard({ db }: Pick<Store, 'db'>, boardId: string): Promise<BoardGuard> {
  const [row] = await db.select({ guard: board.guard }).from(board).where(eq(board.id, boardId));
  return readGuard(row?.guard, await sessionSays(db, boardId));
}

/**
 * People who lead a session that runs on the board and was called by one of its managers: a member who calls one leads
 * the meeting, and is not thereby somebody the board's managers let through their locks. One of which it is asked whether
 * it is over holds nothing any more, until somebody does something in it.
 */
async function sessionSays(queries: Queries, boardId: string): Promise<Required<SessionSays>> {
  const rows = await queries
    .select({
      people: sql<readonly string[]>`${session.state}->'facilitators'`,
      stages: sql<readonly Stage[]>`${session.state}->'stages'`,
      current: sql<string | null>`${session.state}->>'current'`,
    })
    .from(session)
    .innerJoin(board, eq(board.id, session.boardId))
    .where(
      and(
        ...[eq(session.boardId, boardId), eq(session.status, 'running'), callerManages(queries)],
        sql`not ${session.state} ? 'endProposed'`,
      ),
    )
    .orderBy(desc(session.startedAt));
  const held = rows.map(({ stages, current }) => holdOf(stages.find(({ id }) => id === current)));
  return {
    facilitators: [...new Set(rows.flatMap(({ people }) => people))].sort(),
    // Of several meetings on one board the one that windows show, the latest, says what is changed.
    section: held[0] ?? null,
  };
}

/** What the section the room is in leaves to change of the board. */
function holdOf(stage: Stage | undefined): SectionHold | null {
  const { edits = 'everything', area = null } = stage ?? {};
  if (edits === 'none') return { area: null };
  return edits === 'area' && area !== null ? { area: area.id } : null;
}

/** As `boardRight` says of a viewer: its creator, the leads of its teams, administrators. */
function callerManages(queries: Queries): SQL | undefined {
  const leads = queries
    .select({ one: sql`1` })
    .from(teamMember)
    .innerJoin(boardTeam, eq(boardTeam.teamId, teamMember.teamId))
    .where(
      and(
        eq(boardTeam.boardId, board.id),
        eq(teamMember.personId, session.createdBy),
        eq(teamMember.role, 'lead'),
      ),
    );
  const administers = queries
    .select({ one: sql`1` })
    .from(member)
    .where(
      and(
        eq(member.organisationId, board.organisationId),
        eq(member.personId, session.createdBy),
        eq(member.role, 'administrator'),
        isNull(member.suspendedAt),
      ),
    );
  return or(eq(board.createdBy, session.createdBy), exists(leads), exists(administers));
}

/** The viewer as areas and locks of this board see them. */
export async function guardedOn(
  queries: Queries,
  viewer: Viewer,
  { row, view }: OpenBoard,
): Promise<{ readonly who: Guarded; readonly says: SessionSays }> {
  const says = await sessionSays(queries, row.id);
  const teams = viewer.teams.map((team) => team.key);
  const who = guardedBy(readGuard(null, says), { person: viewer.personId, teams, right: view.right });
  return { who, says };
}

export async function viewGuard(
  { store }: PlanningDeps,
  viewer: Viewer,
  boardId: string,
): Promise<Outcome<BoardGuard>> {
  const opened = await openBoard(store.db, viewer, boardId, 'read');
  return opened.ok ? allowed(await readBoardGuard(store, boardId)) : opened;
}

/** Manages the board, or leads the session that runs on it: may pause it. */
export async function mayPause(
  { store }: Pick<PlanningDeps, 'store'>,
  viewer: Viewer,
  boardId: string,
): Promise<boolean> {
  const opened = await openBoard(store.db, viewer, boardId, 'write');
  return opened.ok && (await guardedOn(store.db, viewer, opened.value)).who.manages;
}

/**
 * Pauses a board in the name of who has just ended the session on it, and led it until then: whether they may was asked
 * before, see `mayPause`.
 */
export async function leavePaused(
  { store, guardChanged }: PlanningDeps,
  viewer: Viewer,
  boardId: string,
): Promise<void> {
  await store.transaction(async (tx) => {
    const [row] = await tx
      .select({ guard: board.guard })
      .from(board)
      .where(and(eq(board.id, boardId), eq(board.organisationId, viewer.organisationId)))
      .for('update');
    if (row === undefined) return;
    const who = { person: viewer.personId, teams: [], manages: true };
    const decided = changeGuard(readGuard(row.guard), { act: 'pause' }, who, viewer.organisation.now, true);
    if (!decided.ok) return;
    await tx
      .update(board)
      .set({ guard: toStored(decided.value) })
      .where(eq(board.id, boardId));
  });
  guardChanged(boardId);
}

/** Opens, closes, locks, unlocks, pauses or resumes; all nodes and open windows hear of it at once. */
export async function changeBoardGuard(
  deps: PlanningDeps,
  viewer: Viewer,
  boardId: string,
  command: GuardCommand,
): Promise<Outcome<BoardGuard>> {
  const { store, documents, guardChanged } = deps;
  const opened = await openBoard(store.db, viewer, boardId, 'write');
  if (!opened.ok) return opened;
  const { who, says } = await guardedOn(store.db, viewer, opened.value);
  let isOwn = who.manages;
  if (command.act === 'lock' && !who.manages) {
    const author = await documents.authorOf(boardId, command.record);
    if (!author.ok) return author;
    isOwn = author.value === viewer.personId;
  }
  const changed = await store.transaction(async (tx): Promise<Outcome<BoardGuard>> => {
    const [row] = await tx
      .select({ guard: board.guard })
      .from(board)
      .where(eq(board.id, boardId))
      .for('update');
    const before = readGuard(row?.guard, says);
    const decided = changeGuard(before, command, who, viewer.organisation.now, isOwn);
    if (!decided.ok) return decided;
    await tx
      .update(board)
      .set({ guard: toStored(decided.value) })
      .where(eq(board.id, boardId));
    return decided;
  });
  if (changed.ok) guardChanged(boardId);
  return changed;
}
