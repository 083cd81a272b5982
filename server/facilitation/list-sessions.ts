import { and, desc, eq, isNotNull, isNull, ne, or, sql, type SQL } from 'drizzle-orm';
import type { MeetingKind } from '#domain/facilitation/agenda.ts';
import { presentPeople, type Session } from '#domain/facilitation/session.ts';
import type { SessionSummary } from '#protocol/views/facilitation.ts';
import type { SessionFilter } from '../app-facilitation.ts';
import type { Viewer } from '../app.ts';
import { board, occurrence, session } from '../store/schema.ts';
import { onSeenBoards } from '../store/seen-boards.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';

const most = 200;

/** Sessions of an organisation, newest first. */
export async function listSessions(
  queries: Queries,
  viewer: Viewer,
  filter: SessionFilter,
): Promise<readonly SessionSummary[]> {
  const { status, boardId, teamId, ritualId, occurrenceId } = filter;
  if ([boardId, teamId, ritualId, occurrenceId].some((id) => id !== undefined && !isUuid(id))) return [];
  const rows = await queries
    .select({ row: session, boardTitle: board.title, meetsAt: occurrence.startsAt })
    .from(session)
    .leftJoin(board, eq(board.id, session.boardId))
    .leftJoin(occurrence, eq(occurrence.id, session.occurrenceId))
    .where(
      and(
        eq(session.organisationId, viewer.organisationId),
        seenSessions(viewer),
        // One that was called off before it began was no session.
        or(ne(session.status, 'ended'), isNotNull(session.startedAt)),
        // One that was prepared for a meeting that is skipped is not going to be.
        or(ne(session.status, 'planned'), isNull(occurrence.id), ne(occurrence.status, 'skipped')),
        status === undefined ? undefined : eq(session.status, status),
        boardId === undefined ? undefined : eq(session.boardId, boardId),
        teamId === undefined ? undefined : eq(session.teamId, teamId),
        ritualId === undefined ? undefined : eq(session.ritualId, ritualId),
        occurrenceId === undefined ? undefined : eq(session.occurrenceId, occurrenceId),
      ),
    )
    .orderBy(
      desc(
        sql`coalesce(${session.startedAt}, ${occurrence.startsAt}, ${session.plannedAt}, ${session.createdAt})`,
      ),
    )
    .limit(most);
  return rows.map(({ row, boardTitle, meetsAt }) => {
    const state = row.state as Session;
    return {
      ...{ id: row.id, title: row.title, status: row.status, kind: row.kind as MeetingKind },
      // A meeting that was moved takes its session along.
      plannedAt: (meetsAt ?? row.plannedAt)?.getTime() ?? null,
      startedAt: row.startedAt?.getTime() ?? null,
      endedAt: row.endedAt?.getTime() ?? null,
      ...{ teamId: row.teamId, boardId: row.boardId },
      boardTitle: viewer.hiddenBoards.includes(row.boardId ?? '') ? null : boardTitle,
      ...{ ritualId: row.ritualId, occurrenceId: row.occurrenceId },
      facilitatorId: state.facilitators[0] ?? null,
      people: row.status === 'ended' ? Object.keys(state.people).length : presentPeople(state).length,
    };
  });
}

/** Sessions on boards that are hidden from somebody are his only when he took part. */
function seenSessions({ hiddenBoards, personId }: Viewer): SQL | undefined {
  const open = onSeenBoards(session.boardId, hiddenBoards);
  return open && or(open, sql`${session.state}->'people' ? ${personId}`);
}

/** True when this viewer may enter, read and act in a session. */
export function seesSession(
  { hiddenBoards, personId }: Viewer,
  { boardId, state }: Pick<typeof session.$inferSelect, 'boardId' | 'state'>,
): boolean {
  if (boardId === null || !hiddenBoards.includes(boardId)) return true;
  return Object.hasOwn((state as Session).people, personId);
}

/** The session that runs on a board; the one started last when there are several. */
export async function runningOn(
  queries: Queries,
  boardId: string,
): Promise<typeof session.$inferSelect | null> {
  if (!isUuid(boardId)) return null;
  const [row] = await queries
    .select()
    .from(session)
    .where(and(eq(session.boardId, boardId), eq(session.status, 'running')))
    .orderBy(desc(session.startedAt))
    .limit(1);
  return row ?? null;
}
