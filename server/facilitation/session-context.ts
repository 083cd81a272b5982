import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import { nobody, type Standing } from '#domain/access/standing.ts';
import type { SessionContext } from '#domain/facilitation/asked.ts';
import { clockEvents } from '#domain/facilitation/clock.ts';
import type { SessionCommand } from '#domain/facilitation/command.ts';
import { openBallot, type Session } from '#domain/facilitation/session.ts';
import type { Instant } from '#domain/time.ts';
import type { Viewer } from '../app.ts';
import { boardTeam, commitment, member, period, teamMember } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { standingOf } from '../tracking/standing.ts';
import { readOpenRows } from './open-rows.ts';
import type { PlannedCard } from './planned-cards.ts';
import { readChanges } from './read-changes.ts';
import { noteRecord } from './note-record.ts';
import { countHiddenOf, hasVoted, readHidden, readHiddenNamed } from './votes.ts';

/** Everything a decision about a session may know, each part read only for the commands that ask for it. */
export async function contextOf(
  queries: Queries,
  organisationId: string,
  it: Session,
  command: SessionCommand,
  viewer: Viewer | null,
  {
    at,
    lastSeen,
    person = viewer?.personId ?? null,
    cards = null,
  }: {
    readonly at: Instant;
    readonly lastSeen: SessionContext['lastSeen'];
    /** Who asks, when it is no member but a guest. */
    readonly person?: string | null;
    /** What lies on its board, for what ends it. */
    readonly cards?: readonly PlannedCard[] | null;
  },
): Promise<SessionContext> {
  const standing: Standing = viewer === null ? nobody : await standingOf(queries, viewer);
  const ballot = openBallot(it);
  const ends = command.type === 'end' || endsByClock(it, at, lastSeen);
  return {
    standing,
    ...(await readLine(queries, organisationId, it)),
    hidden:
      command.type === 'reveal' && ballot !== null && ballot.named !== true
        ? { [command.item]: await readHidden(queries, ballot.id, command.item) }
        : {},
    ...(command.type === 'reveal' && ballot?.named === true
      ? { hiddenNamed: { [command.item]: await readHiddenNamed(queries, ballot.id, command.item) } }
      : {}),
    ...(command.type === 'reveal' && ballot !== null && ballot.named !== true
      ? { hiddenOfGuests: await countHiddenOf(queries, ballot.id, command.item, guestIds(it)) }
      : {}),
    votedBefore:
      command.type === 'vote' && person !== null ? await hasVoted(queries, it, command.item, person) : false,
    openRows: ends ? await readOpenRows(queries, organisationId, it, { at, cards }) : [],
    record: ends ? await noteRecord(queries, organisationId, it, { at, cards }) : null,
    closes: command.type === 'end' ? await readClosing(queries, organisationId, it) : null,
    changed:
      command.type === 'start' && viewer !== null
        ? await readChanges(queries, organisationId, it, viewer.organisation.now)
        : null,
    lastSeen,
  };
}

const endsByClock = (it: Session, at: Instant, lastSeen: SessionContext['lastSeen']): boolean =>
  clockEvents(it, at, { lastSeen, openRows: [] }).some(({ type }) => type === 'ended');

const guestIds = (it: Session): readonly string[] => (it.guests?.all ?? []).map(({ id }) => id);

/** Who is next in line when nobody leads: leads of the session's teams, then administrators. */
export async function readLine(
  queries: Queries,
  organisationId: string,
  it: Session,
): Promise<{ readonly leads: readonly string[]; readonly administrators: readonly string[] }> {
  const teams =
    it.team !== null
      ? [it.team]
      : it.board === null
        ? []
        : (
            await queries
              .select({ id: boardTeam.teamId })
              .from(boardTeam)
              .where(eq(boardTeam.boardId, it.board))
          ).map(({ id }) => id);
  const leads =
    teams.length === 0
      ? []
      : await queries
          .select({ id: teamMember.personId })
          .from(teamMember)
          .where(
            and(
              eq(teamMember.organisationId, organisationId),
              eq(teamMember.role, 'lead'),
              inArray(teamMember.teamId, teams),
            ),
          );
  const administrators = await queries
    .select({ id: member.personId })
    .from(member)
    .where(
      and(
        eq(member.organisationId, organisationId),
        eq(member.role, 'administrator'),
        isNull(member.suspendedAt),
      ),
    );
  return { leads: leads.map(({ id }) => id), administrators: administrators.map(({ id }) => id) };
}

/** The period that ends with this close: when the last promise made for it has ended, in whatever team. */
async function readClosing(
  queries: Queries,
  organisationId: string,
  it: Session,
): Promise<SessionContext['closes']> {
  if (it.kind !== 'quarterly-close' || it.period === null) return null;
  const [open] = await queries
    .select({ id: commitment.id })
    .from(commitment)
    .where(
      and(
        eq(commitment.organisationId, organisationId),
        eq(commitment.periodId, it.period),
        eq(commitment.status, 'committed'),
        // Its weeks end by themselves, some of them after the close.
        ne(commitment.horizon, 'week'),
      ),
    )
    .limit(1);
  if (open !== undefined) return null;
  const [found] = await queries
    .select({ id: period.id, label: period.label, closed: period.closed })
    .from(period)
    .where(and(eq(period.id, it.period), eq(period.organisationId, organisationId)));
  return found === undefined || found.closed ? null : { period: found.id, label: found.label };
}
