import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { event, slot } from '../../server/store/schema.ts';
import type { Store } from '../../server/store/store.ts';
import { value, type TrackingWorld } from './server-world.ts';

type Offered = Parameters<TrackingWorld['commit']>[0][number];

/** Shortcuts into a world: promises under new keys, and what the store holds of them. */
export function promisesIn(world: TrackingWorld, store: Store) {
  /** A proposed commitment, of Ben's unless said otherwise. */
  async function propose(more: Offered = {}): Promise<string> {
    const key = more.key ?? randomUUID();
    return (await world.commit([{ ...more, key }])).get(key) ?? '';
  }
  return {
    propose,
    /** One its owner has accepted. */
    accepted: async (more: Offered = {}): Promise<string> => {
      const id = await propose(more);
      value(await world.tracking.act(world.viewer(more.owner ?? 'ben'), id, 'accept', {}));
      return id;
    },
    slotsOf: (id: string) =>
      store.db.select().from(slot).where(eq(slot.commitmentId, id)).orderBy(asc(slot.number)),
    eventsOf: (id: string) =>
      store.db.select().from(event).where(eq(event.objectId, id)).orderBy(asc(event.version)),
  };
}

export const checkIn = {
  status: 'on',
  confidence: 80,
  values: { m1: 120 },
  whatChanged: 'first users',
} as const;
