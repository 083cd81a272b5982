import { and, desc, eq, sql } from 'drizzle-orm';
import type { Agreement } from '#domain/plan/check-context.ts';
import { boardCommit, commitment, dependency, snapshot } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { CommitMark, LastCommit, ReviewFacts } from './review-plan.ts';

/** What the review must know beside the document: the last commit, and how promises and asks of this board stand. */
export async function readReviewFacts(
  queries: Queries,
  organisationId: string,
  boardId: string,
): Promise<ReviewFacts> {
  const asks = await queries
    .select({
      key: dependency.objectKey,
      status: dependency.status,
      // Not the whole state: it is large, and this is asked for every ask of the board.
      ownedAsRisk: sql<boolean>`${dependency.state}->>'riskOwner' is not null`,
      promisedFor: dependency.promisedFor,
    })
    .from(dependency)
    .where(and(eq(dependency.boardId, boardId), eq(dependency.organisationId, organisationId)));
  const promises = await queries
    .select({ key: commitment.objectKey, status: commitment.status })
    .from(commitment)
    .where(and(eq(commitment.boardId, boardId), eq(commitment.organisationId, organisationId)));
  return {
    last: await readLastCommit(queries, boardId),
    commitments: new Map(promises.map(({ key, status }) => [key, status])),
    agreements: Object.fromEntries(
      asks.map(({ key, status, ...rest }): [string, Agreement] => [key, { state: status, ...rest }]),
    ),
  };
}

/** The last press of *Commit* with the plan it froze; null before the first. */
async function readLastCommit(queries: Queries, boardId: string): Promise<LastCommit | null> {
  const newest = await readNewestCommit(queries, boardId);
  if (newest === null) return null;
  const [row] = await queries
    .select({ plan: snapshot.plan })
    .from(snapshot)
    .where(eq(snapshot.id, newest.snapshotId));
  return row ? { ...newest, plan: row.plan } : null;
}

/** The last press of *Commit*, without its plan, which is large. */
export async function readNewestCommit(queries: Queries, boardId: string): Promise<CommitMark | null> {
  const [row] = await queries
    .select({
      id: boardCommit.id,
      snapshotId: boardCommit.snapshotId,
      includedKeys: boardCommit.includedKeys,
      seq: snapshot.seq,
    })
    .from(boardCommit)
    .innerJoin(snapshot, eq(snapshot.id, boardCommit.snapshotId))
    .where(eq(boardCommit.boardId, boardId))
    .orderBy(desc(snapshot.number))
    .limit(1);
  return row ?? null;
}
