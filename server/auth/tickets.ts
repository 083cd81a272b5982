import { and, eq, gt, isNull, lt } from 'drizzle-orm';
import { allowed, refused } from '#domain/outcome.ts';
import type { Auth, Viewer } from '../app.ts';
import * as schema from '../store/schema.ts';
import { isUuid } from '../store/uuid.ts';
import type { AccessDependencies } from '../organisations/dependencies.ts';
import { hashSecret, newSecret } from './secrets.ts';
import { findViewer } from './viewers.ts';

const { board, socketTicket } = schema;
const LIFE_MS = 60_000;

/** A ticket for one socket to one board, because a stock client can send neither cookie nor header (architecture.md A5). */
export async function createTicket(
  parts: AccessDependencies,
  viewer: Viewer,
  boardId: string,
): ReturnType<Auth['createTicket']> {
  if (!isUuid(boardId)) return refused('not-found', 'There is no such board.');
  const { db } = parts.store;
  const [found] = await db
    .select({ id: board.id })
    .from(board)
    .where(and(eq(board.id, boardId), eq(board.organisationId, viewer.organisationId)));
  if (!found || viewer.hiddenBoards.includes(boardId)) {
    return refused('not-found', 'There is no such board.');
  }
  const ticket = newSecret();
  const expiresAt = parts.now() + LIFE_MS;
  await db.delete(socketTicket).where(lt(socketTicket.expiresAt, new Date(parts.now())));
  await db.insert(socketTicket).values({
    tokenHash: hashSecret(ticket),
    organisationId: viewer.organisationId,
    boardId,
    memberId: viewer.memberId,
    expiresAt: new Date(expiresAt),
  });
  return allowed({ ticket, expiresAt });
}

/** Spends a ticket: the member it was made for, once, within its minute, for its board only; else null. */
export async function redeemTicket(
  parts: AccessDependencies,
  ticket: string,
  boardId: string,
): Promise<Viewer | null> {
  if (!isUuid(boardId)) return null;
  const { db } = parts.store;
  const now = new Date(parts.now());
  const [spent] = await db
    .update(socketTicket)
    .set({ usedAt: now })
    .where(
      and(
        eq(socketTicket.tokenHash, hashSecret(ticket)),
        eq(socketTicket.boardId, boardId),
        isNull(socketTicket.usedAt),
        gt(socketTicket.expiresAt, now),
      ),
    )
    .returning();
  if (!spent) return null;
  return findViewer(
    db,
    { memberId: spent.memberId },
    { via: 'api', signInId: null, scope: 'write' },
    now.getTime(),
  );
}
