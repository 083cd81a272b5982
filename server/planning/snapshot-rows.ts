import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { and, asc, eq, sql } from 'drizzle-orm';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Plan, PlanProblem } from '#domain/plan/plan.ts';
import type { Instant } from '#domain/time.ts';
import type { SnapshotView } from '#protocol/views/board.ts';
import { snapshot } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

type Why = typeof snapshot.$inferInsert.why;

/** A board as it was read, packed for keeping. */
export interface Frozen {
  /** The document, gzipped: a plan's texts shrink to a fifth, and so does the time that a commit holds the database. */
  readonly packed: Uint8Array;
  /** Of the document itself. */
  readonly sha256: Uint8Array;
  readonly seq: number;
  readonly plan: Plan;
  readonly problems: readonly PlanProblem[];
}

/** Packs a board for keeping: before the transaction begins, since it takes time. */
export const packBoard = (
  { bytes, seq }: { readonly bytes: Uint8Array; readonly seq: number },
  plan: Plan,
  problems: readonly PlanProblem[],
): Frozen => ({
  packed: new Uint8Array(gzipSync(bytes, { level: 1 })),
  sha256: hashOf(bytes),
  seq,
  plan,
  problems,
});

export interface NewSnapshot {
  readonly id: string;
  readonly organisationId: string;
  readonly boardId: string;
  readonly why: Why;
  readonly label: string;
  readonly by: string | null;
  readonly at: Instant;
  readonly frozen: Frozen;
}

/** The columns of a list; the document itself is large and read only where it is shown. */
const summary = {
  id: snapshot.id,
  number: snapshot.number,
  why: snapshot.why,
  label: snapshot.label,
  by: snapshot.by,
  at: snapshot.at,
  seq: snapshot.seq,
  sha256: snapshot.sha256,
};

export type SnapshotSummary = Omit<SnapshotView, 'stop' | 'objectives'>;

/** Freezes a board. Call it with the board's turn taken (`takeTurn`), or two may want the same number. */
export async function insertSnapshot(tx: Queries, it: NewSnapshot): Promise<void> {
  const { frozen, at, ...columns } = it;
  await tx.insert(snapshot).values({
    ...columns,
    number: sql`(select coalesce(max(${snapshot.number}), 0) + 1 from ${snapshot} where ${snapshot.boardId} = ${it.boardId})`,
    at: new Date(at),
    seq: frozen.seq,
    bytes: frozen.packed,
    sha256: frozen.sha256,
    plan: frozen.plan,
    problems: frozen.problems,
  });
}

/** A board's snapshots, oldest first, without what is large in them. */
export async function listSnapshots(queries: Queries, boardId: string): Promise<readonly SnapshotSummary[]> {
  const rows = await queries
    .select(summary)
    .from(snapshot)
    .where(eq(snapshot.boardId, boardId))
    .orderBy(asc(snapshot.number));
  return rows.map((row) => ({
    ...row,
    at: row.at.getTime(),
    sha256: Buffer.from(row.sha256).toString('hex'),
  }));
}

/** How many objectives each snapshot of a board froze. Reads every plan, so ask only where all are shown. */
export async function countObjectives(
  queries: Queries,
  boardId: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await queries
    .select({
      id: snapshot.id,
      n: sql<number>`jsonb_array_length(${snapshot.plan}->'objectives')`.mapWith(Number),
    })
    .from(snapshot)
    .where(eq(snapshot.boardId, boardId));
  return new Map(rows.map(({ id, n }) => [id, n]));
}

/** A whole frozen board of this organisation; null when there is none. Its document is read by `unpackDocument`. */
export async function readSnapshot(queries: Queries, organisationId: string, id: string) {
  const [row] = await queries
    .select()
    .from(snapshot)
    .where(and(eq(snapshot.id, id), eq(snapshot.organisationId, organisationId)));
  return row ?? null;
}

/** The frozen document, verified: what does not have its SHA-256 any more is refused, never shown. */
export function unpackDocument({
  bytes,
  sha256,
}: Pick<typeof snapshot.$inferSelect, 'bytes' | 'sha256'>): Outcome<Uint8Array, 'snapshot-damaged'> {
  const damaged = refused(
    'snapshot-damaged',
    'This snapshot is damaged in the database: its checksum is not right. Restore it from a backup.',
  );
  try {
    const document = new Uint8Array(gunzipSync(bytes));
    return Buffer.compare(hashOf(document), sha256) === 0 ? allowed(document) : damaged;
  } catch {
    return damaged;
  }
}

/**
 * Takes the board's turn until the end of the transaction: whoever else freezes, commits or imports it waits. An advisory
 * lock and not the board's row, because the journal raises `board.head` in that row with every edit, and nobody's edit
 * may wait for a commit.
 */
export async function takeTurn(tx: Queries, boardId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${boardId}, 0))`);
}

const hashOf = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
