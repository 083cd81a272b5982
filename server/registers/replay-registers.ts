import { and, eq, ne } from 'drizzle-orm';
import { foldEntry } from '#domain/register/decide-entry.ts';
import type { Instant } from '#domain/time.ts';
import type { RegisterKind } from '#protocol/views/registers.ts';
import { objectLink } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { insertRows } from '../tracking/insert-rows.ts';
import { readKindEvents } from '../tracking/read-events.ts';
import type { LogBook } from '../tracking/recording.ts';
import { columnsOf, linkRows, readEntries, rowOf, type LoadedEntry } from './entry-rows.ts';
import { registerParts } from './parts.ts';

/** Status of an entry that nobody had written down by then: no list of what is open, overdue or in force has it. */
export const notYet = 'not-yet';

/**
 * Puts the registers of an organisation back, or forward, to an instant: each entry is the fold of what had happened by
 * then. For the example, whose clock goes both ways (tracking.md T19). Versions stay: they count what is recorded.
 */
export async function replayRegisters(tx: Queries, book: LogBook, at: Instant): Promise<void> {
  for (const kind of Object.keys(registerParts) as RegisterKind[]) await replayKind(tx, book, kind, at);
}

async function replayKind(
  tx: Queries,
  { organisationId }: LogBook,
  kind: RegisterKind,
  at: Instant,
): Promise<void> {
  const entries = await readEntries(tx, kind, organisationId);
  if (entries.length === 0) return;
  const table = columnsOf(kind);
  const ids = entries.map(({ row }) => row.id);
  const events = await readKindEvents(tx, { organisationId, kind, ids }, at);
  const byEntry = Map.groupBy(events, ({ objectId }) => objectId);
  for (const { row } of entries) {
    const state = foldEntry(registerParts[kind].rules, byEntry.get(row.id) ?? []);
    const values =
      state === null ? { status: notYet, closedAt: row.createdAt } : rowOf(kind, state, row.version);
    await tx.update(table).set(values).where(eq(table.id, row.id));
    await relink(tx, organisationId, kind, { id: row.id, state });
  }
}

/** What it hangs together with follows its state; the meetings it was spoken of in stay as they were noted. */
async function relink(
  tx: Queries,
  organisationId: string,
  kind: RegisterKind,
  { id, state }: { readonly id: string; readonly state: LoadedEntry['state'] | null },
): Promise<void> {
  await tx
    .delete(objectLink)
    .where(
      and(
        eq(objectLink.organisationId, organisationId),
        eq(objectLink.fromKind, kind),
        eq(objectLink.fromId, id),
        ne(objectLink.toKind, 'session'),
      ),
    );
  if (state === null) return;
  const links = registerParts[kind].links(state);
  await insertRows(tx, objectLink, linkRows(organisationId, kind, { id, state }, links));
}
