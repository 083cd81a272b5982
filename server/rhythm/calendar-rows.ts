import { and, asc, desc, eq, inArray, isNull, lte, or } from 'drizzle-orm';
import type { StoredPeriod } from '#domain/rhythm/change-calendar.ts';
import { periodsAfter } from '#domain/rhythm/change-calendar.ts';
import { cutPeriods } from '#domain/rhythm/cut-periods.ts';
import { addDays } from '#domain/rhythm/local-time.ts';
import type { CalendarSettings, PeriodSpan } from '#domain/rhythm/planning-calendar.ts';
import type { LocalDate } from '#domain/time.ts';
import type { CalendarVersionView } from '#protocol/views/rhythm.ts';
import { board, capacity, commitment, organisation, period, planningCalendar } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { insertRows } from '../tracking/insert-rows.ts';

/** Periods are kept made this far ahead, in days: five years. */
export const daysAhead = 5 * 366;

/** The calendar in force with its version; an organisation that never chose has month quarters from its fiscal month. */
export async function readCalendar(
  queries: Queries,
  organisationId: string,
): Promise<{ readonly version: number; readonly settings: CalendarSettings }> {
  const [newest] = await listVersions(queries, organisationId);
  if (newest) return { version: newest.version, settings: newest.settings };
  return { version: 0, settings: await impliedSettings(queries, organisationId) };
}

/** Versions kept, newest first. */
export async function listVersions(
  queries: Queries,
  organisationId: string,
): Promise<readonly CalendarVersionView[]> {
  const rows = await queries
    .select()
    .from(planningCalendar)
    .where(eq(planningCalendar.organisationId, organisationId))
    .orderBy(desc(planningCalendar.version));
  return rows.map(({ version, validFrom, calendar, createdAt, createdBy }) => ({
    ...{ version, validFrom, createdBy, createdAt: createdAt.getTime() },
    settings: calendar as CalendarSettings,
  }));
}

export async function impliedSettings(queries: Queries, organisationId: string): Promise<CalendarSettings> {
  const [row] = await queries.select().from(organisation).where(eq(organisation.id, organisationId));
  return {
    shape: { kind: 'months', startMonth: row?.fiscalStartMonth ?? 1 },
    weekStart: row?.weekStart ?? 1,
    ...({ labelYear: 'ends', planPeriod: 'quarter', straddle: 'majority' } as const),
  };
}

/** All periods of an organisation, with what must not be lost of them. */
export async function readPeriods(
  queries: Queries,
  organisationId: string,
): Promise<readonly StoredPeriod[]> {
  const rows = await queries
    .select()
    .from(period)
    .where(eq(period.organisationId, organisationId))
    .orderBy(asc(period.start), desc(period.end));
  const used = new Set<string | null>();
  const boards = await queries
    .selectDistinct({ id: board.periodId })
    .from(board)
    .where(eq(board.organisationId, organisationId));
  const promises = await queries
    .selectDistinct({ id: commitment.periodId })
    .from(commitment)
    .where(eq(commitment.organisationId, organisationId));
  const loads = await queries
    .selectDistinct({ id: capacity.periodId })
    .from(capacity)
    .where(eq(capacity.organisationId, organisationId));
  for (const { id } of [...boards, ...promises, ...loads]) used.add(id);
  return rows.map(({ id, kind, label, start, end, closed, calendarVersion }) => ({
    ...{ id, kind, label, start, end, closed, used: used.has(id) },
    byHand: calendarVersion === null,
  }));
}

/** Periods without their use: what pictures, rituals and feeds are drawn from. */
export async function readSpans(
  queries: Queries,
  organisationId: string,
): Promise<readonly (PeriodSpan & { readonly id: string })[]> {
  const { id, kind, label, start, end } = period;
  return queries
    .select({ id, kind, label, start, end })
    .from(period)
    .where(eq(period.organisationId, organisationId))
    .orderBy(asc(period.start), desc(period.end));
}

/**
 * The periods as they were while an earlier version of the calendar was in force: what it and those before it made is
 * stored still, and what a later one took the place of is cut again. Null when there is no such earlier version.
 */
export async function readSpansBefore(
  queries: Queries,
  organisationId: string,
  version: number,
  until: LocalDate,
): Promise<{ readonly settings: CalendarSettings; readonly spans: readonly PeriodSpan[] } | null> {
  const versions = await listVersions(queries, organisationId);
  const then = versions.find((it) => it.version === version);
  const next = versions.findLast((it) => it.version > version);
  if (then === undefined || next === undefined) return null;
  const { kind, label, start, end } = period;
  const kept = await queries
    .select({ kind, label, start, end })
    .from(period)
    .where(
      and(
        eq(period.organisationId, organisationId),
        or(isNull(period.calendarVersion), lte(period.calendarVersion, version)),
      ),
    );
  const cut = periodsAfter(kept, then.settings, { earliest: next.validFrom, until });
  const spans = [...kept, ...cut].sort(
    (a, b) => a.start.localeCompare(b.start) || b.end.localeCompare(a.end),
  );
  return { settings: then.settings, spans };
}

/**
 * Makes the periods that are missing ahead; of an organisation without any also those of the running years. Safe to run
 * twice: what is there stays.
 */
export async function extendPeriods(
  tx: Queries,
  organisationId: string,
  today: LocalDate,
  { newId, createdAt, ahead = daysAhead }: { newId: () => string; createdAt: Date; ahead?: number },
): Promise<void> {
  const until = addDays(today, ahead);
  const kept = await readSpans(tx, organisationId);
  const { version, settings } = await readCalendar(tx, organisationId);
  const generated = kept.filter(({ kind }) => kind === 'year' || kind === 'month');
  if (generated.length > 0 && kept.some(({ kind, end }) => kind === 'week' && end >= addDays(until, -31)))
    return;
  // At first the running year and the one before are made whole: rituals and pictures look back.
  const fresh =
    generated.length === 0
      ? cutPeriods(settings, addDays(today, -365), until)
      : periodsAfter(kept, settings, { earliest: today, until });
  await insertPeriods(tx, organisationId, fresh, { version, newId, createdAt });
}

/** Adds periods; one that is there already, by kind and days, stays as it is. */
export async function insertPeriods(
  tx: Queries,
  organisationId: string,
  spans: readonly PeriodSpan[],
  { version, newId, createdAt }: { version: number; newId: () => string; createdAt: Date },
): Promise<void> {
  const there = new Set((await readSpans(tx, organisationId)).map(keyOf));
  const rows = spans
    .filter((it) => !there.has(keyOf(it)))
    .map((it) => ({ id: newId(), organisationId, ...it, calendarVersion: version, createdAt }));
  await insertRows(tx, period, rows);
}

export async function removePeriods(tx: Queries, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.delete(period).where(inArray(period.id, [...ids]));
}

/** Gives periods other days, in two steps: two may take each other's place, and no two are ever the same. */
export async function movePeriods(
  tx: Queries,
  organisationId: string,
  moves: readonly { readonly id: string; readonly to: PeriodSpan }[],
  version: number,
): Promise<void> {
  const of = (id: string) => and(eq(period.id, id), eq(period.organisationId, organisationId));
  for (const [index, { id }] of moves.entries()) {
    const aside = addDays('1900-01-01', index);
    await tx.update(period).set({ start: aside, end: aside }).where(of(id));
  }
  for (const { id, to } of moves) {
    const { kind, label, start, end } = to;
    await tx.update(period).set({ kind, label, start, end, calendarVersion: version }).where(of(id));
  }
}

const keyOf = ({ kind, start, end }: PeriodSpan): string => `${kind} ${start} ${end}`;
