import { and, eq, isNull } from 'drizzle-orm';
import { hashSecret, newSecret } from '../auth/secrets.ts';
import { checkInLink } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { newReplyToken } from './reply/reply-address.ts';

export type CheckInLinkRow = typeof checkInLink.$inferSelect;

/** What a link opens: one slot of one commitment, for one person, until the slot's grace ends. */
export interface LinkFor {
  readonly id: string;
  readonly organisationId: string;
  readonly personId: string;
  readonly commitmentId: string;
  readonly slotId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const hashed = (token: string): string => Buffer.from(hashSecret(token)).toString('base64url');

/** Both secrets of a link, which are kept nowhere: one opens the page, the other is part of the address that takes an answer. */
export interface LinkSecrets {
  readonly token: string;
  /** Who reads mails on their way, or a forwarded answer, learns this one only. */
  readonly reply: string;
}

/** Makes a link and returns its secrets. */
export async function issueLink(queries: Queries, link: LinkFor): Promise<LinkSecrets> {
  const secrets = { token: newSecret(), reply: newReplyToken() };
  const hashes = { tokenHash: hashed(secrets.token), replyHash: hashed(secrets.reply) };
  await queries.insert(checkInLink).values({ ...link, ...hashes });
  return secrets;
}

/** The link whose answering address holds this token. */
export async function findReplyLink(queries: Queries, reply: string): Promise<CheckInLinkRow | null> {
  const [found] = await queries
    .select()
    .from(checkInLink)
    .where(eq(checkInLink.replyHash, hashed(reply)));
  return found ?? null;
}

export async function findLink(queries: Queries, token: string): Promise<CheckInLinkRow | null> {
  const [found] = await queries
    .select()
    .from(checkInLink)
    .where(eq(checkInLink.tokenHash, hashed(token)));
  return found ?? null;
}

/** When it was answered by this link; null once that is taken back. */
export async function markUsed(queries: Queries, id: string, usedAt: Date | null): Promise<void> {
  await queries.update(checkInLink).set({ usedAt }).where(eq(checkInLink.id, id));
}

/** Ends every link of this person to this slot: who says *not me* of one mail means the others too. */
export async function revokeLinks(
  queries: Queries,
  { personId, slotId }: CheckInLinkRow,
  at: Date,
): Promise<void> {
  await queries
    .update(checkInLink)
    .set({ revokedAt: at })
    .where(
      and(eq(checkInLink.personId, personId), eq(checkInLink.slotId, slotId), isNull(checkInLink.revokedAt)),
    );
}
