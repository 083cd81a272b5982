import { and, eq, gt, isNull, lt } from 'drizzle-orm';
import { hashSecret, newSecret } from '../auth/secrets.ts';
import { invite, mail, organisation } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { Composed, MailRow } from './compose-mail.ts';
import { hostOf, type NotifyDeps } from './deps.ts';

/** What stands in a kept mail where the link was. */
const hidden = '(personal link, not kept)';

type InviteMail = { readonly organisationId: string; readonly inviteId: string; readonly address: string };

/** What puts a mail into the queue that brings an invite to the address it is made out to. */
export const inviteMails =
  (deps: Pick<NotifyDeps, 'newId' | 'now' | 'mail'>) => (queries: Queries, of: InviteMail) =>
    queueInviteMail(queries, deps, of);

async function queueInviteMail(
  queries: Queries,
  { newId, now, mail: { from } }: Pick<NotifyDeps, 'newId' | 'now' | 'mail'>,
  of: InviteMail,
): Promise<void> {
  const id = newId();
  const at = new Date(now());
  const [home] = await queries
    .select({ name: organisation.name })
    .from(organisation)
    .where(eq(organisation.id, of.organisationId));
  await queries.insert(mail).values({
    ...{ id, organisationId: of.organisationId, personId: null, to: of.address, inviteId: of.inviteId },
    ...{ messageId: `<${id}@${hostOf(from)}>`, subject: `Join ${home?.name ?? ''} on Throughline`, text: '' },
    ...{ status: 'queued', notBefore: at, createdAt: at },
  });
}

/**
 * Writes it when it leaves, with a link made at that moment: the database never holds one, and a mail that is sent once
 * more brings a new one. null = the invite was withdrawn, taken or is over.
 */
export async function composeInvite(
  tx: Queries,
  { now, baseUrl }: Pick<NotifyDeps, 'now' | 'baseUrl'>,
  row: MailRow,
): Promise<Composed | null> {
  const token = newSecret();
  const isOpen = and(
    eq(invite.id, row.inviteId ?? ''),
    eq(invite.organisationId, row.organisationId),
    isNull(invite.revokedAt),
    lt(invite.uses, invite.maxUses),
    gt(invite.expiresAt, new Date(now())),
  );
  const [renewed] = await tx
    .update(invite)
    .set({ tokenHash: hashSecret(token) })
    .where(isOpen)
    .returning({ endsAt: invite.expiresAt });
  if (renewed === undefined) return null;
  const { subject } = row;
  const text = (link: string): string =>
    `Hello,\n\nyour organisation has a place for you where its plans are kept. Join here:\n\n${link}\n\nThe link is yours alone and good until ${renewed.endsAt.toISOString().slice(0, 10)}.\n`;
  return {
    leaves: { subject, text: text(`${baseUrl}/invite/${token}`), replyTo: null },
    kept: { subject, text: text(hidden) },
  };
}
