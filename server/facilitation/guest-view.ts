import { and, eq, ne, notInArray } from 'drizzle-orm';
import { unseenWords } from '#domain/access/board-scope.ts';
import { revealOf, scaleOf, type Ballot } from '#domain/facilitation/ballot.ts';
import { isInputClosed } from '#domain/facilitation/closed-input.ts';
import { guestNames, guestOf } from '#domain/facilitation/guests.ts';
import { presenceOf } from '#domain/facilitation/presence.ts';
import { takesInput } from '#domain/facilitation/section-tools.ts';
import { openBallot, type Session } from '#domain/facilitation/session.ts';
import { whereIs } from '#domain/facilitation/where.ts';
import type { Instant } from '#domain/time.ts';
import type { GuestBallot, GuestRoom } from '#protocol/views/guest.ts';
import { board } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { readPeopleNames } from '../tracking/names.ts';
import { unseenAmong } from '../tracking/unseen-subjects.ts';
import type { LoadedSession } from './session-table.ts';
import { readOwnVotes } from './votes.ts';

/** The session as one guest may see it: picked field by field, never the state itself. */
export async function viewForGuest(
  queries: Queries,
  { row, state }: LoadedSession,
  guestId: string,
  at: Instant,
  heard: Readonly<Record<string, Instant>>,
): Promise<GuestRoom> {
  const known = await readPeopleNames(queries, row.organisationId);
  const names = new Map([...known, ...guestNames(state)]);
  const name = (person: string): string => names.get(person) ?? 'Somebody';
  const stage = state.stages.find(({ id }) => id === state.current);
  const { number, of } = whereIs(state, at);
  const running = state.status === 'running';
  const closed = isInputClosed(state, guestId, at);
  return {
    title: state.title,
    status: running ? 'running' : 'planned',
    me: guestOf(state, guestId)?.name ?? '',
    leader: name(state.facilitators[0] ?? ''),
    section: stage?.title ?? null,
    ...{ number, of },
    speaker: stage?.presenter == null ? null : name(stage.presenter),
    timer: state.timer,
    people: Object.entries(state.people)
      .map(([person, { visits }]) => ({
        name: name(person),
        is: presenceOf(state, person, { at, by: heard }),
        leads: state.facilitators.includes(person),
        from: visits[0]?.from ?? 0,
      }))
      .sort((a, b) => a.from - b.from || (a.name < b.name ? -1 : 1))
      .map(({ from: _, ...it }) => it),
    ballot: await viewBallot(queries, row, state, guestId, name),
    parked: state.parking
      .filter(({ by }) => by === guestId)
      .map(({ id, title, ended }) => ({ id, title, settled: ended !== null })),
    myRating: state.ratings[guestId] ?? null,
    takes: {
      park: running && !closed && takesInput(state, guestId, 'park'),
      rate: running && stage?.outputs.includes('rating') === true && takesInput(state, guestId, 'rate'),
    },
    serverTime: at,
  };
}

/** The open vote, else the last one that counts. */
async function viewBallot(
  queries: Queries,
  { organisationId, boardId }: LoadedSession['row'],
  state: Session,
  guestId: string,
  name: (person: string) => string,
): Promise<GuestBallot | null> {
  const open = openBallot(state);
  const ballot = open ?? state.ballots.findLast(({ discarded }) => discarded !== true);
  if (ballot === undefined) return null;
  const unseen = await hiddenItems(queries, { organisationId, own: boardId, guestId }, ballot);
  const hidden = await readOwnVotes(queries, state, guestId);
  return {
    open: open !== null,
    reveal: revealOf(ballot),
    scale: scaleOf(ballot),
    voters: ballot.voters.length,
    mine: ballot.voters.includes(guestId),
    items: ballot.items.map(({ id, title, votes, values, named, agreed }) => ({
      id,
      title: unseen.has(id) ? unseenWords : title,
      ...{ votes, values, agreed },
      named: Object.entries(named).map(([person, value]) => ({ name: name(person), value })),
      myVote: (ballot.secret ? hidden[id] : named[guestId]) ?? null,
    })),
  };
}

/** What is voted on and stands on a board that is not for everybody, other than the session's own: a guest reads no title of it. */
async function hiddenItems(
  queries: Queries,
  {
    organisationId,
    own,
    guestId,
  }: { readonly organisationId: string; readonly own: string | null; readonly guestId: string },
  { items }: Ballot,
): Promise<ReadonlySet<string>> {
  const narrow = await queries
    .select({ id: board.id })
    .from(board)
    .where(
      and(
        eq(board.organisationId, organisationId),
        ne(board.scope, 'organisation'),
        own === null ? undefined : notInArray(board.id, [own]),
      ),
    );
  const hiddenBoards = narrow.map(({ id }) => id);
  return unseenAmong(
    queries,
    { organisationId, hiddenBoards, personId: guestId, teams: [] },
    items.map(({ id }) => id),
  );
}
