import { and, asc, eq } from 'drizzle-orm';
import type { Actor } from '#domain/event.ts';
import type { SessionEvent } from '#domain/facilitation/event.ts';
import { foldAll } from '#domain/facilitation/fold.ts';
import { isCalledOff, type Session } from '#domain/facilitation/session.ts';
import type { Instant } from '#domain/time.ts';
import { session, sessionEvent } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { logSession } from './log-session.ts';

export type SessionTableRow = typeof session.$inferSelect;

/** A session as it is stored. */
export interface LoadedSession {
  readonly row: SessionTableRow;
  readonly state: Session;
}

/** Loads one session of an organisation; `lock` keeps every other command waiting until the transaction ends. */
export async function loadSession(
  queries: Queries,
  organisationId: string,
  id: string,
  { lock = false } = {},
): Promise<LoadedSession | null> {
  if (!isUuid(id)) return null;
  const query = queries
    .select()
    .from(session)
    .where(and(eq(session.id, id), eq(session.organisationId, organisationId)));
  const [row] = lock ? await query.for('update') : await query;
  return row === undefined ? null : { row, state: row.state as Session };
}

/** True when this command was carried out before. */
export async function wasSeen(queries: Queries, sessionId: string, commandId: string): Promise<boolean> {
  const [found] = await queries
    .select({ rev: sessionEvent.rev })
    .from(sessionEvent)
    .where(and(eq(sessionEvent.sessionId, sessionId), eq(sessionEvent.commandId, commandId)))
    .limit(1);
  return found !== undefined;
}

/** Appends to a session's log and brings its row up to date, within the caller's transaction. Returns the state after. */
export async function keepSession(
  tx: Queries,
  loaded: LoadedSession,
  commandId: string,
  events: readonly SessionEvent[],
  /** The organisation's own clock; null: the real one. */
  now: Instant | null,
): Promise<LoadedSession> {
  if (events.length === 0) return loaded;
  const { row, state } = loaded;
  const after = foldAll(events, row.rev === 0 ? null : state);
  if (after === null) throw new Error('A session cannot be folded.');
  await tx.insert(sessionEvent).values(
    events.map(({ type, data, at, actor }, index) => ({
      ...{ sessionId: row.id, rev: row.rev + index + 1, commandId, type, data },
      ...{ actorPersonId: actor.person, at: new Date(at) },
    })),
  );
  const book = { organisationId: row.organisationId, sessionId: row.id, boardId: row.boardId, now };
  await logSession(tx, book, state, events, row.rev);
  const changed = {
    ...{ rev: after.rev, state: after, status: after.status, title: after.title },
    startedAt: after.startedAt === null ? null : new Date(after.startedAt),
    endedAt: after.endedAt === null ? null : new Date(after.endedAt),
    // A meeting of the calendar whose session was called off can be opened again.
    occurrenceId: isCalledOff(after) ? null : row.occurrenceId,
  };
  await tx.update(session).set(changed).where(eq(session.id, row.id));
  return { row: { ...row, ...changed }, state: after };
}

/** The whole log of a session, in order. */
export async function readSessionEvents(queries: Queries, id: string): Promise<readonly SessionEvent[]> {
  const rows = await queries
    .select()
    .from(sessionEvent)
    .where(eq(sessionEvent.sessionId, id))
    .orderBy(asc(sessionEvent.rev));
  return rows.map(({ type, data, at, actorPersonId }) => {
    const actor: Actor = { person: actorPersonId, via: actorPersonId === null ? 'clock' : 'session' };
    return { type, data, at: at.getTime(), actor } as SessionEvent;
  });
}
