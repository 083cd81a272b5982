import { asc, eq } from 'drizzle-orm';
import { foldAll } from '#domain/commitment/fold.ts';
import { foldAll as foldDependency } from '#domain/dependency/fold.ts';
import type { Instant } from '#domain/time.ts';
import { commitment, dependency } from '../store/schema.ts';
import type { Transaction } from '../store/store.ts';
import { clockEvents } from '#domain/commitment/clock.ts';
import { readClose } from './commitment-context.ts';
import { toRow } from './commitment-rows.ts';
import { toDependencyRow } from './dependency-rows.ts';
import { insertRows } from './insert-rows.ts';
import { readCommitmentEvents, readDependencyEvents } from './read-events.ts';
import type { LogBook } from './recording.ts';
import { readRuleFacts } from './rule-facts.ts';

/**
 * Puts everything of an organisation back, or forward, to an instant: states are folds of what had happened by then
 * (tracking.md I4), and what the clock does by then follows from them and is shown without being written down. For the
 * example, whose clock goes both ways (T19). Versions stay: they count what is recorded, not what is shown.
 */
export async function replayOrganisation(tx: Transaction, book: LogBook, at: Instant): Promise<void> {
  await replayCommitments(tx, book, at);
  await replayDependencies(tx, book, at);
}

async function replayCommitments(tx: Transaction, book: LogBook, at: Instant): Promise<void> {
  const rows = await tx
    .select()
    .from(commitment)
    .where(eq(commitment.organisationId, book.organisationId))
    .orderBy(asc(commitment.id))
    .for('update');
  const events = await readCommitmentEvents(
    tx,
    rows.map(({ id }) => id),
    at,
  );
  const byObject = Map.groupBy(events, ({ objectId }) => objectId);
  const closes = new Map<string | null, Instant | null>();
  for (const { boardId } of rows) {
    if (!closes.has(boardId)) closes.set(boardId, await readClose(tx, boardId, book.zone));
  }
  const factsOf = await readRuleFacts(tx, book.organisationId);
  const changed = rows.flatMap((row) => {
    const state = foldAll(byObject.get(row.id) ?? []);
    if (state === null) return [];
    const context = { ...factsOf(state.team), periodClosesAt: closes.get(row.boardId) ?? null };
    return [toRow(row, row.version, foldAll(clockEvents(state, at, context), state) ?? state)];
  });
  await insertRows(tx, commitment, changed, { overwriteBy: 'id' });
}

async function replayDependencies(tx: Transaction, book: LogBook, at: Instant): Promise<void> {
  const rows = await tx
    .select()
    .from(dependency)
    .where(eq(dependency.organisationId, book.organisationId))
    .orderBy(asc(dependency.id))
    .for('update');
  const events = await readDependencyEvents(
    tx,
    rows.map(({ id }) => id),
    at,
  );
  const byObject = Map.groupBy(events, ({ objectId }) => objectId);
  const changed = rows.flatMap((row) => {
    const state = foldDependency(byObject.get(row.id) ?? []);
    return state === null ? [] : [toDependencyRow(row, row.version, state)];
  });
  await insertRows(tx, dependency, changed, { overwriteBy: 'id' });
}
