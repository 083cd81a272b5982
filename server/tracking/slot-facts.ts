import { asc, eq, sql } from 'drizzle-orm';
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

/**
 * Reads the facts for many commitments with one statement, however long their history is: for each it looks at the last
 * slots only, never at all of them. `asOf`: what was excused because the promise ended later was still expected then.
 */
export async function readSlotFacts(
  queries: Queries,
  ids: readonly string[],
  at: Instant,
  { asOf = false } = {},
): Promise<ReadonlyMap<string, SlotFacts>> {
  if (ids.length === 0) return new Map();
  const now = sql`${new Date(at).toISOString()}::timestamptz`;
  const expected = asOf
    ? sql`(s.outcome is distinct from 'excused' or (s.excuse is null and s.grace_ends_at > ${now}))`
    : sql`s.outcome is distinct from 'excused'`;
  const filled = sql`(s.filled is not null and coalesce(s.filled_at, s.due_at) <= ${now})`;
  // An answer that was taken back a moment later still stood then.
  const answered = asOf ? sql`(${filled} or s.id in (select slot_id from stood_then))` : filled;
  const stoodThen = sql`with stood_then as materialized (
      select c.slot_id from event e join check_in c on c.id = (e.data->>'id')::uuid
      where e.organisation_id = (select organisation_id from commitment where id = ${ids[0]})
        and e.type = 'check-in-undone' and c.slot_id is not null
        and e.at > ${now} and e.at <= ${now} + ${UNDO_WINDOW}::interval and c.at <= ${now}
    )`;
  const rows = await queries.execute<FactsRow>(sql`
    ${asOf ? stoodThen : sql``}
    select wanted.id,
      passed.due_at is not null and not passed.answered and not exists (
        select 1 from slot s where s.commitment_id = wanted.id and s.due_at > passed.due_at and ${answered}
      ) as silent,
      waits.*
    from (select value::uuid as id from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)) as wanted
    left join lateral (
      select s.due_at, ${answered} as answered from slot s
      where s.commitment_id = wanted.id and s.due_at <= ${now} and s.grace_ends_at <= ${now} and ${expected}
      order by s.due_at desc limit 1
    ) as passed on true
    left join lateral (
      select s.id as slot_id, s.number, s.label, s.filled, s.filled_at, s.opens_at, s.due_at, s.grace_ends_at
      from slot s
      where s.commitment_id = wanted.id and s.due_at > ${now} - ${LONGEST_GRACE}::interval
        and s.opens_at <= ${now} and s.grace_ends_at > ${now} and not ${answered} and ${expected}
      order by s.due_at limit 1
    ) as waits on true`);
  return new Map(
    rows.map((row) => [row.id, { waiting: waitingOf(row), silent: row.silent === true }] as const),
  );
}

/** No grace is longer: it bounds how far back a slot that still waits is looked for. */
const LONGEST_GRACE = '60 days';

/** Nobody can take an answer back after so long. */
export const UNDO_WINDOW = '1 day';

/** One line of the answer; the driver gives times as text here. */
type FactsRow = {
  readonly id: string;
  readonly silent: boolean | null;
  readonly slot_id: string | null;
  readonly number: number;
  readonly label: string;
  readonly filled: Slot['filled'];
  readonly filled_at: string | null;
  readonly opens_at: string;
  readonly due_at: string;
  readonly grace_ends_at: string;
};

function waitingOf(row: FactsRow): Slot | null {
  if (row.slot_id === null) return null;
  return {
    id: row.slot_id,
    number: row.number,
    label: row.label,
    opensAt: Date.parse(row.opens_at),
    dueAt: Date.parse(row.due_at),
    graceEndsAt: Date.parse(row.grace_ends_at),
    filled: row.filled,
    filledAt: row.filled_at === null ? null : Date.parse(row.filled_at),
    excused: null,
  };
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
    .orderBy(asc(slot.dueAt), asc(slot.number));
  return rows.map(toSlot);
}
