import type { DomainEvent } from '#domain/event.ts';
import type { Instant, TimeZone } from '#domain/time.ts';
import { event } from '../store/schema.ts';
import { isUuid } from '../store/uuid.ts';
import type { Queries } from '../store/store.ts';
import { insertRows } from './insert-rows.ts';

/** Everything that has a history of events (tracking.md I4). */
export type ObjectKind =
  | 'commitment'
  | 'dependency'
  | 'decision'
  | 'assumption'
  | 'risk'
  | 'triage-item'
  | 'interrupt'
  | 'learning'
  | 'outside-signal'
  | 'strategy-frame'
  | 'ritual'
  | 'session';

/** What is written down of one object: its new events, after those it has. */
export interface NewEvents {
  readonly objectKind: ObjectKind;
  readonly objectId: string;
  /** null for what belongs to no board. */
  readonly boardId: string | null;
  /** Events the object has so far. */
  readonly version: number;
  readonly events: readonly DomainEvent[];
}

/** Whose log, and when it was written down. */
export interface LogBook {
  readonly organisationId: string;
  readonly recordedAt: Instant;
  readonly zone: TimeZone;
}

/**
 * Appends to the event log (tracking.md I4), for many objects with one statement. Two writers on one object cannot both
 * have the same version: the second one's transaction fails.
 */
export async function appendEvents(tx: Queries, book: LogBook, entries: readonly NewEvents[]): Promise<void> {
  const rows = entries.flatMap(({ objectKind, objectId, boardId, version, events }) =>
    events.map((it, index) => ({
      organisationId: book.organisationId,
      boardId,
      objectKind,
      objectId,
      version: version + index + 1,
      type: it.type,
      data: it.data,
      actorPersonId: it.actor.person,
      onBehalfOf: it.actor.onBehalfOf ?? null,
      via: it.actor.via,
      reason: it.reason ?? null,
      decisionId: isUuid(it.decisionId ?? '') ? it.decisionId : null,
      at: new Date(it.at),
      recordedAt: new Date(book.recordedAt),
      tz: book.zone,
    })),
  );
  await insertRows(tx, event, rows);
}
