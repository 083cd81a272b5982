import { and, gte, inArray, max } from 'drizzle-orm';
import { plainWeek } from '#domain/rhythm/business-days.ts';
import type { Cadence } from '#domain/rhythm/cadence.ts';
import { hourMs } from '#domain/rhythm/local-time.ts';
import { slotsFor } from '#domain/rhythm/slots-for.ts';
import type { Instant, LocalDate, TimeZone } from '#domain/time.ts';
import { slot } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { insertRows } from './insert-rows.ts';

/** A promise whose check-ins are planned: until when. */
export interface Planned {
  readonly commitmentId: string;
  readonly until: LocalDate;
}

/** The same for all of them. */
export interface SlotPlan {
  readonly organisationId: string;
  readonly zone: TimeZone;
  readonly cadence: Cadence;
  /** From when on it is planned anew. */
  readonly from: Instant;
  readonly newId: () => string;
}

/**
 * Plans the check-ins of promises from an instant on, for many with one statement each way. What is answered, missed or
 * due within a day stays: planning anew never lets a question disappear that somebody has yet to answer. Where the plan
 * says what is there already, nothing is written.
 */
export async function planSlots(
  tx: Queries,
  { organisationId, zone, cadence, from, newId }: SlotPlan,
  promises: readonly Planned[],
): Promise<void> {
  if (promises.length === 0) return;
  const ids = promises.map(({ commitmentId }) => commitmentId);
  const ahead = await tx
    .select({
      ...{ id: slot.id, of: slot.commitmentId, dueAt: slot.dueAt },
      ...{ outcome: slot.outcome, filled: slot.filled },
    })
    .from(slot)
    .where(and(inArray(slot.commitmentId, ids), gte(slot.dueAt, new Date(from + 24 * hourMs))));
  const aheadOf = Map.groupBy(ahead, ({ of }) => of);
  const gone: string[] = [];
  const fresh: { commitmentId: string; slots: ReturnType<typeof slotsFor> }[] = [];
  for (const { commitmentId, until } of promises) {
    const known = aheadOf.get(commitmentId) ?? [];
    const old = known.filter(({ filled }) => filled === null);
    const answered = known.filter(({ filled }) => filled !== null).map(({ dueAt }) => dueAt.getTime());
    const planned = slotsFor({ cadence, from, until, zone, calendar: plainWeek });
    const slots = planned.filter(({ dueAt }) => dueAt > Math.max(0, ...answered));
    if (sayTheSame(old, slots)) continue;
    gone.push(...old.map(({ id }) => id));
    fresh.push({ commitmentId, slots });
  }
  if (fresh.length === 0) return;
  if (gone.length > 0) await tx.delete(slot).where(inArray(slot.id, gone));
  const lasts = await tx
    .select({ of: slot.commitmentId, number: max(slot.number) })
    .from(slot)
    .where(inArray(slot.commitmentId, ids))
    .groupBy(slot.commitmentId);
  const last = new Map(lasts.map(({ of, number }) => [of, number ?? 0]));
  const rows = fresh.flatMap(({ commitmentId, slots }) =>
    slots.map(({ label, opensAt, dueAt, graceEndsAt, excused }, index) => ({
      id: newId(),
      organisationId,
      commitmentId,
      number: (last.get(commitmentId) ?? 0) + index + 1,
      label,
      opensAt: new Date(opensAt),
      dueAt: new Date(dueAt),
      graceEndsAt: new Date(graceEndsAt),
      outcome: excused === null ? null : ('excused' as const),
    })),
  );
  await insertRows(tx, slot, rows);
}

function sayTheSame(
  old: readonly { readonly dueAt: Date; readonly outcome: string | null }[],
  planned: ReturnType<typeof slotsFor>,
): boolean {
  const key = (due: number, excused: boolean): string => `${due}${excused ? ' excused' : ''}`;
  const before = old.map(({ dueAt, outcome }) => key(dueAt.getTime(), outcome === 'excused')).sort();
  const after = planned.map(({ dueAt, excused }) => key(dueAt, excused !== null)).sort();
  return before.join('\n') === after.join('\n');
}
