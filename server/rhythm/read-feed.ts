import { createHash } from 'node:crypto';
import { and, asc, eq, gt, gte, isNotNull, isNull, lt } from 'drizzle-orm';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { addDays, localDateOf } from '#domain/rhythm/local-time.ts';
import { ritualWords } from '#domain/rhythm/ritual-words.ts';
import type { Instant, LocalDate } from '#domain/time.ts';
import {
  calendarFeed,
  commitment,
  member,
  occurrence,
  organisation,
  period,
  ritual,
  slot,
} from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { readPeriodOfDue } from '../tracking/plan-periods.ts';
import { readSeers } from '../tracking/read-seers.ts';
import { readWorkingDays } from '../tracking/working-days.ts';
import { listVersions, readCalendar } from './calendar-rows.ts';
import type { RhythmDeps } from './deps.ts';
import { hashFeedToken, nameOf } from './feeds.ts';
import { ritualsOf } from './occurrences.ts';
import { toState } from './ritual-rows.ts';
import { seenRituals } from '../store/seen-rituals.ts';
import { writeIcs, type DayEvent, type TimedEvent } from './write-ics.ts';

const dayMs = 86_400_000;
/** What a calendar program is told, in days round now. */
const told = { back: 90, ahead: 400, dues: 120 } as const;
/** "Last used" this exact is exact enough; every look would write a row otherwise. */
const usedEveryMs = 60 * 60_000;

const opensNothing = refused(
  'not-found',
  'This calendar address opens nothing. Make a new one under Rhythm.',
);

/** The calendar behind a secret address; the same refusal for unknown, revoked, and one whose owner has left. */
export async function readFeed(
  { store, now }: Pick<RhythmDeps, 'store' | 'now'>,
  token: string,
  origin: string | null,
): Promise<Outcome<{ readonly body: string; readonly etag: string; readonly name: string }>> {
  const [feed] = await store.db
    .select({
      ...{ it: calendarFeed, clock: organisation.clockNow, called: organisation.name },
    })
    .from(calendarFeed)
    .innerJoin(organisation, eq(organisation.id, calendarFeed.organisationId))
    .innerJoin(
      member,
      and(
        eq(member.personId, calendarFeed.personId),
        eq(member.organisationId, calendarFeed.organisationId),
        isNull(member.suspendedAt),
      ),
    )
    .where(and(eq(calendarFeed.tokenHash, hashFeedToken(token)), isNull(calendarFeed.revokedAt)));
  if (!feed) return opensNothing;
  const { it, clock, called } = feed;
  const at = clock?.getTime() ?? now();
  const subject = await nameOf(store.db, it.organisationId, it.kind, it.subjectId);
  if (subject === null) return opensNothing;
  const link = (path: string): string | null => (origin === null ? null : `${origin}${path}`);
  const meetings = await readMeetings(store.db, it, await eyesOf(store.db, it), at, link);
  const days = [
    ...(it.kind === 'ritual' ? [] : await readBoundaries(store.db, it.organisationId, at)),
    ...(it.kind === 'person' ? await readDues(store.db, it, at, link) : []),
  ];
  const title = it.kind === 'person' ? called : `${subject} · ${called}`;
  const body = writeIcs(title, meetings, days);
  const used = it.lastUsedAt?.getTime() ?? 0;
  if (now() - used >= usedEveryMs) {
    await store.db
      .update(calendarFeed)
      .set({ lastUsedAt: new Date(now()) })
      .where(eq(calendarFeed.id, it.id));
  }
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  return allowed({ body, etag, name: `${it.kind}.ics` });
}

type Feed = typeof calendarFeed.$inferSelect;
type Link = (path: string) => string | null;

/** A calendar shows what its owner may look at, today and not when it was made: the same as their pages. */
async function eyesOf(
  queries: Queries,
  { organisationId, personId }: Feed,
): Promise<Parameters<typeof seenRituals>[1]> {
  const seers = await readSeers(queries, organisationId, [personId]);
  return seers.get(personId) ?? { personId, teams: [], hiddenBoards: [] };
}

async function readMeetings(
  queries: Queries,
  feed: Feed,
  eyes: Parameters<typeof seenRituals>[1],
  at: Instant,
  link: Link,
): Promise<readonly TimedEvent[]> {
  const filter =
    feed.kind === 'person'
      ? { personId: feed.subjectId }
      : feed.kind === 'team'
        ? { teamId: feed.subjectId }
        : { seriesOf: feed.subjectId };
  const rows = await queries
    .select({ it: occurrence, title: ritual.title, state: ritual.state })
    .from(occurrence)
    .innerJoin(ritual, eq(ritual.id, occurrence.ritualId))
    .where(
      and(
        eq(occurrence.organisationId, feed.organisationId),
        gte(occurrence.startsAt, new Date(at - told.back * dayMs)),
        lt(occurrence.startsAt, new Date(at + told.ahead * dayMs)),
        ritualsOf(queries, filter),
        seenRituals(queries, eyes),
      ),
    )
    .orderBy(asc(occurrence.startsAt), asc(occurrence.id));
  return rows.map(({ it, title, state }) => {
    const terms = toState({ state });
    const why =
      it.reason === null || it.reason === ''
        ? ''
        : `${it.status === 'skipped' ? 'Skipped' : 'Moved'}: ${it.reason}\n`;
    return {
      ...{ uid: `${it.id}@throughline`, title, text: `${why}${ritualWords(terms)}` },
      ...{ startsAt: it.startsAt.getTime(), endsAt: it.endsAt.getTime(), zone: terms.zone },
      ...{ cancelled: it.status === 'skipped', sequence: it.sequence, changedAt: it.changedAt.getTime() },
      url: link(`/rhythm/occurrences/${it.id}`),
    };
  });
}

/** First and last days of plan periods, from the stored ones. */
async function readBoundaries(
  queries: Queries,
  organisationId: string,
  at: Instant,
): Promise<readonly DayEvent[]> {
  const { settings } = await readCalendar(queries, organisationId);
  const today = localDateOf(at, 'UTC');
  const [from, to] = [addDays(today, -told.back), addDays(today, told.ahead)];
  const versions = await listVersions(queries, organisationId);
  const savedAt = new Map(versions.map(({ version, createdAt }) => [version, createdAt]));
  const rows = await queries
    .select()
    .from(period)
    .where(and(eq(period.organisationId, organisationId), eq(period.kind, settings.planPeriod)))
    .orderBy(asc(period.start));
  return rows
    .flatMap((it) => {
      // A calendar that was saved later gave it its days: programs hear of it by the calendar's number.
      const sequence = it.calendarVersion ?? 0;
      const changedAt = Math.max(it.createdAt.getTime(), savedAt.get(sequence) ?? 0);
      const day = (what: 'begins' | 'ends', date: LocalDate): DayEvent => ({
        uid: `period-${it.id}-${what === 'begins' ? 'start' : 'end'}@throughline`,
        ...{ title: `${it.label} ${what}`, text: '', date, sequence, changedAt, url: null },
      });
      return [day('begins', it.start), day('ends', it.end)];
    })
    .filter(({ date }) => from <= date && date <= to);
}

/** Check-ins a person still has to give: a whole day each, by the day they are due in the team's zone. */
async function readDues(queries: Queries, feed: Feed, at: Instant, link: Link): Promise<readonly DayEvent[]> {
  const rows = await queries
    .select({
      ...{ id: commitment.id, statement: commitment.statement, teamId: commitment.teamId },
      ...{ acceptedAt: commitment.acceptedAt, dueAt: slot.dueAt },
    })
    .from(slot)
    .innerJoin(commitment, eq(commitment.id, slot.commitmentId))
    .where(
      and(
        eq(slot.organisationId, feed.organisationId),
        eq(commitment.ownerId, feed.subjectId),
        eq(commitment.status, 'committed'),
        isNull(slot.filled),
        // Excused ones are not to be given: they go, and come back when they are asked for after all.
        isNull(slot.outcome),
        gt(slot.graceEndsAt, new Date(at)),
        lt(slot.dueAt, new Date(at + told.dues * dayMs)),
        isNotNull(commitment.acceptedAt),
      ),
    )
    .orderBy(asc(slot.dueAt), asc(commitment.id));
  if (rows.length === 0) return [];
  const days = await readWorkingDays(queries, feed.organisationId);
  const periodOfDue = await readPeriodOfDue(queries, feed.organisationId);
  return rows.map(({ id, statement, teamId, acceptedAt, dueAt }) => {
    const date = localDateOf(dueAt.getTime(), days.zoneOf(teamId));
    const of = periodOfDue(date);
    const text = of === null ? '' : `Counts for ${of.label}`;
    return {
      ...{ uid: `check-in-${id}-${date}@throughline`, title: `Check in: ${statement}`, text, date },
      ...{ sequence: 0, changedAt: acceptedAt?.getTime() ?? 0 },
      url: link(`/commitments/${id}/check-in`),
    };
  });
}
