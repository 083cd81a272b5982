import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm';
import { noMovementOf } from '#domain/commitment/no-movement.ts';
import type { Instant } from '#domain/time.ts';
import { checkIn } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/** As many as a promise's page reads: list and page must say the same. */
const LAST = 30;

/** Of these promises those whose check-in can be answered by *No movement* in one tap. */
export async function readOneTap(
  queries: Queries,
  organisationId: string,
  ids: readonly string[],
  at: Instant,
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const { commitmentId, id, revises, status, confidence, values } = checkIn;
  const { whatChanged, nextStep, blocker, helpWanted } = checkIn;
  const ranked = queries
    .select({
      ...{
        commitmentId,
        id,
        revises,
        status,
        confidence,
        values,
        whatChanged,
        nextStep,
        blocker,
        helpWanted,
      },
      at: checkIn.at,
      back: sql<number>`row_number() over (partition by ${commitmentId} order by ${checkIn.at} desc)`.as(
        'back',
      ),
    })
    .from(checkIn)
    .where(
      and(
        eq(checkIn.organisationId, organisationId),
        inArray(commitmentId, [...ids]),
        eq(checkIn.undone, false),
        lte(checkIn.at, new Date(at)),
      ),
    )
    .as('ranked');
  const rows = await queries.select().from(ranked).where(lte(ranked.back, LAST)).orderBy(asc(ranked.at));
  const saidOf = Map.groupBy(
    rows.map((row) => ({ ...row, at: row.at.getTime() })),
    (row) => row.commitmentId,
  );
  return ids.filter((it) => noMovementOf(saidOf.get(it) ?? []) === 'one-tap');
}
