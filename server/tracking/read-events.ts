import { and, asc, eq, inArray, lte } from 'drizzle-orm';
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

/** The same for asks between teams. */
export async function readDependencyEvents(
  queries: Queries,
  ids: readonly string[],
  until: Instant,
): Promise<readonly LoggedEvent<DependencyEvent>[]> {
  return (await readEvents(queries, 'dependency', ids, until)) as LoggedEvent<DependencyEvent>[];
}

async function readEvents(
  queries: Queries,
  objectKind: 'commitment' | 'dependency',
  ids: readonly string[],
  until: Instant,
): Promise<readonly LoggedEvent[]> {
  if (ids.length === 0) return [];
  const rows = await queries
    .select()
    .from(event)
    .where(
      and(
        eq(event.objectKind, objectKind),
        inArray(event.objectId, [...ids]),
        lte(event.at, new Date(until)),
      ),
    )
    .orderBy(asc(event.at), asc(event.version));
  return rows.map((row) => ({
    id: String(row.id),
    objectId: row.objectId,
    version: row.version,
    type: row.type,
    data: row.data,
    at: row.at.getTime(),
    actor: { person: row.actorPersonId, onBehalfOf: row.onBehalfOf, via: row.via as Via },
    reason: row.reason,
    decisionId: row.decisionId,
  }));
}
