import { eq, inArray } from 'drizzle-orm';
import { scopeOf, type Commitment } from '#domain/commitment/commitment.ts';
import type { CommitmentEvent } from '#domain/commitment/event.ts';
import { foldAll } from '#domain/commitment/fold.ts';
import { checkIn, commitment, notDoing, slot } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { checkInEffects } from './check-in-rows.ts';
import { toRow, type LoadedCommitment } from './commitment-rows.ts';
import { insertRows } from './insert-rows.ts';
import { keepSlots } from './keep-slots.ts';
import { appendEvents, type LogBook } from './recording.ts';

/**
 * Writes down what happened to one commitment and brings all that is read from it up to date, within the caller's
 * transaction. Returns the state after.
 */
export async function keepCommitment(
  tx: Queries,
  book: LogBook,
  loaded: LoadedCommitment,
  events: readonly CommitmentEvent[],
  newId: () => string,
): Promise<Commitment> {
  const { row, state: before } = loaded;
  const after = foldAll(events, before) ?? before;
  if (events.length === 0) return before;
  const boardId = scopeOf(after.source);
  const entry = { objectKind: 'commitment', objectId: row.id, boardId } as const;
  await appendEvents(tx, book, [{ ...entry, version: row.version, events }]);
  const { id: _, ...values } = toRow(row, row.version + events.length, after);
  await tx.update(commitment).set(values).where(eq(commitment.id, row.id));
  await keepCheckIns(tx, book, loaded, events);
  const of = { organisationId: row.organisationId, commitmentId: row.id, zone: book.zone };
  await keepSlots(tx, of, before, after, events, newId);
  if (before.status === 'proposed') await keepNotDoing(tx, row.organisationId, after, newId);
  return after;
}

async function keepCheckIns(
  tx: Queries,
  { recordedAt }: LogBook,
  { row, state }: LoadedCommitment,
  events: readonly CommitmentEvent[],
): Promise<void> {
  const of = { organisationId: row.organisationId, commitmentId: row.id, recordedAt, version: row.version };
  const { said, undone, fills } = checkInEffects(state, events, of);
  await insertRows(tx, checkIn, said);
  if (undone.length > 0) await tx.update(checkIn).set({ undone: true }).where(inArray(checkIn.id, undone));
  for (const [id, fill] of fills) {
    const filled =
      fill === null
        ? { outcome: null, filled: null, filledAt: null }
        : { outcome: 'filled' as const, filled: fill.filled, filledAt: new Date(fill.at) };
    await tx.update(slot).set(filled).where(eq(slot.id, id));
  }
}

/** What was parked or declined stays visible as not being done, with its reason (tracking.md T4). */
async function keepNotDoing(
  tx: Queries,
  organisationId: string,
  after: Commitment,
  newId: () => string,
): Promise<void> {
  if (after.status !== 'parked' && after.status !== 'declined') return;
  const { by, reason, at } = after.ended;
  const { board: boardId, key: objectKey } = after.source;
  // The list belongs to a board; what was promised for a week only is gone with its week.
  if (boardId === null) return;
  await tx
    .insert(notDoing)
    .values({
      ...{ id: newId(), organisationId, boardId, objectKey, by, reason },
      ...{ title: after.offered.statement, at: new Date(at) },
    })
    .onConflictDoUpdate({
      target: [notDoing.boardId, notDoing.objectKey],
      set: { reason, by, at: new Date(at) },
    });
}
