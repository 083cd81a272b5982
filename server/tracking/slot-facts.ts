import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import { slotState, type Slot } from '#domain/rhythm/slot.ts';
import type { Instant } from '#domain/time.ts';
import type { SlotView } from '#protocol/views/tracking.ts';
import { slot } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { toSlot } from './commitment-rows.ts';

/** What a list must know of a commitment's slots: the one that waits now, and whether the last one passed in silence. */
export interface SlotFacts {
  readonly waiting: Slot | null;
  readonly silent: boolean;
}

export const noSlots: SlotFacts = { waiting: null, silent: false };

/** Reads the facts for many commitments with two queries, however long their history is. */
export async function readSlotFacts(
  queries: Queries,
  ids: readonly string[],
  at: Instant,
): Promise<ReadonlyMap<string, SlotFacts>> {
  if (ids.length === 0) return new Map();
  const now = new Date(at).toISOString();
  const mine = inArray(slot.commitmentId, [...ids]);
  const expected = sql`${slot.outcome} is distinct from 'excused'`;
  const passed = sql<
    string | null
  >`max(${slot.dueAt}) filter (where ${slot.graceEndsAt} <= ${now} and ${expected})`;
  const answered = sql<
    string | null
  >`max(${slot.dueAt}) filter (where ${slot.filled} is not null and coalesce(${slot.filledAt}, ${slot.dueAt}) <= ${now})`;
  const ends = await queries
    .select({
      id: slot.commitmentId,
      silent: sql<boolean | null>`${passed} > coalesce(${answered}, '-infinity')`,
    })
    .from(slot)
    .where(mine)
    .groupBy(slot.commitmentId);
  const open = await queries
    .selectDistinctOn([slot.commitmentId])
    .from(slot)
    .where(
      and(
        mine,
        lte(slot.opensAt, new Date(at)),
        gt(slot.graceEndsAt, new Date(at)),
        or(isNull(slot.filled), and(isNotNull(slot.filledAt), gt(slot.filledAt, new Date(at)))),
        expected,
      ),
    )
    .orderBy(slot.commitmentId, asc(slot.dueAt));
  const waiting = new Map(open.map((row) => [row.commitmentId, toSlot(row)]));
  return new Map(
    ends.map(({ id, silent }) => [id, { waiting: waiting.get(id) ?? null, silent: silent === true }]),
  );
}

export function viewSlot(it: Slot, at: Instant): SlotView {
  const state = slotState(it, at);
  const { id, number, label, opensAt, dueAt, graceEndsAt } = it;
  return {
    id,
    number,
    label,
    state,
    opensAt,
    dueAt,
    graceEndsAt,
    filled: state === 'filled' ? it.filled : null,
  };
}

/** Slots of one commitment, oldest first. */
export async function readSlots(queries: Queries, commitmentId: string): Promise<readonly Slot[]> {
  const rows = await queries
    .select()
    .from(slot)
    .where(eq(slot.commitmentId, commitmentId))
    .orderBy(asc(slot.number));
  return rows.map(toSlot);
}
