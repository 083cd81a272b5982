import type { Viewer } from '../app.ts';
import type { Log } from '../log.ts';
import type { Transaction } from '../store/store.ts';
import { storeWithin } from '../store/within.ts';
import type { RhythmDeps } from './deps.ts';
import { createRhythm } from './rhythm.ts';

/** What sessions say to and ask of the calendar, within their own transaction. */
export function meetingsWithin(deps: RhythmDeps, log: Log) {
  const within = (tx: Transaction) => createRhythm({ ...deps, store: storeWithin(deps.store, tx) });
  return {
    /** Writes down that a meeting takes place. */
    async markHeld(tx: Transaction, viewer: Viewer, meeting: string): Promise<void> {
      const held = await within(tx).markHeld(viewer, meeting, viewer.organisation.now);
      if (!held.ok) log.warn({ meeting, code: held.refusal.code }, 'a meeting could not be marked as held');
    },
    /** Whose turn it is to lead a meeting; null: nobody's. */
    async facilitatorOf(tx: Transaction, viewer: Viewer, meeting: string): Promise<string | null> {
      const found = await within(tx).occurrence(viewer, meeting);
      return found.ok ? found.value.facilitatorId : null;
    },
  };
}
