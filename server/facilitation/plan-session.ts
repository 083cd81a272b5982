import { and, asc, eq, isNull, ne } from 'drizzle-orm';
import type { MeetingKind, PlannedStage } from '#domain/facilitation/agenda.ts';
import { decide } from '#domain/facilitation/decide.ts';
import { foldAll } from '#domain/facilitation/fold.ts';
import { agendaOf, meetingNames } from '#domain/facilitation/meetings.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Instant } from '#domain/time.ts';
import type { PlanSessionInput } from '../app-facilitation.ts';
import type { Viewer } from '../app.ts';
import {
  board,
  commitment,
  member,
  occurrence,
  period,
  ritual,
  ritualTeam,
  session,
  sessionEvent,
  team,
} from '../store/schema.ts';
import type { Transaction } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { standingOf } from '../tracking/standing.ts';
import type { FacilitationDeps } from './deps.ts';
import { logSession } from './log-session.ts';
import { readPreparedForSkipped } from './prepared-for-skipped.ts';

interface Place {
  readonly kind: MeetingKind;
  readonly title: string;
  readonly team: string | null;
  readonly board: string | null;
  readonly period: string | null;
  readonly ritual: string | null;
  readonly occurrence: string | null;
  readonly plannedAt: Instant | null;
  readonly window: number | null;
}

/** Plans a session, or finds the one that was planned for this meeting of the calendar. Returns its id. */
export async function planSession(
  tx: Transaction,
  viewer: Viewer,
  input: PlanSessionInput,
  { at, newId, facilitatorOf }: Pick<FacilitationDeps, 'newId' | 'facilitatorOf'> & { readonly at: Instant },
): Promise<Outcome<string>> {
  const { organisationId } = viewer;
  if (input.occurrenceId !== undefined && input.occurrenceId !== null) {
    const [known] = isUuid(input.occurrenceId)
      ? await tx
          .select({ id: session.id })
          .from(session)
          .where(
            and(eq(session.occurrenceId, input.occurrenceId), eq(session.organisationId, organisationId)),
          )
      : [];
    if (known !== undefined) return allowed(known.id);
  }
  const place = await placeOf(tx, organisationId, input);
  if (!place.ok) return place;
  if (place.value.board !== null && viewer.hiddenBoards.includes(place.value.board))
    return missing('board', 'boardId');
  const { kind, ...rest } = place.value;
  const command = {
    ...({ type: 'plan', kind, ...rest } as const),
    stages: (await carriedAgenda(tx, organisationId, place.value)) ?? agendaOf(kind),
    leader: await leaderOf(tx, viewer, rest.occurrence, facilitatorOf),
  };
  const decided = decide(
    null,
    { command, commandId: '', expectedRev: null, seen: false },
    { person: viewer.personId, via: 'session' },
    at,
    {
      standing: await standingOf(tx, viewer),
      ...{
        leads: [],
        administrators: [],
        hidden: {},
        votedBefore: false,
        openRows: [],
        closes: null,
        changed: null,
        lastSeen: {},
      },
    },
  );
  if (!decided.ok) return decided;
  const state = foldAll(decided.value);
  if (state === null) throw new Error('A planned session left nothing behind.');
  const id = newId();
  await tx.insert(session).values({
    ...{ id, organisationId, kind, title: state.title, status: state.status, rev: state.rev, state },
    ritualId: rest.ritual,
    occurrenceId: rest.occurrence,
    boardId: rest.board,
    teamId: rest.team,
    plannedAt: rest.plannedAt === null ? null : new Date(rest.plannedAt),
    createdBy: viewer.personId,
    createdAt: new Date(at),
  });
  await tx.insert(sessionEvent).values(
    decided.value.map(({ type, data, actor }, index) => ({
      ...{ sessionId: id, rev: index + 1, commandId: newId(), type, data },
      ...{ actorPersonId: actor.person, at: new Date(at) },
    })),
  );
  const { now } = viewer.organisation;
  const book = { organisationId, sessionId: id, boardId: rest.board, now };
  await logSession(tx, book, null, decided.value, 0);
  return allowed(id);
}

/** The sections that were arranged for a meeting of this kind that was then skipped; null without one. */
async function carriedAgenda(
  tx: Transaction,
  organisationId: string,
  { occurrence: meeting, kind }: Place,
): Promise<readonly PlannedStage[] | null> {
  const prepared = await readPreparedForSkipped(tx, organisationId, meeting);
  const last = prepared.findLast((it) => it.kind === kind);
  return last?.stages.map(({ runs: _, skipped: __, ...stage }) => stage) ?? null;
}

/** Whose turn it is, when that person can lead. */
async function leaderOf(
  tx: Transaction,
  viewer: Viewer,
  meeting: string | null,
  facilitatorOf: FacilitationDeps['facilitatorOf'],
): Promise<string | null> {
  const person = meeting === null ? null : await facilitatorOf(tx, viewer, meeting);
  if (person === null) return null;
  const [able] = await tx
    .select({ id: member.id })
    .from(member)
    .where(
      and(
        ...[eq(member.personId, person), eq(member.organisationId, viewer.organisationId)],
        ...[isNull(member.suspendedAt), ne(member.role, 'observer')],
      ),
    );
  return able === undefined ? null : person;
}

async function placeOf(
  tx: Transaction,
  organisationId: string,
  input: PlanSessionInput,
): Promise<Outcome<Place>> {
  const meeting = await meetingOf(tx, organisationId, input.occurrenceId ?? null);
  if (!meeting.ok) return meeting;
  const from = meeting.value;
  const boardId = input.boardId ?? from?.boardId ?? null;
  const teamId = input.teamId ?? from?.teamId ?? null;
  const kind = input.kind ?? from?.kind ?? 'custom';
  const [onBoard] =
    boardId === null || !isUuid(boardId)
      ? []
      : await tx
          .select({ title: board.title, periodId: board.periodId })
          .from(board)
          .where(and(eq(board.id, boardId), eq(board.organisationId, organisationId)));
  if (boardId !== null && onBoard === undefined) return missing('board', 'boardId');
  const [ofTeam] =
    teamId === null || !isUuid(teamId)
      ? []
      : await tx
          .select({ name: team.name })
          .from(team)
          .where(and(eq(team.id, teamId), eq(team.organisationId, organisationId)));
  if (teamId !== null && ofTeam === undefined) return missing('team', 'teamId');
  const asked = input.periodId ?? onBoard?.periodId ?? null;
  const periodId =
    asked ??
    (kind === 'quarterly-close' && teamId !== null && boardId === null
      ? await periodToClose(tx, organisationId, teamId)
      : null);
  if (periodId !== null && !(await isPeriodOf(tx, organisationId, periodId)))
    return missing('period', 'periodId');
  if (kind === 'quarterly-close' && boardId === null && teamId === null) {
    return refused('invalid', 'Say what is closed: choose a board or a team.', { path: 'boardId' });
  }
  const about = ofTeam?.name ?? onBoard?.title;
  const named = `${meetingNames[kind]}${about === undefined ? '' : ` of ${about}`}`;
  return allowed({
    ...{ kind, team: teamId, board: boardId, period: periodId },
    title: (input.title ?? '').trim() || from?.title || named,
    ritual: from?.ritualId ?? null,
    occurrence: input.occurrenceId ?? null,
    plannedAt: input.plannedAt ?? from?.startsAt ?? null,
    window: input.window ?? null,
  });
}

/** The earliest period that is not closed and that the team has promised something for: what a close is about. */
async function periodToClose(
  tx: Transaction,
  organisationId: string,
  teamId: string,
): Promise<string | null> {
  const [found] = await tx
    .select({ id: period.id })
    .from(commitment)
    .innerJoin(period, eq(period.id, commitment.periodId))
    .where(
      and(
        ...[eq(commitment.organisationId, organisationId), eq(commitment.teamId, teamId)],
        ...[ne(commitment.horizon, 'week'), eq(period.closed, false)],
      ),
    )
    .orderBy(asc(period.end))
    .limit(1);
  return found?.id ?? null;
}

interface Meeting {
  readonly ritualId: string;
  readonly kind: MeetingKind;
  readonly title: string;
  readonly boardId: string | null;
  readonly teamId: string | null;
  readonly startsAt: Instant;
}

/** What a meeting of the calendar says; one team's when it is of exactly one. */
async function meetingOf(
  tx: Transaction,
  organisationId: string,
  occurrenceId: string | null,
): Promise<Outcome<Meeting | null>> {
  if (occurrenceId === null) return allowed(null);
  const [found] = isUuid(occurrenceId)
    ? await tx
        .select({
          ...{ ritualId: ritual.id, kind: ritual.kind, title: ritual.title, boardId: ritual.boardId },
          ...{ startsAt: occurrence.startsAt, status: occurrence.status },
        })
        .from(occurrence)
        .innerJoin(ritual, eq(ritual.id, occurrence.ritualId))
        .where(and(eq(occurrence.id, occurrenceId), eq(occurrence.organisationId, organisationId)))
    : [];
  if (found === undefined) return missing('meeting', 'occurrenceId');
  if (found.status === 'skipped') {
    return refused('wrong-state', 'This meeting is skipped. Put it back into the calendar first.');
  }
  const teams = await tx
    .select({ id: ritualTeam.teamId })
    .from(ritualTeam)
    .where(eq(ritualTeam.ritualId, found.ritualId));
  const { status: _, startsAt, ...meeting } = found;
  const teamId = teams.length === 1 ? (teams[0]?.id ?? null) : null;
  return allowed({ ...meeting, teamId, startsAt: startsAt.getTime() });
}

async function isPeriodOf(tx: Transaction, organisationId: string, id: string): Promise<boolean> {
  if (!isUuid(id)) return false;
  const [found] = await tx
    .select({ id: period.id })
    .from(period)
    .where(and(eq(period.id, id), eq(period.organisationId, organisationId)));
  return found !== undefined;
}

const missing = (what: string, path: string) =>
  refused('not-found', `There is no such ${what} in this organisation.`, { path });
