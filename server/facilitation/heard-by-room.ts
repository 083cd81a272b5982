import { and, eq, ne } from 'drizzle-orm';
import type { SessionCommand } from '#domain/facilitation/command.ts';
import type { Session } from '#domain/facilitation/session.ts';
import { board } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { scopeBoardOf } from '../tracking/unseen-subjects.ts';
import { roomHears } from './scope.ts';

type Produce = Extract<SessionCommand, { type: 'produce' }>;

/** What stands in the minutes of an act on something that not everybody in the room may look at. */
const unheard = 'Something was done on a board that not everybody here may look at.';

/** The line of an act as the room may read it: whoever may look there follows it to the object. */
export async function heardByRoom(queries: Queries, it: Session, line: Produce): Promise<Produce> {
  const { ref = null } = line;
  const from = ref === null ? null : await scopeBoardOf(queries, ref);
  if (from === null) return line;
  const [heard] = await queries
    .select({ id: board.id })
    .from(board)
    .where(roomHears(eq(board.id, from), it));
  return heard === undefined ? { ...line, text: unheard } : line;
}

/** True when everybody who may read of a meeting (`own`: its board) may look at something it names. */
export async function isSaidAloud(
  queries: Queries,
  own: string | null,
  subject: { readonly kind: string; readonly id: string },
): Promise<boolean> {
  const from = await scopeBoardOf(queries, subject);
  if (from === null || from === own) return true;
  const [narrow] = await queries
    .select({ id: board.id })
    .from(board)
    .where(and(eq(board.id, from), ne(board.scope, 'organisation')));
  return narrow === undefined;
}
