import { and, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { scoreWords } from '#domain/facilitation/ballot.ts';
import { agreedScores, type Session } from '#domain/facilitation/session.ts';
import type { SessionRow } from '#protocol/views/facilitation.ts';
import type { Viewer } from '../app.ts';
import { notDoing, occurrence, ritual, session } from '../store/schema.ts';
import { onSeenBoards } from '../store/seen-boards.ts';
import type { Queries } from '../store/store.ts';
import { plainRow } from './plain-row.ts';
import { readPreparedForSkipped } from './prepared-for-skipped.ts';
import { roomSees } from './scope.ts';

/** What the last session of the same kind and place left parked, and what was put there for meetings skipped since. */
export async function readLeftParked(
  queries: Queries,
  organisationId: string,
  it: Session,
): Promise<readonly SessionRow[]> {
  const [before] = await lastEnded(queries, organisationId, it, it.kind, 1);
  const skipped = await readPreparedForSkipped(queries, organisationId, it.occurrence);
  const left = [before, ...skipped].flatMap((one) => one?.parking ?? []);
  return left
    .filter(({ ended }) => ended === null || ended.how === 'next-session')
    .filter(({ title }) => !it.parking.some((each) => each.title === title))
    .map(({ id, title }) => ({
      ...plainRow('left-parked', 'parked', id, title),
      ...{ detail: 'left from last time', settled: false, moves: ['park'] },
    }));
}

/** A year is looked back on by all its closes (tracking.md T14). */
const CLOSES_OF_A_YEAR = 4;

/** Scores, learnings and what was carried, from the last close of the same place (tracking.md T9); of a year, from its four. */
export async function readPreviousClose(
  queries: Queries,
  organisationId: string,
  it: Session,
): Promise<readonly SessionRow[]> {
  const year = it.kind === 'annual';
  const most = year ? CLOSES_OF_A_YEAR : 1;
  const closes = await lastEnded(queries, organisationId, it, 'quarterly-close', most);
  // Of several the place is said with each.
  return closes.flatMap((close, index) => ofClose(close, index, year ? `, ${close.title}` : ''));
}

function ofClose(close: Session, of: number, place: string): readonly SessionRow[] {
  const note = (id: string, title: string, detail: string): SessionRow => ({
    ...plainRow('previous-close', 'note', id, title),
    detail: `${detail}${place}`,
  });
  return [
    ...agreedScores(close).map(({ item, title, tenths }) => ({
      ...note(`${of}-${item}`, title, `scored ${scoreWords(tenths)}`),
      href: `/commitments/${item}`,
    })),
    ...close.produced
      .filter(({ output }) => output === 'learnings' || output === 'carried')
      .map(({ text, output }, index) =>
        note(`${of}-${output}-${index}`, text, output === 'carried' ? 'carried' : 'learned'),
      ),
  ];
}

/** What the board says is not being done, and the meetings that are booked. */
export async function readNoteLines(
  queries: Queries,
  { organisationId, hiddenBoards }: Pick<Viewer, 'organisationId' | 'hiddenBoards'>,
  it: Session,
  source: 'not-doing' | 'rituals',
): Promise<readonly SessionRow[]> {
  if (source === 'not-doing') {
    if (it.board === null) return [];
    const rows = await queries
      .select()
      .from(notDoing)
      .where(and(eq(notDoing.organisationId, organisationId), eq(notDoing.boardId, it.board)));
    return rows.map(({ id, title, reason }) => ({ ...plainRow(source, 'note', id, title), detail: reason }));
  }
  const rows = await queries
    .select({ id: ritual.id, title: ritual.title, kind: ritual.kind })
    .from(ritual)
    .where(
      and(
        ...[eq(ritual.organisationId, organisationId), isNull(ritual.endedAt)],
        onSeenBoards(ritual.boardId, hiddenBoards),
      ),
    )
    .limit(50);
  const booked =
    rows.length === 0
      ? []
      : await bookedOf(
          queries,
          rows.map(({ id }) => id),
        );
  return rows.map(({ id, title, kind }) => ({
    ...plainRow(source, 'note', id, title),
    href: '/rhythm',
    detail: booked.includes(id) ? `${kind}, booked` : `${kind}, nothing ahead`,
  }));
}

async function bookedOf(queries: Queries, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await queries
    .selectDistinct({ id: occurrence.ritualId })
    .from(occurrence)
    .where(and(inArray(occurrence.ritualId, [...ids]), eq(occurrence.status, 'scheduled')));
  return rows.map(({ id }) => id);
}

/** The last sessions of a kind that ended in the same place, newest first. */
async function lastEnded(
  queries: Queries,
  organisationId: string,
  it: Session,
  kind: string,
  most: number,
): Promise<readonly Session[]> {
  const found = await queries
    .select({ state: session.state })
    .from(session)
    .where(
      and(
        eq(session.organisationId, organisationId),
        eq(session.status, 'ended'),
        isNotNull(session.startedAt),
        eq(session.kind, kind),
        it.team === null ? isNull(session.teamId) : eq(session.teamId, it.team),
        // A plan is made on the next board, its close was held on the one before.
        it.board === null || it.kind !== kind ? roomSees(session.boardId, it) : eq(session.boardId, it.board),
      ),
    )
    .orderBy(desc(session.endedAt))
    .limit(most);
  return found.map(({ state }) => state as Session);
}
