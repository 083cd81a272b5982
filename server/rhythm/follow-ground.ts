import { and, asc, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import type { Instant } from '#domain/time.ts';
import { ritual } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { replanSlots } from '../tracking/replan-slots.ts';
import type { RhythmDeps } from './deps.ts';
import { makeOccurrences } from './make-occurrences.ts';
import { toState } from './ritual-rows.ts';

/**
 * After calendar, holidays, freezes, leaves or zones changed: meetings still ahead and check-ins still due follow, what
 * was stays. Returns boards whose promises may look otherwise.
 */
export async function followGround(
  tx: Queries,
  { newId }: Pick<RhythmDeps, 'newId'>,
  organisationId: string,
  at: Instant,
): Promise<readonly string[]> {
  await makeAllOccurrences(tx, organisationId, at);
  return replanSlots(tx, organisationId, at, newId);
}

/** Rituals of one transaction: on the embedded store everybody else waits for it. */
const atOnce = 25;

/** The same for a chore in the background, some rituals at a time. */
export async function makeOccurrencesInTurns(
  store: Store,
  organisationId: string,
  at: Instant,
): Promise<void> {
  const rows = await store.db
    .select({ id: ritual.id })
    .from(ritual)
    .where(and(eq(ritual.organisationId, organisationId), isNull(ritual.endedAt)));
  const ids = rows.map(({ id }) => id);
  for (let from = 0; from < ids.length; from += atOnce) {
    const some = inArray(ritual.id, ids.slice(from, from + atOnce));
    await store.transaction((tx) => makeAllOccurrences(tx, organisationId, at, some));
  }
}

/** Makes the meetings of every ritual that is still held; none of them can change meanwhile. */
async function makeAllOccurrences(
  tx: Queries,
  organisationId: string,
  at: Instant,
  some?: SQL,
): Promise<void> {
  const rows = await tx
    .select()
    .from(ritual)
    .where(and(eq(ritual.organisationId, organisationId), isNull(ritual.endedAt), some))
    .orderBy(asc(ritual.id))
    .for('update');
  const rituals = rows.map((row) => ({ id: row.id, state: toState(row) }));
  await makeOccurrences(tx, organisationId, rituals, at);
}
