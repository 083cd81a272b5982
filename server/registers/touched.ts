import { and, eq, inArray } from 'drizzle-orm';
import { commitment } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { seenPromises } from '../tracking/seen.ts';
import type { Look } from './look.ts';

/** A commitment as registers speak of it. */
export interface Touched {
  readonly title: string;
  readonly status: string;
  readonly weight: number;
  /** Promised or offered, and not over. */
  readonly open: boolean;
}

/** The commitments that entries touch, by id; none that is hidden from who looks. */
export async function readTouched(
  queries: Queries,
  { organisationId, seer }: Pick<Look, 'organisationId' | 'seer'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Touched>> {
  if (ids.length === 0) return new Map();
  const rows = await queries
    .select({
      id: commitment.id,
      title: commitment.statement,
      status: commitment.status,
      weight: commitment.weight,
    })
    .from(commitment)
    .where(
      and(
        eq(commitment.organisationId, organisationId),
        inArray(commitment.id, [...new Set(ids)]),
        seer === undefined ? undefined : seenPromises(seer),
      ),
    );
  return new Map(
    rows.map(({ id, ...it }) => [id, { ...it, open: it.status === 'proposed' || it.status === 'committed' }]),
  );
}
