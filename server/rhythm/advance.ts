import { isNull } from 'drizzle-orm';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import { lockOrganisation } from '../organisations/lock-organisation.ts';
import { organisation } from '../store/schema.ts';
import { extendPeriods } from './calendar-rows.ts';
import type { RhythmDeps } from './deps.ts';
import { makeOccurrencesInTurns } from './follow-ground.ts';

/**
 * Keeps the time ahead made: periods for years, meetings for the window. Safe to run twice or on two nodes: what is there
 * is left alone. The example's calendar came with its plan, and its clock stands still.
 */
export async function advanceRhythm({ store, now, newId }: RhythmDeps): Promise<void> {
  const at = now();
  const organisations = await store.db
    .select({ id: organisation.id, zone: organisation.timezone })
    .from(organisation)
    .where(isNull(organisation.clockNow));
  for (const { id, zone } of organisations) {
    await store.transaction(async (tx) => {
      await lockOrganisation(tx, id);
      await extendPeriods(tx, id, localDateOf(at, zone), { newId, createdAt: new Date(at) });
    });
    await makeOccurrencesInTurns(store, id, at);
  }
}
