import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import { termsNow, type Commitment } from '#domain/commitment/commitment.ts';
import type { CommitmentEvent } from '#domain/commitment/event.ts';
import { plainWeek } from '#domain/rhythm/business-days.ts';
import type { Cadence } from '#domain/rhythm/cadence.ts';
import { slotsFor } from '#domain/rhythm/slots-for.ts';
import type { Instant, TimeZone } from '#domain/time.ts';
import { board, slot } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { closedAt } from './commitment-rows.ts';
import { insertRows } from './insert-rows.ts';

/** Events after which other check-ins are expected than before. */
const moving: readonly CommitmentEvent['type'][] = [
  'accepted',
  'rescoped',
  'corrected',
  'rejected',
  'reopened',
];

/**
 * Keeps the expected check-ins in step with the promise: planned when it is accepted, planned anew from that moment
 * when its due moves or it runs again, and excused once it has ended. Answered and missed slots are never touched.
 */
export async function keepSlots(
  tx: Queries,
  of: { readonly organisationId: string; readonly commitmentId: string; readonly zone: TimeZone },
  before: Commitment | null,
  after: Commitment,
  events: readonly CommitmentEvent[],
  newId: () => string,
): Promise<void> {
  const ended = closedAt(after);
  if (after.status !== 'committed') {
    if (before?.status === 'committed' && ended !== null) await excuseFrom(tx, of.commitmentId, ended);
    return;
  }
  const moved = events.findLast(({ type }) => moving.includes(type));
  const { due } = termsNow(after);
  if (moved === undefined || due === null || after.acceptedPerSource) return;
  const same = before?.status === 'committed' && termsNow(before).due === due;
  if (same) return;
  const cadence = await readCadence(tx, after.source.board);
  if (cadence !== null) await planFrom(tx, of, cadence, moved.at, due, newId);
}

/** The cadence chosen in the commit review, or null before the first commit. */
export async function readCadence(queries: Queries, boardId: string): Promise<Cadence | null> {
  const [row] = await queries.select({ rhythm: board.rhythm }).from(board).where(eq(board.id, boardId));
  const rhythm = row?.rhythm ?? null;
  if (rhythm === null) return null;
  return { kind: rhythm.cadence, weekday: rhythm.weekday, time: rhythm.time, closeOn: rhythm.closeOn };
}

async function planFrom(
  tx: Queries,
  of: { readonly organisationId: string; readonly commitmentId: string; readonly zone: TimeZone },
  cadence: Cadence,
  from: Instant,
  until: string,
  newId: () => string,
): Promise<void> {
  await tx
    .delete(slot)
    .where(
      and(eq(slot.commitmentId, of.commitmentId), isNull(slot.filled), gt(slot.graceEndsAt, new Date(from))),
    );
  const kept = await tx
    .select({ number: slot.number, dueAt: slot.dueAt })
    .from(slot)
    .where(eq(slot.commitmentId, of.commitmentId))
    .orderBy(asc(slot.number));
  const last = kept.at(-1);
  const planned = slotsFor({ cadence, from, until, zone: of.zone, calendar: plainWeek });
  const fresh = planned.filter(({ dueAt }) => last === undefined || dueAt > last.dueAt.getTime());
  const rows = fresh.map(({ label, opensAt, dueAt, graceEndsAt, excused }, index) => ({
    id: newId(),
    organisationId: of.organisationId,
    commitmentId: of.commitmentId,
    number: (last?.number ?? 0) + index + 1,
    label,
    opensAt: new Date(opensAt),
    dueAt: new Date(dueAt),
    graceEndsAt: new Date(graceEndsAt),
    outcome: excused === null ? null : ('excused' as const),
  }));
  await insertRows(tx, slot, rows);
}

/** Nobody is asked about what has ended: slots still to answer at that moment are excused. */
async function excuseFrom(tx: Queries, commitmentId: string, at: Instant): Promise<void> {
  await tx
    .update(slot)
    .set({ outcome: sql`'excused'` })
    .where(and(eq(slot.commitmentId, commitmentId), isNull(slot.filled), gt(slot.graceEndsAt, new Date(at))));
}
