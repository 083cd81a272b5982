import { and, eq, isNotNull } from 'drizzle-orm';
import { dueBeforeSession } from '#domain/rhythm/cadence.ts';
import type { RitualTerms } from '#domain/rhythm/ritual.ts';
import type { Viewer } from '../app.ts';
import { board } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { readBookedSessions } from './booked-sessions.ts';
import { logMovedCheckIns } from './log-moved-check-ins.ts';
import { teamsOfBoard } from './serving-rituals.ts';

interface Due {
  readonly weekday: number;
  readonly time: string;
}

/**
 * Check-ins that were due a day before a weekly meeting stay so when it gets another day or time for all meetings ahead
 * (tracking.md T3), or for this one and those that follow. A due that somebody chose otherwise stays as it was chosen.
 * Returns the boards that are asked otherwise from now on; their slots are planned anew by the caller. Board and promises
 * each keep a line of it.
 */
export async function followWeekly(
  tx: Queries,
  viewer: Viewer,
  before: RitualTerms,
  after: RitualTerms,
  log: { readonly recordedAt: number; readonly reason: string | null },
): Promise<readonly string[]> {
  const [was, is] = [dueOf(before), dueOf(after)];
  if (was === null || is === null || isSame(was, is)) return [];
  const moved: string[] = [];
  const boards = await tx
    .select({ id: board.id, rhythm: board.rhythm })
    .from(board)
    .where(and(eq(board.organisationId, viewer.organisationId), isNotNull(board.rhythm)));
  for (const { id, rhythm } of boards) {
    if (rhythm === null || !isSame(rhythm, was)) continue;
    const place = { boardId: id, teams: await teamsOfBoard(tx, id), period: null };
    const { weekly } = await readBookedSessions(tx, viewer, place);
    // The part of a split series that is held until then is the nearest still.
    const due = weekly === null ? null : dueBeforeSession(weekly);
    if (due === null || (!isSame(due, is) && !isSame(due, was))) continue;
    await tx
      .update(board)
      .set({ rhythm: { ...rhythm, ...is } })
      .where(and(eq(board.id, id), eq(board.organisationId, viewer.organisationId)));
    const asked = { before: { weekday: rhythm.weekday, time: rhythm.time }, after: is };
    await logMovedCheckIns(tx, viewer, id, asked, log);
    moved.push(id);
  }
  return moved;
}

function dueOf({ kind, rule, time }: RitualTerms): Due | null {
  const [weekday] = kind === 'weekly' && rule.type === 'weekly' ? rule.weekdays : [];
  return weekday === undefined ? null : dueBeforeSession({ weekday, time });
}

const isSame = (a: Due, b: Due): boolean => a.weekday === b.weekday && a.time === b.time;
