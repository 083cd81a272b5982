import { and, asc, eq, gt, gte, inArray, isNull, max } from 'drizzle-orm';
import type { Cadence } from '#domain/rhythm/cadence.ts';
import type { Span } from '#domain/rhythm/calendar.ts';
import { addDays, hourMs, localDateOf } from '#domain/rhythm/local-time.ts';
import type { SlotExcuse } from '#domain/rhythm/slot.ts';
import { excuseOf, slotsFor, type PlannedSlot } from '#domain/rhythm/slots-for.ts';
import type { Instant, LocalDate } from '#domain/time.ts';
import { period, slot } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { insertRows } from './insert-rows.ts';
import type { WorkingDays } from './working-days.ts';

/** A promise whose check-ins are planned: until when, and whose it is. */
export interface Planned {
  readonly commitmentId: string;
  readonly until: LocalDate;
  readonly owner: string | null;
  readonly team: string | null;
  readonly board: string | null;
}

/** The same for all of them. */
export interface SlotPlan {
  readonly organisationId: string;
  readonly days: WorkingDays;
  readonly cadence: Cadence;
  /** From when on it is planned anew. */
  readonly from: Instant;
  /** What is open at this instant stays, and its week is not asked twice; `from` where it is left out. */
  readonly openedBy?: Instant;
  readonly newId: () => string;
}

type SlotTimes = Pick<PlannedSlot, 'opensAt' | 'dueAt' | 'graceEndsAt'>;

/** Two questions nearer than that are about the same week. */
const halfWeekMs = 84 * hourMs;

type AheadRow = Pick<
  typeof slot.$inferSelect,
  'id' | 'label' | 'opensAt' | 'dueAt' | 'graceEndsAt' | 'outcome' | 'filled' | 'excuse' | 'commitmentId'
>;

/**
 * Plans the check-ins of promises from an instant on, for many with one statement each way. What is answered, missed or
 * past due stays. What is open or due within a day stays too, though a freeze or a leave may excuse it: planning anew
 * never lets a question disappear that somebody has yet to answer. A question of the same week or month is moved to its
 * new due and keeps its identity, which links may hold on to; where the plan says what is there already, nothing is
 * written.
 */
export async function planSlots(tx: Queries, plan: SlotPlan, promises: readonly Planned[]): Promise<void> {
  if (promises.length === 0) return;
  const { organisationId, days, cadence, from, openedBy = from, newId } = plan;
  const isOpen = (it: AheadRow): boolean => it.opensAt.getTime() <= openedBy;
  const ids = promises.map(({ commitmentId }) => commitmentId);
  const ahead: AheadRow[] = await tx
    .select({
      ...{ id: slot.id, commitmentId: slot.commitmentId, label: slot.label },
      ...{ opensAt: slot.opensAt, dueAt: slot.dueAt, graceEndsAt: slot.graceEndsAt },
      ...{ outcome: slot.outcome, filled: slot.filled, excuse: slot.excuse },
    })
    .from(slot)
    .where(and(inArray(slot.commitmentId, ids), gt(slot.dueAt, new Date(from))));
  const months = cadence.kind === 'monthly' ? await readMonths(tx, organisationId, from) : [];
  const aheadOf = Map.groupBy(ahead, ({ commitmentId }) => commitmentId);
  const gone: string[] = [];
  const fresh: { commitmentId: string; slot: PlannedSlot }[] = [];
  const changed = new Map<string, { to: SlotTimes; excuse: SlotExcuse | null; ids: string[] }>();
  const change = (id: string, to: SlotTimes, excuse: SlotExcuse | null): void => {
    const key = `${to.opensAt} ${to.dueAt} ${to.graceEndsAt} ${excuse ?? ''}`;
    const entry = changed.get(key) ?? { to, excuse, ids: [] };
    entry.ids.push(id);
    changed.set(key, entry);
  };
  for (const { commitmentId, until, owner, team, board } of promises) {
    const ground = {
      zone: days.zoneOf(team),
      calendar: days.calendarOf(team),
      isAway: (on: LocalDate) => days.isAway(owner, on),
      skipped: days.skipped(team, board),
    };
    const known = aheadOf.get(commitmentId) ?? [];
    const answered = known.filter(({ filled }) => filled !== null).map(({ dueAt }) => dueAt.getTime());
    const planned = slotsFor({ cadence, from, until, months, ...ground }).filter(
      (one) =>
        one.dueAt > Math.max(0, ...answered) &&
        known.every(
          (it) => !isOpen(it) || asksTheSame(one, it) || one.dueAt - it.dueAt.getTime() > halfWeekMs,
        ),
    );
    for (const it of known) {
      if (it.filled !== null) continue;
      const same = planned.find((one) => asksTheSame(one, it));
      if (same === undefined && it.dueAt.getTime() >= from + 24 * hourMs && !isOpen(it)) {
        gone.push(it.id);
        continue;
      }
      const excuse = same === undefined ? excuseOf(ground, it.dueAt.getTime()) : same.excused;
      const is = timesOf(it);
      const to = same ?? is;
      const now = it.outcome === 'excused' ? (it.excuse ?? 'ended') : null;
      if (excuse !== now || !isAt(is, to)) change(it.id, to, excuse);
    }
    const missing = planned.filter((one) => !known.some((it) => asksTheSame(one, it)));
    fresh.push(...missing.map((it) => ({ commitmentId, slot: it })));
  }
  if (gone.length > 0) await tx.delete(slot).where(inArray(slot.id, gone));
  for (const { to, excuse, ids: these } of changed.values()) {
    await tx
      .update(slot)
      .set({
        ...{ outcome: excuse === null ? null : 'excused', excuse, opensAt: new Date(to.opensAt) },
        ...{ dueAt: new Date(to.dueAt), graceEndsAt: new Date(to.graceEndsAt) },
      })
      .where(and(inArray(slot.id, these), isNull(slot.filled), eq(slot.organisationId, organisationId)));
  }
  if (fresh.length > 0) await insertFresh(tx, organisationId, ids, fresh, newId);
}

/** Months as the planning calendar cut them, from the one that holds an instant on. */
async function readMonths(queries: Queries, organisationId: string, from: Instant): Promise<readonly Span[]> {
  const { label, start, end, kind } = period;
  return queries
    .select({ label, start, end })
    .from(period)
    .where(
      and(
        eq(period.organisationId, organisationId),
        eq(kind, 'month'),
        gte(end, addDays(localDateOf(from, 'UTC'), -1)),
      ),
    )
    .orderBy(asc(start));
}

/** About the same week or month, whenever it is due. */
const asksTheSame = (planned: PlannedSlot, row: AheadRow): boolean => planned.label === row.label;

const timesOf = ({ opensAt, dueAt, graceEndsAt }: AheadRow): SlotTimes => ({
  ...{ opensAt: opensAt.getTime(), dueAt: dueAt.getTime(), graceEndsAt: graceEndsAt.getTime() },
});

const isAt = (a: SlotTimes, b: SlotTimes): boolean =>
  a.opensAt === b.opensAt && a.dueAt === b.dueAt && a.graceEndsAt === b.graceEndsAt;

async function insertFresh(
  tx: Queries,
  organisationId: string,
  ids: readonly string[],
  fresh: readonly { readonly commitmentId: string; readonly slot: PlannedSlot }[],
  newId: () => string,
): Promise<void> {
  const lasts = await tx
    .select({ of: slot.commitmentId, number: max(slot.number) })
    .from(slot)
    .where(inArray(slot.commitmentId, [...ids]))
    .groupBy(slot.commitmentId);
  const last = new Map(lasts.map(({ of, number }) => [of, number ?? 0]));
  const rows = fresh.map(({ commitmentId, slot: { label, opensAt, dueAt, graceEndsAt, excused } }) => {
    const number = (last.get(commitmentId) ?? 0) + 1;
    last.set(commitmentId, number);
    return {
      ...{ id: newId(), organisationId, commitmentId, number, label, excuse: excused },
      ...{ opensAt: new Date(opensAt), dueAt: new Date(dueAt), graceEndsAt: new Date(graceEndsAt) },
      outcome: excused === null ? null : ('excused' as const),
    };
  });
  await insertRows(tx, slot, rows);
}
