import { and, eq, inArray, lte, sql } from 'drizzle-orm';
import { quadrantOf, type RhythmResult } from '#domain/facilitation/rhythm-result.ts';
import { agreedScores, type Session } from '#domain/facilitation/session.ts';
import { thresholdsOf } from '#domain/settings/thresholds.ts';
import type { SessionRow } from '#protocol/views/facilitation.ts';
import type { Viewer } from '../app.ts';
import { commitment, slot } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { readCommitmentLines } from './commitment-lines.ts';

/** Each promise of the plan between the rhythm it was kept in and what came of it (tracking.md M13); nothing is asked of it. */
export async function readRhythmLines(
  queries: Queries,
  viewer: Viewer,
  it: Session,
): Promise<readonly SessionRow[]> {
  const lines = await readCommitmentLines(queries, viewer, it, 'rhythm-result');
  const ids = lines.map(({ id }) => id);
  const came = await readHowTheyCame(queries, ids, viewer.organisation.now);
  const weights = await readWeights(queries, viewer.organisationId, ids);
  // What the room agreed on is its word on the result; of later votes the last.
  const agreed = new Map(agreedScores(it).map(({ item, tenths }) => [item, tenths / 10]));
  const { tracking } = thresholdsOf(viewer.organisation.thresholds);
  return lines.map((line) => {
    const of: RhythmResult = {
      ...(came.get(line.id) ?? { onTime: 0, expected: 0 }),
      result: agreed.get(line.id) ?? line.score?.againstBaseline ?? null,
      weight: weights.get(line.id) ?? 0,
    };
    return { ...line, moves: [], settled: true, rhythm: { ...of, quadrant: quadrantOf(of, tracking) } };
  });
}

/**
 * Check-ins by promise as adherence counts them (tracking.md T3), without what was excused. Of a promise whose check-ins were
 * brought by an import nobody knows when they came (T19): nothing was expected of it here.
 */
async function readHowTheyCame(
  queries: Queries,
  ids: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, Pick<RhythmResult, 'onTime' | 'expected'>>> {
  if (ids.length === 0) return new Map();
  const rows = await queries
    .select({
      id: slot.commitmentId,
      onTime: sql<number>`count(*) filter (where ${slot.filled} = 'on-time')::int`,
      expected: sql<number>`count(*)::int`,
      imported: sql<boolean>`bool_or(${slot.filled} = 'imported')`,
    })
    .from(slot)
    .where(
      and(
        inArray(slot.commitmentId, [...ids]),
        lte(slot.graceEndsAt, new Date(now)),
        sql`${slot.outcome} is distinct from 'excused'`,
      ),
    )
    .groupBy(slot.commitmentId);
  const known = rows.filter(({ imported }) => !imported);
  return new Map(known.map(({ id, onTime, expected }) => [id, { onTime, expected }]));
}

async function readWeights(
  queries: Queries,
  organisationId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await queries
    .select({ id: commitment.id, weight: commitment.weight })
    .from(commitment)
    .where(and(eq(commitment.organisationId, organisationId), inArray(commitment.id, [...ids])));
  return new Map(rows.map(({ id, weight }) => [id, weight]));
}
