import { and, asc, eq, sql } from 'drizzle-orm';
import { lastValues, type CheckIn } from '#domain/commitment/check-in.ts';
import type { Commitment } from '#domain/commitment/commitment.ts';
import type { Instant } from '#domain/time.ts';
import { checkIn, slot } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import {
  lockCommitment,
  stateOf,
  toCheckIn,
  toSlot,
  type CommitmentTableRow,
  type LoadedCommitment,
} from './commitment-rows.ts';

/** Check-ins and slots before an instant that are read: more than any page shows and any window holds. */
const TAIL = { checkIns: 40, slots: 61 } as const;

/**
 * Stands for all check-ins that were left out: it brings their last values, as a reading does, so that the values of the
 * whole are those of all of them.
 */
const EARLIER = 'earlier';

/** True for a check-in somebody gave, and not for what stands for earlier ones. */
export const isGiven = ({ id }: Pick<CheckIn, 'id'>): boolean => id !== EARLIER;

/**
 * Loads one commitment of an organisation with the end of its history as of `at`, years of which say nothing to a page or to
 * the next check-in: for looking at it now, and for a check-in. Closing one looks back to its first warning: that needs `loadCommitment`.
 */
export async function loadRecent(
  queries: Queries,
  organisationId: string,
  id: string,
  at: Instant,
  { lock = false } = {},
): Promise<LoadedCommitment | null> {
  const row = await lockCommitment(queries, organisationId, id, { lock });
  if (row === null) return null;
  const now = sql`${new Date(at).toISOString()}::timestamptz`;
  // What lies ahead of an example's clock comes on top.
  const from = sql`coalesce((select c.at from check_in c where c.commitment_id = ${id} and c.at <= ${now}
    and not c.undone order by c.at desc offset ${TAIL.checkIns - 1} limit 1), '-infinity'::timestamptz)`;
  const since = sql`coalesce((select s.due_at from slot s where s.commitment_id = ${id} and s.due_at <= ${now}
    and s.outcome is distinct from 'excused' order by s.due_at desc offset ${TAIL.slots - 1} limit 1), '-infinity'::timestamptz)`;
  const [said, expected, [before]] = await Promise.all([
    queries
      .select()
      .from(checkIn)
      .where(and(eq(checkIn.commitmentId, id), sql`${checkIn.at} >= ${from}`))
      .orderBy(asc(checkIn.at), asc(checkIn.version)),
    queries
      .select()
      .from(slot)
      .where(
        and(
          eq(slot.commitmentId, id),
          // Numbers of the check-ins shown come from their slots, however far apart those are.
          sql`(${slot.dueAt} >= ${since} or ${slot.id} in (
            select c.slot_id from check_in c where c.commitment_id = ${id} and c.at >= ${from}))`,
        ),
      )
      .orderBy(asc(slot.dueAt), asc(slot.number)),
    queries
      .select({ count: sql<number>`count(*)::int` })
      .from(checkIn)
      .where(and(eq(checkIn.commitmentId, id), eq(checkIn.undone, false), sql`${checkIn.at} < ${from}`)),
  ]);
  const recent = said.map(toCheckIn);
  const state = stateOf(row);
  const leftOut = before?.count ?? 0;
  const [first] = recent;
  const earlier =
    first === undefined || leftOut === 0 || namesAll(state, recent)
      ? []
      : [standIn(await readValuesBefore(queries, id, first.at), first.at)];
  return {
    ...{ row, leftOut },
    state: { ...state, checkIns: [...earlier, ...recent] },
    slots: expected.map(toSlot),
    progress: new Map(said.map((it) => [it.id, it.progress])),
  };
}

/** True when the recent ones give a value of every measure there ever was: earlier values are all overwritten. */
function namesAll(state: Commitment, recent: readonly CheckIn[]): boolean {
  const values = lastValues(recent);
  const terms = [state.offered, ...state.versions.map((version) => version.terms)];
  return terms.every(({ measures }) => measures.every(({ key }) => values[key] !== undefined));
}

/** The last value of every measure from what stands before an instant; a revision takes the place of what it revises. */
async function readValuesBefore(
  queries: Queries,
  id: CommitmentTableRow['id'],
  before: Instant,
): Promise<Readonly<Record<string, number>>> {
  const rows = await queries.execute<{ key: string; value: number }>(sql`
    select distinct on (v.key) v.key, v.value::text::float8 as value
    from check_in c cross join lateral jsonb_each(c."values") as v
    where c.commitment_id = ${id} and c.at < ${new Date(before).toISOString()}::timestamptz
      and not c.undone and c.kind <> 'note'
      and not exists (select 1 from check_in r where r.commitment_id = ${id} and r.revises = c.id
        and not r.undone and r.kind <> 'note')
    order by v.key, c.at desc, c.version desc`);
  return Object.fromEntries(rows.map(({ key, value }) => [key, Number(value)]));
}

function standIn(values: CheckIn['values'], at: Instant): CheckIn {
  return {
    ...{ id: EARLIER, slot: null, kind: 'reading', revises: null, at, by: null, byName: null, via: 'web' },
    ...{ undone: false, values, status: null, confidence: null, whatChanged: '', nextStep: '' },
    ...{ blocker: null, helpWanted: '', link: null, noMovement: false },
  };
}
