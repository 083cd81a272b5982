import { and, desc, eq, gt, isNull, or } from 'drizzle-orm';
import type { Instant, LocalDate } from '#domain/time.ts';
import { capacity, dayOff, event, period, teamMember } from '../../store/schema.ts';
import type { Queries } from '../../store/store.ts';

/** Somebody's place in a team. */
export interface TeamPlace {
  readonly personId: string;
  readonly role: 'lead' | 'member';
  /** Home share, 0-1. */
  readonly share: number;
}

interface OfTeam {
  readonly organisationId: string;
  readonly teamId: string;
}

/** What of a team is no promise and no entry, as it was. */
export interface TeamThen {
  readonly members: readonly TeamPlace[];
  /** Person-weeks somebody entered, by the label of the period. */
  readonly entered: ReadonlyMap<string, number>;
  readonly holidays: readonly { readonly start: LocalDate; readonly end: LocalDate }[];
}

/** A team as it was at an instant: as it is now, with every later change of the log taken back, the last one first. */
export async function readTeamAt(queries: Queries, of: OfTeam, at: Instant): Promise<TeamThen> {
  const { organisationId, teamId } = of;
  const [places, entries, days, later] = await Promise.all([
    readPlaces(queries, of),
    queries
      .select({ label: period.label, personWeeks: capacity.personWeeks })
      .from(capacity)
      .innerJoin(period, eq(period.id, capacity.periodId))
      .where(and(eq(capacity.organisationId, organisationId), eq(capacity.teamId, teamId))),
    queries
      .select({ start: dayOff.start, end: dayOff.end, label: dayOff.label })
      .from(dayOff)
      .where(
        and(
          ...[eq(dayOff.organisationId, organisationId), eq(dayOff.kind, 'holiday')],
          or(isNull(dayOff.teamId), eq(dayOff.teamId, teamId)),
        ),
      ),
    queries
      .select({ type: event.type, data: event.data })
      .from(event)
      .where(
        and(
          eq(event.organisationId, organisationId),
          or(
            and(eq(event.objectKind, 'team'), eq(event.objectId, teamId)),
            and(eq(event.objectKind, 'organisation'), eq(event.objectId, organisationId)),
          ),
          gt(event.at, new Date(at)),
        ),
      )
      .orderBy(desc(event.recordedAt), desc(event.version)),
  ]);
  const members = new Map(places.map((it) => [it.personId, it]));
  const entered = new Map(entries.map(({ label, personWeeks }) => [label, personWeeks]));
  let holidays = days;
  for (const { type, data } of later) {
    const told = data as Told;
    if (type === 'person-put-in' || type === 'person-taken-out') {
      const { person: personId = '', was } = told;
      if (was === null || was === undefined) members.delete(personId);
      else members.set(personId, { personId, ...was });
    } else if (type === 'capacity-entered') {
      const before = told.before?.personWeeks ?? null;
      if (before === null) entered.delete(told.period ?? '');
      else entered.set(told.period ?? '', before);
    } else if (told.off === 'holiday') {
      const named = told.days ?? [];
      if (type === 'days-off-taken-away') holidays = [...holidays, ...named];
      else holidays = holidays.filter((it) => !named.some((day) => sameDays(day, it)));
    }
  }
  return { members: [...members.values()], entered, holidays };
}

/** Who is in a team now, those who lead it first. */
export async function readPlaces(
  queries: Queries,
  { organisationId, teamId }: OfTeam,
): Promise<readonly TeamPlace[]> {
  const { personId, role, share } = teamMember;
  return queries
    .select({ personId, role, share })
    .from(teamMember)
    .where(and(eq(teamMember.organisationId, organisationId), eq(teamMember.teamId, teamId)))
    .orderBy(role, personId);
}

interface Day {
  readonly start: LocalDate;
  readonly end: LocalDate;
  readonly label: string;
}

/** What the lines of the log say of these; what was before is null where there was nothing. */
interface Told {
  readonly person?: string;
  readonly was?: Omit<TeamPlace, 'personId'> | null;
  readonly period?: string;
  readonly before?: { readonly personWeeks: number | null };
  readonly off?: string;
  readonly days?: readonly Day[];
}

const sameDays = (a: Day, b: Day): boolean => a.start === b.start && a.end === b.end && a.label === b.label;
