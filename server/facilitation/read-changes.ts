import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, or, type SQL } from 'drizzle-orm';
import { changesIn, type ChangedSince, type LoggedChange } from '#domain/facilitation/changes.ts';
import type { Session } from '#domain/facilitation/session.ts';
import { dayMs } from '#domain/rhythm/local-time.ts';
import type { Instant } from '#domain/time.ts';
import {
  assumption,
  commitment,
  decision,
  dependency,
  event,
  learning,
  risk,
  session,
  triageItem,
} from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { asksIn, plannedIn, roomSees, teamsOf, weeklyIn } from './scope.ts';

/** The last meeting before this one: of the same ritual, else of the same kind at the same place. */
export async function readPrevious(
  queries: Queries,
  organisationId: string,
  it: Session,
): Promise<{ readonly id: string; readonly title: string; readonly endedAt: Instant } | null> {
  const samePlace = and(
    eq(session.kind, it.kind),
    it.board === null ? isNull(session.boardId) : eq(session.boardId, it.board),
    it.team === null ? isNull(session.teamId) : eq(session.teamId, it.team),
  );
  const [found] = await queries
    .select({ id: session.id, title: session.title, endedAt: session.endedAt })
    .from(session)
    .where(
      and(
        eq(session.organisationId, organisationId),
        eq(session.status, 'ended'),
        isNotNull(session.startedAt),
        it.ritual === null ? samePlace : eq(session.ritualId, it.ritual),
      ),
    )
    .orderBy(desc(session.endedAt))
    .limit(1);
  return found?.endedAt == null ? null : { ...found, endedAt: found.endedAt.getTime() };
}

/** Imports and what the clock finds later are written down after they happened; further back nobody writes for a meeting. */
const writtenDownWithinMs = 30 * dayMs;

/**
 * What was written down since the last meeting about everything this one is about, from the event log alone.
 * `now`: the organisation's clock, which in the example is not the one sessions run by.
 */
export async function readChanges(
  queries: Queries,
  organisationId: string,
  it: Session,
  now: Instant,
): Promise<ChangedSince | null> {
  const previous = await readPrevious(queries, organisationId, it);
  if (previous === null) return null;
  const { id, title, endedAt } = previous;
  const titles = await readTitles(queries, organisationId, it);
  const ids = [...titles.keys()];
  const rows: (typeof event.$inferSelect)[] = [];
  for (let at = 0; at < ids.length; at += 1_000) {
    rows.push(
      ...(await queries
        .select()
        .from(event)
        .where(
          and(
            eq(event.organisationId, organisationId),
            gt(event.at, new Date(Math.min(endedAt, now) - writtenDownWithinMs)),
            gt(event.recordedAt, new Date(endedAt)),
            inArray(event.objectId, ids.slice(at, at + 1_000)),
          ),
        )
        .orderBy(asc(event.at), asc(event.version))),
    );
  }
  const events = rows.map((row): LoggedChange => ({
    ref: { kind: row.objectKind, id: row.objectId },
    title: titles.get(row.objectId) ?? '',
    ...{ type: row.type, data: row.data, at: row.at.getTime(), by: row.actorPersonId },
  }));
  return { session: id, title, endedAt, ...changesIn(events) };
}

/** Every object the session is about, with what it is called now. */
async function readTitles(
  queries: Queries,
  organisationId: string,
  it: Session,
): Promise<ReadonlyMap<string, string>> {
  const promises = await queries
    .select({ id: commitment.id, title: commitment.statement })
    .from(commitment)
    .where(or(plannedIn(organisationId, it), await weeklyIn(queries, organisationId, it)));
  const asks = await queries
    .select({ id: dependency.id, title: dependency.what })
    .from(dependency)
    .where(asksIn(organisationId, it));
  const titles = new Map([...promises, ...asks].map((row) => [row.id, row.title]));
  const teams = await teamsOf(queries, it);
  for (const table of [decision, assumption, risk, triageItem, learning]) {
    const place: SQL | undefined =
      it.board === null && teams === null
        ? undefined
        : or(
            it.board === null ? undefined : eq(table.boardId, it.board),
            teams === null || teams.length === 0 ? undefined : inArray(table.teamId, [...teams]),
          );
    const rows = await queries
      .select({ id: table.id, title: table.title })
      .from(table)
      .where(and(eq(table.organisationId, organisationId), roomSees(table.boardId, it), place));
    for (const row of rows) titles.set(row.id, row.title);
  }
  return titles;
}
