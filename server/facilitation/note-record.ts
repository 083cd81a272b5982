import { eq } from 'drizzle-orm';
import type { MeetingRecord } from '#domain/facilitation/record.ts';
import type { Session } from '#domain/facilitation/session.ts';
import type { Instant } from '#domain/time.ts';
import { thresholdsIn } from '../store/read-thresholds.ts';
import { organisation } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { PlannedCard } from './planned-cards.ts';
import { readRecord } from './read-record.ts';

/**
 * How everything a session is about stands now, by the organisation's own clock. Read as the server sees it, for the whole
 * room: whoever reads the minutes later is shown of it what they may look at.
 */
export async function noteRecord(
  queries: Queries,
  organisationId: string,
  it: Session,
  { at, cards }: { readonly at: Instant; readonly cards: readonly PlannedCard[] | null },
): Promise<MeetingRecord | null> {
  if (it.startedAt === null) return null;
  const own = await readOwnClock(queries, organisationId);
  const moment = { at: own.now ?? at, zone: own.zone, settings: own.settings };
  return readRecord(queries, organisationId, it, { moment, cards, until: at });
}

/** The same of a session that ended before it was noted: as the log of each object says it was. */
export async function rebuildRecord(
  queries: Queries,
  organisationId: string,
  it: Session,
): Promise<MeetingRecord | null> {
  if (it.startedAt === null || it.endedAt === null) return null;
  const own = await readOwnClock(queries, organisationId);
  // The clock of an example is turned by hand: nobody knows where it stood then.
  if (own.now !== null) return null;
  const moment = { at: it.endedAt, zone: own.zone, settings: own.settings };
  return readRecord(queries, organisationId, it, { moment, cards: null, asOf: true, until: it.endedAt });
}

async function readOwnClock(queries: Queries, organisationId: string) {
  const [row] = await queries
    .select({
      now: organisation.clockNow,
      zone: organisation.timezone,
      settings: organisation.settings,
    })
    .from(organisation)
    .where(eq(organisation.id, organisationId));
  return {
    now: row?.now?.getTime() ?? null,
    zone: row?.zone ?? 'UTC',
    settings: thresholdsIn(row?.settings),
  };
}
