import { and, asc, eq, gte, inArray, isNull, lt } from 'drizzle-orm';
import { addDays, localDateOf, startOfDay } from '#domain/rhythm/local-time.ts';
import type { RitualKind } from '#domain/rhythm/ritual.ts';
import type { LocalDate } from '#domain/time.ts';
import type { Viewer } from '../app.ts';
import { occurrence, ritual } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { toState, type RitualRow } from './ritual-rows.ts';

/** Days round a period's end in which a close is this period's. */
const closes = { before: 21, after: 60 } as const;

interface Place {
  readonly boardId: string;
  readonly teams: readonly string[];
  readonly period: { readonly end: LocalDate } | null;
}

/**
 * What is booked that check-ins of a board are reckoned from: the weekly meeting they are given for, and the day on which
 * its period is closed; null without one.
 */
export async function readBookedSessions(
  queries: Queries,
  viewer: Viewer,
  place: Place,
): Promise<{
  readonly weekly: { readonly weekday: number; readonly time: string } | null;
  readonly closeOn: LocalDate | null;
}> {
  const weekly = await nearest(queries, viewer, 'weekly', place, ({ rule }) => rule.type === 'weekly');
  const { rule, time = '' } = weekly === null ? {} : toState(weekly);
  const [weekday] = rule?.type === 'weekly' ? rule.weekdays : [];
  return {
    weekly: weekday === undefined ? null : { weekday, time },
    closeOn: await readClose(queries, viewer, place),
  };
}

async function readClose(queries: Queries, viewer: Viewer, place: Place): Promise<LocalDate | null> {
  if (place.period === null) return null;
  const close = await nearest(queries, viewer, 'quarterly-close', place);
  if (close === null) return null;
  const { zone } = toState(close);
  const { end } = place.period;
  const [meeting] = await queries
    .select({ startsAt: occurrence.startsAt })
    .from(occurrence)
    .where(
      and(
        eq(occurrence.ritualId, close.id),
        inArray(occurrence.status, ['scheduled', 'held']),
        gte(occurrence.startsAt, new Date(startOfDay(addDays(end, -closes.before), zone))),
        lt(occurrence.startsAt, new Date(startOfDay(addDays(end, closes.after), zone))),
      ),
    )
    .orderBy(asc(occurrence.startsAt))
    .limit(1);
  return meeting === undefined ? null : localDateOf(meeting.startsAt.getTime(), zone);
}

/** The ritual of a kind that is nearest to a board: its own, else that of its teams, else everybody's. */
async function nearest(
  queries: Queries,
  { organisationId, organisation }: Viewer,
  kind: RitualKind,
  { boardId, teams }: Place,
  fits: (state: ReturnType<typeof toState>) => boolean = () => true,
): Promise<RitualRow | null> {
  const rows = await queries
    .select()
    .from(ritual)
    .where(and(eq(ritual.organisationId, organisationId), eq(ritual.kind, kind), isNull(ritual.endedAt)))
    .orderBy(asc(ritual.createdAt), asc(ritual.id));
  const held = rows.filter((row) => {
    const state = toState(row);
    return (row.ends === null || row.ends >= localDateOf(organisation.now, state.zone)) && fits(state);
  });
  const whose = (row: RitualRow): readonly string[] => toState(row).teams;
  return (
    held.find((it) => it.boardId === boardId) ??
    held.find((it) => whose(it).length > 0 && whose(it).every((team) => teams.includes(team))) ??
    held.find((it) => whose(it).length === 0) ??
    null
  );
}
