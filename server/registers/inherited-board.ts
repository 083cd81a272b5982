import { and, eq, inArray, sql } from 'drizzle-orm';
import { board, checkIn, commitment, session } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { scopeColumn } from '../tracking/seen.ts';
import { promisesNamed } from './entry-references.ts';
import { columnsOf } from './entry-rows.ts';
import { registerParts } from './parts.ts';

type Command = Readonly<Record<string, unknown>>;

/**
 * The board of a new entry that names none: the narrow one all it comes from stands on, a promise, another entry or a
 * meeting, so that what was said where few may look is not told to everybody. null: everybody's.
 */
export async function inheritedBoard(
  tx: Queries,
  organisationId: string,
  command: Command,
  sessionId: string | null | undefined,
): Promise<string | null> {
  if (typeof command['board'] === 'string') return command['board'];
  const narrow = await tx
    .select({ id: board.id })
    .from(board)
    .where(and(eq(board.organisationId, organisationId), sql`${board.scope} <> 'organisation'`));
  if (narrow.length === 0) return null;
  const from = await sourcesOf(tx, organisationId, command);
  if (from.length === 0 && isUuid(sessionId ?? '')) {
    const held = and(eq(session.id, sessionId ?? ''), eq(session.organisationId, organisationId));
    from.push(...(await tx.select({ id: session.boardId }).from(session).where(held)).map(({ id }) => id));
  }
  const [first, ...others] = new Set(from);
  const isNarrow = narrow.some(({ id }) => id === first);
  return first !== undefined && others.length === 0 && isNarrow ? first : null;
}

/** Boards of what an entry comes from; null for what is everybody's. */
async function sourcesOf(tx: Queries, organisationId: string, command: Command): Promise<(string | null)[]> {
  const promises = [...promisesNamed(command)];
  const others: (string | null)[] = [];
  for (const [kind, id] of [
    [command['fromKind'], command['fromId']],
    [command['origin'], command['originId']],
  ]) {
    if (typeof kind !== 'string' || typeof id !== 'string' || !isUuid(id)) continue;
    if (kind === 'commitment' || kind === 'carried') promises.push(id);
    if (kind === 'check-in') {
      const rows = await tx.select({ of: checkIn.commitmentId }).from(checkIn).where(eq(checkIn.id, id));
      promises.push(...rows.map(({ of }) => of));
    }
    if (!isRegister(kind)) continue;
    const table = columnsOf(kind);
    const rows = await tx
      .select({ id: table.boardId })
      .from(table)
      .where(and(eq(table.id, id), eq(table.organisationId, organisationId)));
    others.push(...rows.map((row) => row.id));
  }
  const ids = promises.filter(isUuid);
  if (ids.length === 0) return others;
  const rows = await tx
    .select({ id: scopeColumn })
    .from(commitment)
    .where(and(eq(commitment.organisationId, organisationId), inArray(commitment.id, ids)));
  return [...others, ...rows.map(({ id }) => id)];
}

const isRegister = (kind: string): kind is keyof typeof registerParts => Object.hasOwn(registerParts, kind);
