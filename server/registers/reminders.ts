import { and, eq, inArray, isNull, lte } from 'drizzle-orm';
import type { RegisterReminder } from '#domain/notify/register-words.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import type { Instant } from '#domain/time.ts';
import type { RegisterRow } from '#protocol/views/registers.ts';
import { thresholdsIn } from '../store/read-thresholds.ts';
import { organisation } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { dueOf } from './due.ts';
import { columnsOf, readEntries } from './entry-rows.ts';
import { viewEntries } from './entry-view.ts';
import type { Look } from './look.ts';

const kinds = ['decision', 'assumption', 'risk', 'triage-item'] as const;

/** Two decisions that contradict each other stand on both pages; no day calls for either. */
const unspoken = ['decision-conflict'];

/**
 * What the registers ask of people on a day: a decision needed or overdue, one up for another look, a check, a review, an
 * action past its day. Of the whole organisation, or of some entries.
 */
export async function readReminders(
  queries: Queries,
  { organisationId, at, ids }: { organisationId: string; at: Instant; ids?: readonly string[] },
): Promise<readonly RegisterReminder[]> {
  if (ids?.length === 0) return [];
  const [home] = await queries
    .select({ zone: organisation.timezone, settings: organisation.settings })
    .from(organisation)
    .where(eq(organisation.id, organisationId));
  if (home === undefined) return [];
  const { registers: settings } = thresholdsIn(home.settings);
  const look: Look = { organisationId, at, zone: home.zone, settings };
  const found: RegisterReminder[] = [];
  for (const kind of kinds) {
    const table = columnsOf(kind);
    const open = and(isNull(table.closedAt), lte(table.createdAt, new Date(at)));
    const where = and(open, ids === undefined ? undefined : inArray(table.id, [...ids]));
    const entries = await readEntries(queries, kind, organisationId, where);
    const rows: readonly RegisterRow[] = await viewEntries(queries, look, kind, entries);
    found.push(...rows.flatMap((row) => remindersOf(row, look)));
  }
  return found;
}

function remindersOf(row: RegisterRow, look: Look): readonly RegisterReminder[] {
  const { kind, id, title, weight } = row;
  const asked = dueOf(row, look)
    .filter(({ rule }) => !unspoken.includes(rule))
    .map(({ rule, since, personId }) => ({ rule, day: since, personId }));
  const needed = neededToday(row, look) ? [neededOf(row, look)] : [];
  return [...needed, ...asked].flatMap(({ rule, day, personId }) =>
    personId === null ? [] : [{ rule, day, personId, kind, id, title, weight } as RegisterReminder],
  );
}

const neededOf = (row: RegisterRow, { at, zone }: Look) => ({
  rule: 'decision-needed',
  day: localDateOf(at, zone),
  personId: row.ownerId ?? row.raisedById,
});

function neededToday(row: RegisterRow, { at, zone }: Look): boolean {
  const day: unknown = row.kind === 'decision' && row.status === 'open' ? Reflect.get(row, 'neededBy') : null;
  return day === localDateOf(at, zone);
}
