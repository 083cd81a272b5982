import { eq } from 'drizzle-orm';
import type { Viewer } from '../app.ts';
import { account, mail } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { hostOf, type NotifyDeps } from './deps.ts';

/** Queues a mail to a member's own address, at once and whatever was chosen about reminders; null without an address. */
export async function queueOwnMail(
  queries: Queries,
  { newId, now, mail: { from } }: Pick<NotifyDeps, 'newId' | 'now' | 'mail'>,
  viewer: Viewer,
  { subject, text }: { readonly subject: string; readonly text: string },
): Promise<typeof mail.$inferSelect | null> {
  const [own] = await queries
    .select({ email: account.email })
    .from(account)
    .where(eq(account.id, viewer.accountId));
  if (own === undefined) return null;
  const id = newId();
  const at = new Date(now());
  const [row] = await queries
    .insert(mail)
    .values({
      ...{ id, organisationId: viewer.organisationId, personId: viewer.personId, to: own.email, notices: [] },
      ...{ messageId: `<${id}@${hostOf(from)}>`, subject, text },
      ...{ status: 'queued', notBefore: at, createdAt: at },
    })
    .returning();
  return row ?? null;
}

/** Tells somebody what was done to the own account, and what to do if it was somebody else. */
export async function tellOwner(
  queries: Queries,
  deps: Pick<NotifyDeps, 'newId' | 'now' | 'mail' | 'baseUrl'>,
  viewer: Viewer,
  { subject, what }: { readonly subject: string; readonly what: string },
): Promise<void> {
  const otherwise = `If this was not you, look at once at what opens your account, and change your password:\n${deps.baseUrl}/settings/account`;
  await queueOwnMail(queries, deps, viewer, {
    subject,
    text: `Hello ${viewer.name},\n\n${what}\n\n${otherwise}\n`,
  });
}
