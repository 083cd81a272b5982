import { and, eq, sql } from 'drizzle-orm';
import { event } from './schema.ts';
import type { Queries } from './store.ts';

/** Who changes something, and when: all of a viewer that the log keeps. */
export interface Changing {
  readonly organisationId: string;
  readonly personId: string;
  readonly via: string;
  readonly organisation: { readonly now: number; readonly timezone: string };
}

/** Something that is no promise and no entry, and whose changes are told all the same (tracking.md I4). */
export interface Changed {
  readonly kind: 'board' | 'team' | 'person' | 'organisation';
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Appends one line to the event log, within the transaction that makes the change. Writers on one object take turns. */
export async function logChange(
  tx: Queries,
  { organisationId, personId, via, organisation }: Changing,
  { kind, id, type, data }: Changed,
  recordedAt: number,
): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${kind} ${id}`}, 0))`);
  const [known] = await tx
    .select({ version: sql<number>`coalesce(max(${event.version}), 0)`.mapWith(Number) })
    .from(event)
    .where(and(eq(event.objectKind, kind), eq(event.objectId, id)));
  await tx.insert(event).values({
    ...{ organisationId, boardId: kind === 'board' ? id : null, objectKind: kind, objectId: id },
    ...{ version: (known?.version ?? 0) + 1, type, data, actorPersonId: personId, via },
    ...{ at: new Date(organisation.now), recordedAt: new Date(recordedAt), tz: organisation.timezone },
  });
}

/** What differs, as it was and as it is; null when nothing does. Fields that are not given are left out. */
export function differences(
  was: Readonly<Record<string, unknown>>,
  is: Readonly<Record<string, unknown>>,
): { readonly before: Record<string, unknown>; readonly after: Record<string, unknown> } | null {
  const fields = Object.keys(is).filter(
    (field) => is[field] !== undefined && JSON.stringify(was[field]) !== JSON.stringify(is[field]),
  );
  if (fields.length === 0) return null;
  const of = (it: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(fields.map((field) => [field, it[field] ?? null]));
  return { before: of(was), after: of(is) };
}
