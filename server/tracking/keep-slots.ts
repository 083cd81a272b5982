import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { termsNow, type Commitment } from '#domain/commitment/commitment.ts';
import type { CommitmentEvent } from '#domain/commitment/event.ts';
import type { Cadence } from '#domain/rhythm/cadence.ts';
import type { Instant, TimeZone } from '#domain/time.ts';
import { board, slot } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { closedAt } from './commitment-rows.ts';
import { planSlots } from './plan-slots.ts';
import { readWorkingDays } from './working-days.ts';

/** Events after which other check-ins may be expected than before. */
const moving: readonly CommitmentEvent['type'][] = [
  'accepted',
  'rescoped',
  'corrected',
  'rejected',
  'reopened',
  // Another owner is away on other days.
  'handed-over',
];

/**
 * Keeps the expected check-ins in step with the promise: planned when it is accepted, planned anew from that moment when
 * its due moves or it runs again, and excused once it has ended. Imported promises keep the check-ins of their source.
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
  const cadence = await readCadence(tx, after.source.board);
  if (cadence === null) return;
  const { organisationId, commitmentId } = of;
  const days = await readWorkingDays(tx, organisationId);
  const plan = { organisationId, days, cadence, from: moved.at, newId };
  const { owner, team, source } = after;
  await planSlots(tx, plan, [{ commitmentId, until: due, owner, team, board: source.board }]);
}

/** The cadence chosen in the commit review; null before the first commit, and for what is on no board. */
export async function readCadence(queries: Queries, boardId: string | null): Promise<Cadence | null> {
  if (boardId === null) return null;
  const [row] = await queries.select({ rhythm: board.rhythm }).from(board).where(eq(board.id, boardId));
  const rhythm = row?.rhythm ?? null;
  if (rhythm === null) return null;
  return { kind: rhythm.cadence, weekday: rhythm.weekday, time: rhythm.time, closeOn: rhythm.closeOn };
}

/** Nobody is asked about what has ended: slots still to answer at that moment are excused. */
async function excuseFrom(tx: Queries, commitmentId: string, at: Instant): Promise<void> {
  await tx
    .update(slot)
    .set({ outcome: sql`'excused'` })
    .where(and(eq(slot.commitmentId, commitmentId), isNull(slot.filled), gt(slot.graceEndsAt, new Date(at))));
}
