import { and, eq, gt, inArray } from 'drizzle-orm';
import { windowDays } from '#domain/rhythm/decide-ritual.ts';
import { expandRitual, type PlannedOccurrence } from '#domain/rhythm/expand-ritual.ts';
import { addDays, localDateOf } from '#domain/rhythm/local-time.ts';
import type { Ritual } from '#domain/rhythm/ritual.ts';
import type { Instant } from '#domain/time.ts';
import { occurrence } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { insertRows } from '../tracking/insert-rows.ts';
import { readGround } from './ground.ts';
import { occurrenceId } from './occurrence-id.ts';

type Row = typeof occurrence.$inferSelect;

/**
 * Makes the meetings of rituals up to the end of the window and brings those still ahead in step with their rules. What
 * has begun or was held is never touched. A meeting that changed has its sequence raised, so that calendars follow; `told`
 * raises it for all, when what they say of themselves changed.
 */
export async function makeOccurrences(
  tx: Queries,
  organisationId: string,
  rituals: readonly { readonly id: string; readonly state: Ritual }[],
  at: Instant,
  { told = false } = {},
): Promise<void> {
  if (rituals.length === 0) return;
  const groundOf = await readGround(tx, organisationId);
  const ids = rituals.map(({ id }) => id);
  const stored = await tx
    .select()
    .from(occurrence)
    .where(and(inArray(occurrence.ritualId, ids), gt(occurrence.startsAt, new Date(at))));
  const storedOf = Map.groupBy(stored, ({ ritualId }) => ritualId);
  const fresh: (typeof occurrence.$inferInsert)[] = [];
  const gone: string[] = [];
  for (const { id: ritualId, state } of rituals) {
    const until = addDays(localDateOf(at, state.zone), windowDays);
    const planned = expandRitual(state, until, groundOf(state)).filter(({ startsAt }) => startsAt > at);
    const rows = new Map((storedOf.get(ritualId) ?? []).map((row) => [row.originalDate, row]));
    for (const it of planned) {
      const row = rows.get(it.originalDate);
      rows.delete(it.originalDate);
      if (row === undefined) {
        const id = occurrenceId(ritualId, it.originalDate);
        fresh.push({ id, organisationId, ritualId, ...toColumns(it), sequence: 0, changedAt: new Date(at) });
      } else if (row.status !== 'held' && (told || differs(row, it))) {
        await tx
          .update(occurrence)
          .set({ ...toColumns(it), sequence: row.sequence + 1, changedAt: new Date(at) })
          .where(and(eq(occurrence.id, row.id), eq(occurrence.organisationId, organisationId)));
      }
    }
    gone.push(...[...rows.values()].filter(({ status }) => status !== 'held').map(({ id }) => id));
  }
  if (gone.length > 0) await tx.delete(occurrence).where(inArray(occurrence.id, gone));
  const begun = await readThere(
    tx,
    fresh.map(({ id }) => id),
  );
  // One that has begun already is history, whatever its rule or the holidays say of it now.
  await insertRows(
    tx,
    occurrence,
    fresh.filter(({ id }) => !begun.has(id)),
  );
}

/** Which of these meetings are there. */
async function readThere(tx: Queries, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .select({ id: occurrence.id })
    .from(occurrence)
    .where(inArray(occurrence.id, [...ids]));
  return new Set(rows.map(({ id }) => id));
}

const toColumns = ({ originalDate, startsAt, endsAt, status, moved, reason }: PlannedOccurrence) => ({
  ...{ originalDate, status, moved, reason },
  ...{ startsAt: new Date(startsAt), endsAt: new Date(endsAt) },
});

const differs = (row: Row, it: PlannedOccurrence): boolean =>
  row.startsAt.getTime() !== it.startsAt ||
  row.endsAt.getTime() !== it.endsAt ||
  row.status !== it.status ||
  row.moved !== it.moved ||
  (row.reason ?? null) !== it.reason;
