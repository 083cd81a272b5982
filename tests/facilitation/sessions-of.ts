import { randomUUID } from 'node:crypto';
import { createFacilitation, type FacilitationPart } from '../../server/facilitation/facilitation.ts';
import type { Transaction } from '../../server/store/store.ts';
import { storeWithin } from '../../server/store/within.ts';
import { createInsight } from '../../server/insight/insight.ts';
import { createRegisterPort } from '../../server/registers/register-port.ts';
import { createRegisters } from '../../server/registers/registers.ts';
import { createTracking } from '../../server/tracking/tracking.ts';
import { value, type World } from '../planning/world.ts';
import { rhythmOf } from '../rhythm/rhythm-of.ts';

/** Sessions over a whole application, as the composition connects them. */
export function sessionsOf({ store, deps, planning, rhythm }: World): FacilitationPart {
  const { now, newId } = deps;
  const registersWithin = (tx: Transaction) =>
    createRegisters({ store: storeWithin(store, tx), now, newId, truthChanged: () => undefined });
  return createFacilitation({
    ...{ store, now, newId, alone: true },
    log: { info() {}, warn() {}, error() {} } as unknown as Parameters<typeof createFacilitation>[0]['log'],
    trackingWithin: (tx) =>
      createTracking({
        store: storeWithin(store, tx),
        now,
        newId,
        readPlan: () => Promise.resolve(null),
        registers: createRegisterPort({ newId: randomUUID }),
      }),
    registersWithin,
    markHeld: async (tx, viewer, meeting) => {
      const within = rhythmOf(storeWithin(store, tx), now);
      value(await within.markHeld(viewer, meeting, viewer.organisation.now));
    },
    facilitatorOf: async (tx, viewer, meeting) => {
      const within = rhythmOf(storeWithin(store, tx), now);
      return value(await within.occurrence(viewer, meeting)).facilitatorId;
    },
    warnings: (viewer, filter) => createInsight({ store, now, newId }).warnings(viewer, filter),
    viewerOf: () => Promise.resolve(null),
    planned: {
      ...planning,
      offers: (viewer, of) => rhythm.offers(viewer, of),
      book: (viewer, rituals) => rhythm.book(viewer, rituals),
      setCapacity: (viewer, team, input) =>
        createInsight({ store, now, newId }).setCapacity(viewer, team, input),
    },
    takeSnapshot: (viewer, board, input) => planning.takeSnapshot(viewer, board, input),
    pushToBoard: () => undefined,
    facilitatorsChanged: () => undefined,
    ringSession: () => undefined,
    openBoards: () => [],
    truthChanged: () => undefined,
  });
}
