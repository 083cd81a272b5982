import type { Window } from '#domain/notify/ladder.ts';
import { dayMs } from '#domain/rhythm/local-time.ts';
import { thresholdsIn } from '../store/read-thresholds.ts';
import { organisation } from '../store/schema.ts';
import type { NotifyDeps } from './deps.ts';
import { address } from './address.ts';
import { keepMessages } from './keep-messages.ts';
import { newsMessages, readHappened, readOverdueAsks } from './news-messages.ts';
import { registerMessages } from './register-messages.ts';
import { onLease } from './on-lease.ts';
import { readReaders, type OrganisationClock } from './readers.ts';
import { sessionMessages } from './session-messages.ts';
import { passedRungs, slotMessages } from './slot-messages.ts';

const leaseMs = 60_000;

/**
 * Says what became due since the last time, in every organisation: check-ins that passed a rung, asks that passed their
 * date, entries of the registers whose day has come. One node does it; were it two, each message would still be written once, and only who wrote it plans its mail.
 */
export function planReminders(deps: NotifyDeps): Promise<void> {
  return sinceLast(deps, 'reminders', async (clock, real, still) => {
    const { db } = deps.store;
    // An example's clock stands still and is moved by hand: there it is asked what was reached at all, not since when.
    const window = still ? { since: Number.NEGATIVE_INFINITY, at: clock.at } : real;
    const reminded = await passedRungs(db, clock, window);
    const overdue = await readOverdueAsks(db, clock, window);
    const entries = await registerMessages(deps, db, clock, window);
    if (reminded.length + overdue.length + entries.length === 0) return;
    const readers = await readReaders(db, clock);
    const drafts = [
      ...(await slotMessages(db, clock, window, reminded, readers)),
      ...(await newsMessages(db, clock, [], overdue, readers)),
      ...entries,
    ];
    await keepMessages(deps, clock, await address(db, drafts, readers, clock));
  });
}

/** Says what happened since the last time, to those who wait to hear it. */
export function planNews(deps: NotifyDeps): Promise<void> {
  return sinceLast(deps, 'news', async (clock, real) => {
    const { db } = deps.store;
    const happened = await readHappened(db, clock.id, real);
    const sessions = await sessionMessages(db, clock, real);
    if (happened.length + sessions.length === 0) return;
    const readers = await readReaders(db, clock);
    const drafts = [...(await newsMessages(db, clock, happened, [], readers)), ...sessions];
    await keepMessages(deps, clock, await address(db, drafts, readers, clock));
  });
}

/** Does something for every organisation, about the time since it was done last; `still`: its clock stands. */
async function sinceLast(
  { store, now, node }: NotifyDeps,
  name: string,
  plan: (clock: OrganisationClock, real: Window, still: boolean) => Promise<void>,
): Promise<void> {
  const at = now();
  await onLease(store, { name, holder: node, at, forMs: leaseMs }, async (last) => {
    // A day back on the first run: a server that has just learned to remind does not bring up old stories.
    const window = { since: last ?? at - dayMs, at };
    const organisations = await store.db
      .select({
        ...{ id: organisation.id, kind: organisation.kind, zone: organisation.timezone },
        ...{ now: organisation.clockNow, settings: organisation.settings },
      })
      .from(organisation);
    for (const { now: own, settings, ...it } of organisations) {
      await plan({ ...it, settings: thresholdsIn(settings), at: own?.getTime() ?? at }, window, own !== null);
    }
  });
}
