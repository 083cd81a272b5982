import { and, eq, gt, lte, sql, type SQL } from 'drizzle-orm';
import { dayMs } from '#domain/rhythm/local-time.ts';
import type { Adherence } from '#protocol/views/tracking.ts';
import { commitment, slot } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/** So far back check-ins are counted. */
const ADHERENCE_WEEKS = 13;

/** Check-ins of some promises that were expected in the weeks before an instant, by how they came (tracking.md T3). */
export async function readAdherence(queries: Queries, of: SQL | undefined, at: number): Promise<Adherence> {
  const [row] = await queries
    .select({
      onTime: sql<number>`count(*) filter (where ${slot.filled} = 'on-time')::int`,
      late: sql<number>`count(*) filter (where ${slot.filled} = 'late')::int`,
      expected: sql<number>`count(*)::int`,
    })
    .from(commitment)
    .innerJoin(slot, eq(slot.commitmentId, commitment.id))
    .where(
      and(
        of,
        gt(slot.dueAt, new Date(at - ADHERENCE_WEEKS * 7 * dayMs)),
        lte(slot.graceEndsAt, new Date(at)),
        sql`${slot.outcome} is distinct from 'excused'`,
        sql`${slot.filled} is distinct from 'imported'`,
      ),
    );
  const { onTime = 0, late = 0, expected = 0 } = row ?? {};
  return { onTime, late, expected, rate: expected === 0 ? null : onTime / expected };
}
