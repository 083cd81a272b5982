import { and, asc, eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { createRhythm, type RhythmPart } from '../../server/rhythm/rhythm.ts';
import { slot } from '../../server/store/schema.ts';
import type { Store } from '../../server/store/store.ts';
import { localDateOf } from '../../src/domain/rhythm/local-time.ts';
import { makeTrackingWorld, value, type TrackingWorld } from '../tracking/server-world.ts';
import { planningDay, zone } from '../tracking/situations.ts';

/** A world with one accepted promise of Ben's, checked on Fridays at 17:00, and the rhythm over it. */
export async function makeCheckedPromise(store: Store) {
  const own: TrackingWorld = await makeTrackingWorld(store);
  const rhythm: RhythmPart = createRhythm({
    ...{ store, now: () => own.clock.now, newId: randomUUID },
    boardRight: () => Promise.resolve('manage'),
    truthChanged: () => undefined,
  });
  await own.commit([{ key: 'one', owner: 'ben', team: 'red' }]);
  const [offered] = await own.tracking.commitments(own.viewer('ben'), {});
  const promise = offered?.id ?? '';
  value(await own.tracking.act(own.viewer('ben'), promise, 'accept', { confidence: 70 }));
  const slots = async () => {
    const rows = await store.db
      .select()
      .from(slot)
      .where(and(eq(slot.organisationId, own.organisationId), eq(slot.commitmentId, promise)))
      .orderBy(asc(slot.dueAt));
    return rows.map((row) => ({
      ...{ id: row.id, outcome: row.outcome, excuse: row.excuse, dueAt: row.dueAt.getTime() },
      day: localDateOf(row.dueAt.getTime(), zone),
      graceUntil: localDateOf(row.graceEndsAt.getTime(), zone),
    }));
  };
  /** Books a weekly meeting of the board on Saturdays at 17:00: check-ins are due a day before it, as they were planned. */
  const booked = async (): Promise<string> => {
    const saturdays = {
      ...({ kind: 'weekly', title: 'Weekly', teams: [own.teams.red], time: '17:00', zone } as const),
      ...{ board: own.boardId, durationMinutes: 30, starts: localDateOf(planningDay + 86_400_000, zone) },
      rule: { type: 'weekly' as const, every: 1, weekdays: [6] },
    };
    return value(await rhythm.book(own.viewer('ana'), [saturdays]))[0]?.id ?? '';
  };
  return { own, rhythm, promise, slots, booked };
}

export type CheckedPromise = Awaited<ReturnType<typeof makeCheckedPromise>>;
