import { and, eq, type SQL } from 'drizzle-orm';
import type { DomainEvent } from '#domain/event.ts';
import { foldEntry } from '#domain/register/decide-entry.ts';
import type { Entry } from '#domain/register/entry.ts';
import type { RegisterKind } from '#protocol/views/registers.ts';
import type { decision } from '../store/schema.ts';
import { objectLink } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { insertRows } from '../tracking/insert-rows.ts';
import { appendEvents, type LogBook } from '../tracking/recording.ts';
import type { RegisterPart, StateLink } from './part.ts';
import { registerParts } from './parts.ts';

/** The columns that every register has, as one table has them. */
export type EntryRow = Pick<
  typeof decision.$inferSelect,
  'id' | 'organisationId' | 'boardId' | 'objectKey' | 'version' | 'status' | 'state' | 'title'
> & { readonly createdAt: Date; readonly teamId: string | null; readonly ownerId: string | null };

/** An entry with all that its rules look at. */
export interface LoadedEntry {
  readonly row: EntryRow;
  readonly state: Entry;
}

/** All registers share their first columns; queries over those are written once, on one of them. */
const common = (part: RegisterPart): typeof decision => part.table as typeof decision;

/** The table's common columns, for conditions. */
export const columnsOf = (kind: RegisterKind): typeof decision => common(registerParts[kind]);

/** Entries of one kind that meet a condition. */
export async function readEntries(
  queries: Queries,
  kind: RegisterKind,
  organisationId: string,
  where?: SQL,
): Promise<readonly LoadedEntry[]> {
  const table = columnsOf(kind);
  const rows = await queries
    .select({
      id: table.id,
      organisationId: table.organisationId,
      boardId: table.boardId,
      objectKey: table.objectKey,
      version: table.version,
      status: table.status,
      state: table.state,
      title: table.title,
      createdAt: table.createdAt,
      teamId: table.teamId,
      ownerId: table.ownerId,
    })
    .from(table)
    .where(and(eq(table.organisationId, organisationId), where));
  return rows.map((row) => ({ row, state: row.state as Entry }));
}

/** Loads one entry; `lock` keeps others from changing it until the transaction ends. */
export async function loadEntry(
  queries: Queries,
  kind: RegisterKind,
  organisationId: string,
  id: string,
  { lock = false } = {},
): Promise<LoadedEntry | null> {
  const table = columnsOf(kind);
  if (lock) {
    await queries
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.id, id), eq(table.organisationId, organisationId)))
      .for('update');
  }
  const [found] = await readEntries(queries, kind, organisationId, eq(table.id, id));
  return found ?? null;
}

/**
 * Writes down what happened to one entry and brings its row and links up to date, within the caller's transaction.
 * `before` is null for a new one. Returns the state after.
 */
export async function keepEntry(
  tx: Queries,
  book: LogBook,
  kind: RegisterKind,
  entry: { readonly id: string; readonly version: number; readonly before: Entry | null },
  events: readonly DomainEvent[],
): Promise<Entry> {
  const part = registerParts[kind];
  const after = foldEntry(part.rules, events, entry.before);
  if (after === null) throw new Error(`events of a ${kind} that fold to nothing`);
  if (events.length === 0) return after;
  const { id, version, before } = entry;
  await appendEvents(tx, book, [{ objectKind: kind, objectId: id, boardId: after.board, version, events }]);
  const values = rowOf(kind, after, version + events.length);
  const table = common(part);
  if (before === null) {
    const created = { id, organisationId: book.organisationId, createdAt: new Date(after.raisedAt) };
    await tx.insert(table).values({ ...values, ...created } as unknown as typeof table.$inferInsert);
  } else {
    await tx.update(table).set(values).where(eq(table.id, id));
  }
  await keepLinks(tx, book, kind, id, before, after);
  return after;
}

/** A state as the columns of its table. */
export function rowOf(kind: RegisterKind, it: Entry, version: number) {
  return {
    ...registerParts[kind].columns(it),
    boardId: it.board,
    objectKey: it.key,
    version,
    status: it.status,
    state: it,
    title: it.title,
    ownerId: it.owner,
    teamId: it.team,
    closedAt: it.closedAt === null ? null : new Date(it.closedAt),
  };
}

/** Links follow the state: those it no longer has go, new ones come. */
async function keepLinks(
  tx: Queries,
  { organisationId }: LogBook,
  kind: RegisterKind,
  id: string,
  before: Entry | null,
  after: Entry,
): Promise<void> {
  const part = registerParts[kind];
  const wanted = part.links(after);
  const had = before === null ? [] : part.links(before);
  const same = (a: (typeof wanted)[number], b: (typeof wanted)[number]): boolean =>
    a.relation === b.relation && a.id === b.id;
  for (const old of had.filter((it) => !wanted.some((other) => same(it, other)))) {
    await tx
      .delete(objectLink)
      .where(
        and(
          eq(objectLink.organisationId, organisationId),
          eq(objectLink.fromId, id),
          eq(objectLink.relation, old.relation),
          eq(objectLink.toId, old.id),
        ),
      );
  }
  const fresh = wanted.filter((it) => !had.some((other) => same(it, other)));
  await insertRows(tx, objectLink, linkRows(organisationId, kind, { id, state: after }, fresh));
}

/** Links of one entry as rows, each once. */
export function linkRows(
  organisationId: string,
  kind: RegisterKind,
  { id, state }: { readonly id: string; readonly state: Entry },
  links: readonly StateLink[],
): readonly (typeof objectLink.$inferInsert)[] {
  const unique = new Map(links.map((it) => [`${it.relation} ${it.id}`, it]));
  return [...unique.values()].map((it) => ({
    ...{ organisationId, fromKind: kind, fromId: id, relation: it.relation },
    ...{ toKind: it.kind, toId: it.id, createdAt: new Date(state.raisedAt) },
  }));
}
