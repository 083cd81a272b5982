import { and, asc, eq, gte, inArray, isNull, lt, lte, or } from 'drizzle-orm';
import { sayDay, sayWhen } from '#domain/notify/say-when.ts';
import { addDays, endOfDay, localDateOf, startOfDay } from '#domain/rhythm/local-time.ts';
import type { LocalDate, TimeZone } from '#domain/time.ts';
import { onSeenBoards } from '../../store/seen-boards.ts';
import { commitment, dependency, slot } from '../../store/schema.ts';
import type { Queries } from '../../store/store.ts';
import { scopeColumn, seenAsks, type Seer } from '../../tracking/seen.ts';
import type { ChatRow } from './chat-audience.ts';

/** Lines of a summary; the rest is counted. */
const most = 12;

export interface DueWithin {
  readonly at: number;
  readonly zone: TimeZone;
  /** First day that counts is today; the last, both included. */
  readonly last: LocalDate;
  /** With what was due before and can still be given. */
  readonly withLate: boolean;
}

/** What is due of a team, or of all: check-ins, promises, answers and deliveries. It names things, never people. */
export async function readDueLines(
  queries: Queries,
  { organisationId, teamId }: Pick<ChatRow, 'organisationId' | 'teamId'>,
  seer: Seer,
  { at, zone, last, withLate }: DueWithin,
): Promise<readonly string[]> {
  const today = localDateOf(at, zone);
  const ends = endOfDay(last, zone);
  const ours = and(
    eq(commitment.organisationId, organisationId),
    eq(commitment.status, 'committed'),
    teamId === null ? undefined : eq(commitment.teamId, teamId),
    onSeenBoards(scopeColumn, seer.hiddenBoards),
  );
  const checkIns = await queries
    .select({ statement: commitment.statement, dueAt: slot.dueAt, graceEndsAt: slot.graceEndsAt })
    .from(slot)
    .innerJoin(commitment, eq(commitment.id, slot.commitmentId))
    .where(
      and(
        ours,
        isNull(slot.outcome),
        lt(slot.dueAt, new Date(ends)),
        gte(slot.graceEndsAt, new Date(at)),
        withLate ? undefined : gte(slot.dueAt, new Date(startOfDay(today, zone))),
      ),
    )
    .orderBy(asc(slot.dueAt), asc(commitment.statement));
  const promises = await queries
    .select({ statement: commitment.statement, due: commitment.due })
    .from(commitment)
    .where(and(ours, gte(commitment.due, today), lte(commitment.due, last)))
    .orderBy(asc(commitment.due), asc(commitment.statement));
  const asks = await queries
    .select({ what: dependency.what, status: dependency.status, state: dependency.state })
    .from(dependency)
    .where(
      and(
        eq(dependency.organisationId, organisationId),
        inArray(dependency.status, ['requested', 'accepted']),
        teamId === null ? undefined : or(eq(dependency.providerTeamId, teamId)),
        seenAsks(seer),
      ),
    );
  const toDo = asks.flatMap(({ what, status, state }) => {
    const it = state as { respondBy?: number | null; agreement?: { date: LocalDate | null } };
    const day =
      status === 'accepted'
        ? (it.agreement?.date ?? null)
        : it.respondBy
          ? localDateOf(it.respondBy, zone)
          : null;
    if (day === null || day < today || day > last) return [];
    return [`${status === 'accepted' ? 'To deliver' : 'To answer'}: “${what}”, ${sayDay(day)}`];
  });
  const lines = [
    ...promises.map(({ statement, due }) => `Promised for ${sayDay(due ?? last)}: “${statement}”`),
    ...toDo,
    ...checkIns.map(
      ({ statement, dueAt }) => `Check-in due ${sayWhen(dueAt.getTime(), zone)}: “${statement}”`,
    ),
  ];
  return lines.length <= most ? lines : [...lines.slice(0, most), `And ${lines.length - most} more.`];
}

/** The last day of the week that begins on this one. */
export const endOfWeek = (today: LocalDate): LocalDate => addDays(today, 6);
