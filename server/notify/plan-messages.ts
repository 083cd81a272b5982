import type { Window } from '#domain/notify/ladder.ts';
import { dayMs } from '#domain/rhythm/local-time.ts';
import type { Instant } from '#domain/time.ts';
import { organisation } from '../store/schema.ts';
import type { NotifyDeps } from './deps.ts';
import { address } from './drafts.ts';
import { keepMessages } from './keep-messages.ts';
import { newsMessages, readHappened, readOverdueAsks } from './news-messages.ts';
import { onLease } from './on-lease.ts';
import { readReaders, type OrganisationClock } from './readers.ts';
import { passedRungs, slotMessages } from './slot-messages.ts';

const leaseMs = 60_000;

/**
 * Says what became due since the last time, in every organisation: reads outside, writes each organisation's messages and
 * mails in one transaction. One node does it; were it two, each message would still be written once, and only who wrote
 * it plans its mail.
 */
export async function planMessages(deps: NotifyDeps): Promise<void> {
  const at = deps.now();
  const lease = { name: 'messages', holder: deps.node, at, forMs: leaseMs };
  await onLease(deps.store, lease, async (last) => {
    // A day back on the first run: a server that has just learned to remind does not bring up old stories.
    const window = { since: last ?? at - dayMs, at };
    const organisations = await deps.store.db
      .select({
        id: organisation.id,
        kind: organisation.kind,
        zone: organisation.timezone,
        now: organisation.clockNow,
      })
      .from(organisation);
    for (const { now, ...it } of organisations) {
      await planFor(deps, { ...it, at: now?.getTime() ?? at }, window, now !== null);
    }
  });
}

/** An example's clock stands still and is moved by hand: there it is asked what has been reached at all, not since when. */
async function planFor(
  deps: NotifyDeps,
  clock: OrganisationClock,
  real: Window,
  still: boolean,
): Promise<void> {
  const { db } = deps.store;
  const window = still ? { since: beginning, at: clock.at } : real;
  const reminded = await passedRungs(db, clock.id, window);
  const happened = await readHappened(db, clock.id, real);
  const overdue = await readOverdueAsks(db, clock.id, window);
  if (reminded.length + happened.length + overdue.length === 0) return;
  const readers = await readReaders(db, clock);
  const drafts = [
    ...(await slotMessages(db, clock, window, reminded, readers)),
    ...(await newsMessages(db, clock, happened, overdue, readers)),
  ];
  await keepMessages(deps, clock, address(drafts, readers, clock));
}

const beginning: Instant = Number.NEGATIVE_INFINITY;
