import { randomUUID } from 'node:crypto';
import { createRhythm, type RhythmPart } from '../../server/rhythm/rhythm.ts';
import type { Store } from '../../server/store/store.ts';

/** The rhythm over a store, for tests whose world has none. */
export const rhythmOf = (store: Store, now: () => number): RhythmPart =>
  createRhythm({
    ...{ store, now, newId: randomUUID },
    boardRight: () => Promise.resolve('write'),
    truthChanged: () => undefined,
  });
