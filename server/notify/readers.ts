import { and, eq, isNull } from 'drizzle-orm';
import { spokesPeople, type Absence } from '#domain/notify/audience.ts';
import type { Hearing } from '#domain/notify/quiet-hours.ts';
import type { Thresholds } from '#domain/settings/threshold.ts';
import type { TimeZone } from '#domain/time.ts';
import { account, leave, member, notifyPreference, person, team, teamMember } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { readWorkingDays } from '../tracking/working-days.ts';
import { defaultPreferences } from './preferences.ts';

/** Whose messages are planned. */
export interface OrganisationClock {
  readonly id: string;
  readonly kind: 'own' | 'example';
  readonly zone: TimeZone;
  /** The organisation's own now. */
  readonly at: number;
  /** ... and its own thresholds. */
  readonly settings: Thresholds;
}

/** Somebody messages can be written to. */
export interface Reader {
  readonly person: string;
  readonly name: string;
  readonly hearing: Hearing;
}

/** Everybody of an organisation as messages need them. */
export interface Readers {
  /** null for somebody nobody can tell anything: a name without account, somebody suspended or gone. */
  find(person: string): Reader | null;
  nameOf(person: string | null): string;
  teamName(team: string | null): string;
  /** Who answers for a team. */
  spokesOf(team: string | null): readonly string[];
  readonly absences: readonly Absence[];
}

/** Reads them with a handful of queries, however many messages there are. */
export async function readReaders(
  queries: Queries,
  { id, kind, settings }: OrganisationClock,
): Promise<Readers> {
  const { mailsAWeek, perSubjectADay } = settings.reminders;
  const people = await queries
    .select({
      ...{ id: person.id, name: person.name, mergedInto: person.mergedInto, email: account.email },
      ...{ memberId: member.id, preference: notifyPreference },
    })
    .from(person)
    .leftJoin(account, eq(account.id, person.accountId))
    .leftJoin(member, and(eq(member.personId, person.id), isNull(member.suspendedAt)))
    .leftJoin(notifyPreference, eq(notifyPreference.personId, person.id))
    .where(eq(person.organisationId, id));
  const teams = await queries
    .select({ id: team.id, name: team.name })
    .from(team)
    .where(eq(team.organisationId, id));
  const members = await queries
    .select({
      ...{ team: teamMember.teamId, person: teamMember.personId },
      ...{ role: teamMember.role, share: teamMember.share },
    })
    .from(teamMember)
    .where(eq(teamMember.organisationId, id));
  const away = await queries
    .select({ person: leave.personId, delegate: leave.delegateId, start: leave.start, end: leave.end })
    .from(leave)
    .where(eq(leave.organisationId, id));
  const byId = new Map(people.map((it) => [it.id, it]));
  const teamNames = new Map(teams.map((it) => [it.id, it.name]));
  const membersOf = Map.groupBy(members, (it) => it.team);
  const days = await readWorkingDays(queries, id);
  const homes = homeTeams(members);
  const answering = (personId: string) => {
    const found = byId.get(personId);
    return found?.mergedInto ? (byId.get(found.mergedInto) ?? found) : found;
  };
  return {
    find(personId) {
      const found = answering(personId);
      if (found === undefined || (kind === 'own' && found.memberId === null)) return null;
      const { timezone, ...chosen } = found.preference ?? { ...defaultPreferences, weeklyCap: mailsAWeek };
      const home = homes.get(found.id) ?? null;
      const byMail = chosen.byMail && kind === 'own' && found.email !== null;
      return {
        person: found.id,
        name: found.name,
        hearing: {
          ...{ ...chosen, byMail, zone: timezone ?? days.zoneOf(home) },
          ...{ perSubjectADay, calendar: days.calendarOf(home) },
        },
      };
    },
    nameOf: (personId) => (personId === null ? 'The clock' : (answering(personId)?.name ?? 'Somebody')),
    teamName: (id) => teamNames.get(id ?? '') ?? 'A team',
    spokesOf: (id) => spokesPeople(membersOf.get(id ?? '') ?? []),
    absences: away,
  };
}

/** The team somebody gives most time: its holidays and its zone are theirs. */
function homeTeams(
  members: readonly { readonly team: string; readonly person: string; readonly share: number }[],
): ReadonlyMap<string, string> {
  const homes = new Map<string, { readonly team: string; readonly share: number }>();
  for (const { person: of, team: at, share } of members) {
    const known = homes.get(of);
    if (known === undefined || share > known.share) homes.set(of, { team: at, share });
  }
  return new Map([...homes].map(([of, { team: at }]) => [of, at]));
}
