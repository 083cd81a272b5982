import { randomInt } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { SessionEvent } from '#domain/facilitation/event.ts';
import { hashSecret, newSecret } from '../auth/secrets.ts';
import { session, sessionDoor, sessionGuest } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/** No 0 and O, no 1, I and L: it is read aloud. */
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const codeLength = 8;

const newCode = (): string =>
  Array.from({ length: codeLength }, () => letters[randomInt(letters.length)]).join('');

/** A code as people type it: small letters, and gaps between its halves. */
const asCode = (typed: string): string => typed.toUpperCase().replaceAll(/[\s-]/g, '');

const hashed = (token: string): string => Buffer.from(hashSecret(token)).toString('base64url');

/** Where somebody may go: a session, and whose it is. */
export interface Reached {
  readonly sessionId: string;
  readonly organisationId: string;
}

/** What the door's events mean for codes and for what guests come back with: nothing of a door that is shut stays. */
export async function followGuests(
  tx: Queries,
  sessionId: string,
  events: readonly SessionEvent[],
): Promise<void> {
  for (const event of events) {
    switch (event.type) {
      case 'guests-let-in': {
        const code = newCode();
        await tx
          .insert(sessionDoor)
          .values({ sessionId, code })
          .onConflictDoUpdate({ target: sessionDoor.sessionId, set: { code } });
        break;
      }
      case 'guest-sent-away':
        await tx.delete(sessionGuest).where(eq(sessionGuest.guestId, event.data.guest));
        break;
      case 'guests-shut-out':
      case 'ended':
      case 'called-off':
        await tx.delete(sessionDoor).where(eq(sessionDoor.sessionId, sessionId));
        await tx.delete(sessionGuest).where(eq(sessionGuest.sessionId, sessionId));
        break;
      default:
    }
  }
}

/** The code of a session, for who leads it; null while no guests are let in. */
export async function readCode(queries: Queries, sessionId: string): Promise<string | null> {
  const [door] = await queries
    .select({ code: sessionDoor.code })
    .from(sessionDoor)
    .where(eq(sessionDoor.sessionId, sessionId));
  return door?.code ?? null;
}

/** The session a code opens; null for every other text. */
export async function findByCode(queries: Queries, typed: string): Promise<Reached | null> {
  const code = asCode(typed);
  if (code.length !== codeLength) return null;
  const [found] = await queries
    .select({ sessionId: session.id, organisationId: session.organisationId })
    .from(sessionDoor)
    .innerJoin(session, eq(session.id, sessionDoor.sessionId))
    .where(eq(sessionDoor.code, code));
  return found ?? null;
}

/** Makes what a guest's browser comes back with; only its hash is kept. */
export async function issueToken(
  tx: Queries,
  guest: { readonly guestId: string; readonly sessionId: string; readonly at: Date },
): Promise<string> {
  const token = newSecret();
  const { guestId, sessionId, at } = guest;
  await tx.insert(sessionGuest).values({ guestId, sessionId, tokenHash: hashed(token), createdAt: at });
  return token;
}

/** Whose token this is; null for one that opens nothing, or nothing any more. */
export async function findByToken(
  queries: Queries,
  token: string,
): Promise<(Reached & { readonly guestId: string }) | null> {
  const [found] = await queries
    .select({
      ...{ guestId: sessionGuest.guestId, sessionId: session.id },
      organisationId: session.organisationId,
    })
    .from(sessionGuest)
    .innerJoin(session, eq(session.id, sessionGuest.sessionId))
    .innerJoin(sessionDoor, eq(sessionDoor.sessionId, session.id))
    .where(eq(sessionGuest.tokenHash, hashed(token)));
  return found ?? null;
}
