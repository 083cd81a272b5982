import { and, asc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import { termsNow } from '#domain/commitment/commitment.ts';
import { peopleFor } from '#domain/notify/audience.ts';
import { afterLastWord, rungsReached, type Window } from '#domain/notify/ladder.ts';
import { slotWords } from '#domain/notify/slot-words.ts';
import { dayMs, hourMs } from '#domain/rhythm/local-time.ts';
import { commitment, slot } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { stateOf, toSlot } from '../tracking/commitment-rows.ts';
import type { Draft } from './drafts.ts';
import type { OrganisationClock, Readers } from './readers.ts';

/** Unanswered slots looked back at: enough to find where a silence of quarterly ones began. */
const backMs = 200 * dayMs;
/** Answered ones looked back at: an older answer ends no silence that anybody is told of now. */
const answeredMs = 45 * dayMs;
/** No slot opens earlier before the end of its grace: a quarterly one has 14 days and five business days. */
const longestMs = 40 * dayMs;

/** An accept that began earlier may become visible later: what was accepted so lately is looked at twice. */
const overlapMs = 120_000;

/** Ids of commitments of which a check-in passed a rung within the window. */
export async function passedRungs(
  queries: Queries,
  { id: organisationId, settings }: OrganisationClock,
  { since, at }: Window,
): Promise<readonly string[]> {
  const { leadAfterDays, sponsorAfterDays } = settings.reminders;
  const day = (instant: number): Date => new Date(Math.max(0, instant));
  const passed = (column: typeof slot.dueAt, laterMs = 0) =>
    and(gt(column, day(since - laterMs)), lte(column, day(at - laterMs)));
  const rows = await queries
    .selectDistinct({ id: slot.commitmentId })
    .from(slot)
    .innerJoin(commitment, eq(commitment.id, slot.commitmentId))
    .where(
      and(
        eq(slot.organisationId, organisationId),
        eq(commitment.status, 'committed'),
        isNull(slot.filled),
        gt(slot.graceEndsAt, day(Math.max(since, at - backMs) - sponsorAfterDays * dayMs)),
        lte(slot.graceEndsAt, day(at + longestMs)),
        or(
          passed(slot.opensAt),
          // Open already when its promise was accepted: it opens for the owner then.
          and(
            gt(commitment.acceptedAt, day(since - overlapMs)),
            lte(commitment.acceptedAt, day(at)),
            lte(slot.opensAt, day(at)),
          ),
          passed(slot.dueAt, -24 * hourMs),
          passed(slot.dueAt),
          passed(slot.graceEndsAt),
          passed(slot.graceEndsAt, leadAfterDays * dayMs),
          passed(slot.graceEndsAt, sponsorAfterDays * dayMs),
        ),
      ),
    );
  return rows.map(({ id }) => id);
}

/** Reminders of check-ins: the ladder's rungs that were reached, as words for each who hears them. */
export async function slotMessages(
  queries: Queries,
  { at, settings: { reminders } }: OrganisationClock,
  window: Window,
  ids: readonly string[],
  readers: Readers,
): Promise<readonly Draft[]> {
  if (ids.length === 0) return [];
  const promises = await queries
    .select()
    .from(commitment)
    .where(inArray(commitment.id, [...ids]));
  const slots = await queries
    .select()
    .from(slot)
    .where(
      and(
        inArray(slot.commitmentId, [...ids]),
        gt(slot.graceEndsAt, new Date(at - backMs)),
        lte(slot.opensAt, new Date(at)),
        or(isNull(slot.filled), gt(slot.dueAt, new Date(at - answeredMs))),
      ),
    )
    .orderBy(asc(slot.number));
  const slotsOf = Map.groupBy(slots, (it) => it.commitmentId);
  return promises.flatMap((row) => {
    const state = stateOf(row);
    const { reviewer, sponsor } = state;
    const circle = { owner: row.ownerId, reviewer, sponsor, leads: readers.spokesOf(row.teamId) };
    const known = afterLastWord(
      (slotsOf.get(row.id) ?? []).map(toSlot),
      row.lastCheckInAt?.getTime() ?? null,
    );
    const acceptedAt = row.acceptedAt?.getTime() ?? null;
    const lately = acceptedAt !== null && acceptedAt > window.since - overlapMs;
    const since = lately ? window.since - overlapMs : window.since;
    return rungsReached(known, { since, at: window.at }, acceptedAt, reminders).flatMap((reached) =>
      peopleFor(reached.hearer, circle).map((person): Draft => ({
        person,
        leads: circle.leads,
        subject: { kind: 'commitment', id: row.id },
        rung: `${reached.rung}:${reached.slot.number}`,
        link: `/commitments/${row.id}`,
        at: reached.at,
        manner: reached.manner,
        reminder: true,
        words: (reader, standsInFor) =>
          slotWords(
            reached,
            {
              statement: termsNow(state).statement,
              ownerName: readers.nameOf(row.ownerId),
              status: row.reportedStatus as 'on' | 'risk' | 'off' | null,
              confidence: row.confidence,
              lastCheckInAt: row.lastCheckInAt?.getTime() ?? null,
              standsInFor,
            },
            at,
            reader.hearing.zone,
            reminders,
          ),
      })),
    );
  });
}
