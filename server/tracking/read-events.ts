import { and, asc, desc, eq, inArray, lte, sql, type SQL } from 'drizzle-orm';
import type { CommitmentEvent } from '#domain/commitment/event.ts';
import type { DependencyEvent } from '#domain/dependency/event.ts';
import type { DomainEvent, Via } from '#domain/event.ts';
import type { Instant } from '#domain/time.ts';
import { event } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/** A line of an object's history as it was recorded. */
export type LoggedEvent<E extends DomainEvent = DomainEvent> = E & {
  readonly id: string;
  readonly objectId: string;
  readonly version: number;
  /** When it was written down; later than `at` for imports and what the clock found later. */
  readonly recordedAt: Instant;
};

/**
 * The history of objects up to an instant, in the order in which it happened: imported history may have been written
 * down before what came earlier (tracking.md T19).
 */
export async function readCommitmentEvents(
  queries: Queries,
  ids: readonly string[],
  until: Instant,
): Promise<readonly LoggedEvent<CommitmentEvent>[]> {
  return (await readEvents(queries, 'commitment', ids, until)) as LoggedEvent<CommitmentEvent>[];
}

/** The last events of one commitment up to an instant, oldest first; all of them when no number is given. */
export async function readHistory(
  queries: Queries,
  id: string,
  until: Instant,
  most: number | null,
): Promise<readonly LoggedEvent<CommitmentEvent>[]> {
  if (most === null) return readCommitmentEvents(queries, [id], until);
  const rows = await queries
    .select()
    .from(event)
    .where(and(eq(event.objectKind, 'commitment'), eq(event.objectId, id), lte(event.at, new Date(until))))
    .orderBy(desc(event.at), desc(event.version))
    .limit(most);
  return rows.reverse().map(toLogged) as LoggedEvent<CommitmentEvent>[];
}

/** The same for asks between teams. */
export async function readDependencyEvents(
  queries: Queries,
  ids: readonly string[],
  until: Instant,
): Promise<readonly LoggedEvent<DependencyEvent>[]> {
  return (await readEvents(queries, 'dependency', ids, until)) as LoggedEvent<DependencyEvent>[];
}

/**
 * Check-ins come by the hundred: a fold without them says all but what was said in them. Written out as in the index, which
 * is used only when the two say the same.
 */
const besideCheckIns = sql`${event.type} not in ('checked-in', 'check-in-undone')`;

/** What happened to promises beside their check-ins: of the whole organisation, or of one board. */
export async function readPromiseEvents(
  queries: Queries,
  of: { readonly organisationId: string; readonly boardId?: string | undefined },
  until: Instant,
): Promise<readonly LoggedEvent<CommitmentEvent>[]> {
  const found = await select(
    queries,
    and(
      eq(event.organisationId, of.organisationId),
      eq(event.objectKind, 'commitment'),
      of.boardId === undefined ? undefined : eq(event.boardId, of.boardId),
      besideCheckIns,
      lte(event.at, new Date(until)),
    ),
  );
  return found as LoggedEvent<CommitmentEvent>[];
}

/** What happened to asks: of the whole organisation, or of one board. */
export async function readAskEvents(
  queries: Queries,
  of: { readonly organisationId: string; readonly boardId?: string | undefined },
  until: Instant,
): Promise<readonly LoggedEvent<DependencyEvent>[]> {
  const found = await select(
    queries,
    and(
      eq(event.organisationId, of.organisationId),
      eq(event.objectKind, 'dependency'),
      of.boardId === undefined ? undefined : eq(event.boardId, of.boardId),
      // Says nothing about asks, but lets the index of what is no check-in be used.
      besideCheckIns,
      lte(event.at, new Date(until)),
    ),
  );
  return found as LoggedEvent<DependencyEvent>[];
}

/** What happened to all objects of a kind that is neither promise nor ask, or to some of them. */
export async function readKindEvents(
  queries: Queries,
  of: {
    readonly organisationId: string;
    readonly kind: string;
    readonly ids?: readonly string[] | undefined;
  },
  until: Instant,
): Promise<readonly LoggedEvent[]> {
  if (of.ids?.length === 0) return [];
  return select(
    queries,
    and(
      eq(event.organisationId, of.organisationId),
      eq(event.objectKind, of.kind),
      of.ids === undefined ? undefined : inArray(event.objectId, [...of.ids]),
      // Says nothing here, but lets the index of what is no check-in be used.
      besideCheckIns,
      lte(event.at, new Date(until)),
    ),
  );
}

/** The history of one object of any kind, within its organisation. */
export async function readObjectEvents(
  queries: Queries,
  of: { readonly organisationId: string; readonly kind: string; readonly id: string },
  until: Instant,
): Promise<readonly LoggedEvent[]> {
  return select(
    queries,
    and(
      eq(event.organisationId, of.organisationId),
      eq(event.objectKind, of.kind),
      eq(event.objectId, of.id),
      lte(event.at, new Date(until)),
    ),
  );
}

async function readEvents(
  queries: Queries,
  objectKind: 'commitment' | 'dependency',
  ids: readonly string[],
  until: Instant,
): Promise<readonly LoggedEvent[]> {
  if (ids.length === 0) return [];
  return select(
    queries,
    and(eq(event.objectKind, objectKind), inArray(event.objectId, [...ids]), lte(event.at, new Date(until))),
  );
}

async function select(queries: Queries, where: SQL | undefined): Promise<readonly LoggedEvent[]> {
  const rows = await queries.select().from(event).where(where).orderBy(asc(event.at), asc(event.version));
  return rows.map(toLogged);
}

/** A row of the log as an event. */
export function toLogged(row: typeof event.$inferSelect): LoggedEvent {
  return {
    id: String(row.id),
    objectId: row.objectId,
    version: row.version,
    type: row.type,
    data: row.data,
    at: row.at.getTime(),
    recordedAt: row.recordedAt.getTime(),
    actor: { person: row.actorPersonId, onBehalfOf: row.onBehalfOf, via: row.via as Via },
    reason: row.reason,
    decisionId: row.decisionId,
  };
}
