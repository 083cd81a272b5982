import { and, asc, eq, inArray } from 'drizzle-orm';
import type { CheckIn } from '#domain/commitment/check-in.ts';
import { lastCheckIn, lastValues } from '#domain/commitment/check-in.ts';
import { termsNow, type Commitment } from '#domain/commitment/commitment.ts';
import { progressOf } from '#domain/commitment/progress.ts';
import type { Terms } from '#domain/commitment/terms.ts';
import type { Via } from '#domain/event.ts';
import type { Slot } from '#domain/rhythm/slot.ts';
import type { Instant } from '#domain/time.ts';
import { checkIn, commitment, slot } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

export type CommitmentTableRow = typeof commitment.$inferSelect;

/** A commitment with all that rules look at. */
export interface LoadedCommitment {
  readonly row: CommitmentTableRow;
  readonly state: Commitment;
  readonly slots: readonly Slot[];
  /** Check-in id -> the progress it stood at when it was given. */
  readonly progress: ReadonlyMap<string, number | null>;
  /** Check-ins that stand and were not loaded; none by default. */
  readonly leftOut?: number;
}

/** Whose commitment this is in the store; the rest of its row follows from the state. */
export interface CommitmentIdentity {
  readonly id: string;
  readonly organisationId: string;
  readonly createdAt: Date;
}

/**
 * The row of a state. Check-ins live in a table of their own, so that a promise checked for years is not rewritten whole
 * with every answer; everything else of the state is kept as it was folded.
 */
export function toRow(
  identity: CommitmentIdentity,
  version: number,
  state: Commitment,
): typeof commitment.$inferInsert {
  const terms = termsNow(state);
  const last = lastCheckIn(state.checkIns);
  return {
    ...identity,
    boardId: state.source.board,
    objectKey: state.source.key,
    commitId: state.source.commit,
    snapshotId: state.source.snapshot,
    periodId: state.source.period,
    version,
    status: state.status,
    horizon: horizonOf(terms.horizon),
    predecessorId: state.predecessor,
    state: { ...state, checkIns: [] },
    statement: terms.statement,
    ownerId: state.owner,
    teamId: state.team,
    due: terms.due,
    weight: terms.weight,
    progress: progressOf(terms, lastValues(state.checkIns)),
    reportedStatus: last?.status ?? null,
    confidence: last?.confidence ?? state.confidenceAtAccept,
    lastCheckInAt: last === null ? null : new Date(last.at),
    acceptedAt: dateOrNull(state.acceptedAt),
    closedAt: dateOrNull(closedAt(state)),
  };
}

/** The column knows four; a half or a custom period is looked for like a quarter. */
function horizonOf(horizon: Terms['horizon']): NonNullable<(typeof commitment.$inferInsert)['horizon']> {
  return horizon === 'half' || horizon === 'custom' ? 'quarter' : horizon;
}

/** When it ended; null while it runs. */
export function closedAt(state: Commitment): Instant | null {
  switch (state.status) {
    case 'proposed':
    case 'committed':
      return null;
    case 'parked':
    case 'declined':
      return state.ended.at;
    case 'done':
      return state.done.at;
    case 'missed':
      return state.missed.at;
    case 'dropped':
      return state.dropped.at;
    case 'carried':
      return state.carried.at;
  }
}

/** The state as it is stored, without its check-ins: enough for lists and for offers. */
export function stateOf(row: Pick<CommitmentTableRow, 'state'>): Commitment {
  return row.state as Commitment;
}

/** Loads one commitment of an organisation; `lock` keeps others from changing it until the transaction ends. */
export async function loadCommitment(
  queries: Queries,
  organisationId: string,
  id: string,
  { lock = false } = {},
): Promise<LoadedCommitment | null> {
  const row = await lockCommitment(queries, organisationId, id, { lock });
  if (row === null) return null;
  const [loaded] = await withHistory(queries, [row]);
  return loaded ?? null;
}

/** The row alone. */
export async function lockCommitment(
  queries: Queries,
  organisationId: string,
  id: string,
  { lock }: { readonly lock: boolean },
): Promise<CommitmentTableRow | null> {
  const query = queries
    .select()
    .from(commitment)
    .where(and(eq(commitment.id, id), eq(commitment.organisationId, organisationId)));
  const [row] = lock ? await query.for('update') : await query;
  return row ?? null;
}

/** Adds check-ins and slots to rows. */
export async function withHistory(
  queries: Queries,
  rows: readonly CommitmentTableRow[],
): Promise<readonly LoadedCommitment[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const said = await queries
    .select()
    .from(checkIn)
    .where(inArray(checkIn.commitmentId, ids))
    .orderBy(asc(checkIn.at), asc(checkIn.version));
  const expected = await queries
    .select()
    .from(slot)
    .where(inArray(slot.commitmentId, ids))
    .orderBy(asc(slot.dueAt), asc(slot.number));
  const saidBy = Map.groupBy(said, ({ commitmentId }) => commitmentId);
  const expectedOf = Map.groupBy(expected, ({ commitmentId }) => commitmentId);
  return rows.map((row) => ({
    row,
    state: { ...stateOf(row), checkIns: (saidBy.get(row.id) ?? []).map(toCheckIn) },
    slots: (expectedOf.get(row.id) ?? []).map(toSlot),
    progress: new Map((saidBy.get(row.id) ?? []).map(({ id, progress }) => [id, progress])),
  }));
}

export function toSlot(row: typeof slot.$inferSelect): Slot {
  return {
    id: row.id,
    number: row.number,
    label: row.label,
    opensAt: row.opensAt.getTime(),
    dueAt: row.dueAt.getTime(),
    graceEndsAt: row.graceEndsAt.getTime(),
    filled: row.filled,
    filledAt: row.filledAt?.getTime() ?? null,
    excused: row.outcome === 'excused' ? (row.excuse ?? 'skip') : null,
  };
}

export function toCheckIn(row: typeof checkIn.$inferSelect): CheckIn {
  return {
    id: row.id,
    slot: row.slotId,
    kind: row.kind,
    revises: row.revises,
    at: row.at.getTime(),
    by: row.by,
    byName: row.byName,
    via: row.via as Via,
    undone: row.undone,
    values: row.values,
    status: row.status,
    confidence: row.confidence,
    whatChanged: row.whatChanged,
    nextStep: row.nextStep,
    blocker: row.blocker as CheckIn['blocker'],
    helpWanted: row.helpWanted,
    link: row.link,
    noMovement: row.noMovement,
  };
}

const dateOrNull = (at: Instant | null): Date | null => (at === null ? null : new Date(at));
