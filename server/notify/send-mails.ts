import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Instant } from '#domain/time.ts';
import { mail, organisation } from '../store/schema.ts';
import { composeMail, type MailRow } from './compose-mail.ts';
import type { NotifyDeps } from './deps.ts';
import type { Delivery, MailDoor } from './smtp-door.ts';

/** Longer than every time limit of a delivery together: a node that is only slow keeps its mail. */
export const sendingLeaseMs = 120_000;

/** Minutes to the next try after each failed one; after the last the mail has failed. */
const delays = [1, 5, 15, 60, 180, 360, 720] as const;

/**
 * Sends what may leave now. Of several nodes each takes other mails (their rows are locked while they are chosen, and
 * carry a lease afterwards). The life of a mail: `queued`, then `sending` under a lease; the moment before its content
 * leaves it becomes `unsure`, which only the mail server's answer makes `sent`, or `queued` again. So a node that dies
 * earlier leaves a mail that another one may send, and one that dies later leaves a mail of which nobody here knows: that
 * one is never sent again by itself (docs/decisions/0007). Answers how many were looked at.
 */
export async function sendMails(deps: NotifyDeps, door: MailDoor | null): Promise<number> {
  let handled = 0;
  for (;;) {
    const row = await claim(deps);
    if (row === null) return handled;
    handled += 1;
    const reached = await send(deps, door, row);
    // A mail server that is not there is not there for the next one either.
    if (!reached) return handled;
  }
}

async function claim({ store, now, node }: NotifyDeps): Promise<MailRow | null> {
  const at = new Date(now());
  const free = sql`(${mail.status} = 'queued' and ${mail.notBefore} <= ${at.toISOString()}) or (${mail.status} = 'sending' and ${mail.leaseUntil} <= ${at.toISOString()})`;
  const next = store.db
    .select({ id: mail.id })
    .from(mail)
    .where(free)
    .orderBy(mail.notBefore, mail.id)
    .limit(1)
    .for('update', { skipLocked: true });
  const [taken] = await store.db
    .update(mail)
    .set({
      status: 'sending',
      leasedBy: node,
      leaseUntil: new Date(at.getTime() + sendingLeaseMs),
      attempts: sql`${mail.attempts} + 1`,
    })
    .where(inArray(mail.id, next))
    .returning();
  return taken ?? null;
}

/** False when the mail server could not be reached. */
async function send(deps: NotifyDeps, door: MailDoor | null, row: MailRow): Promise<boolean> {
  const { store } = deps;
  const composed = await store.transaction(async (tx) => {
    const [home] = await tx
      .select({ kind: organisation.kind })
      .from(organisation)
      .where(eq(organisation.id, row.organisationId));
    // Nothing is planned for an example; were it ever, it would not leave.
    const text = home?.kind === 'own' ? await composeMail(tx, deps, row) : null;
    if (text === null) await tx.delete(mail).where(eq(mail.id, row.id));
    else await tx.update(mail).set(text.kept).where(eq(mail.id, row.id));
    return text;
  });
  if (composed === null) return true;
  if (door === null) {
    await finish(deps, row, { status: 'captured', sentAt: new Date(deps.now()), error: null }, 'sending');
    return true;
  }
  const { to, messageId, createdAt: date, inReplyTo } = row;
  const delivery = await door.deliver({ ...{ to, messageId, date, inReplyTo }, ...composed.leaves }, () =>
    handOver(deps, row),
  );
  await record(deps, row, delivery);
  return delivery.kind !== 'unreached';
}

/** Just before the content leaves: from here on only the mail server's answer tells. False when the lease is lost. */
async function handOver(deps: NotifyDeps, row: MailRow): Promise<boolean> {
  const [ours] = await deps.store.db
    .update(mail)
    .set({ status: 'unsure', error: 'Handed to the mail server, which has not answered.' })
    .where(and(heldBy(deps, row, 'sending'), gt(mail.leaseUntil, new Date(deps.now()))))
    .returning({ id: mail.id });
  return ours !== undefined;
}

async function record(deps: NotifyDeps, row: MailRow, delivery: Delivery): Promise<void> {
  const at = deps.now();
  switch (delivery.kind) {
    case 'sent':
      return finish(deps, row, { status: 'sent', sentAt: new Date(at), error: null }, 'unsure');
    case 'unknown':
      deps.log.warn({ mail: row.id, reason: delivery.reason }, 'nobody knows whether a mail arrived');
      return finish(deps, row, { status: 'unsure', error: delivery.reason }, 'unsure');
    case 'not-ours':
      return;
    case 'refused':
    case 'unreached': {
      const delay = delays[row.attempts - 1];
      const over = delay === undefined || (delivery.kind === 'refused' && delivery.forGood);
      deps.log.warn({ mail: row.id, reason: delivery.reason, over }, 'a mail was not sent');
      const next = over
        ? { status: 'failed' as const, error: delivery.reason }
        : { status: 'queued' as const, error: delivery.reason, notBefore: later(at, delay) };
      // Refused before or after its content: both were answered by the server, so it is not there.
      await finish(deps, row, next, 'sending');
      return finish(deps, row, next, 'unsure');
    }
  }
}

const later = (at: Instant, minutes: number): Date => new Date(at + minutes * 60_000);

const heldBy = ({ node }: NotifyDeps, row: MailRow, status: MailRow['status']) =>
  and(eq(mail.id, row.id), eq(mail.status, status), eq(mail.leasedBy, node));

async function finish(
  deps: NotifyDeps,
  row: MailRow,
  values: Partial<typeof mail.$inferInsert>,
  from: MailRow['status'],
): Promise<void> {
  await deps.store.db
    .update(mail)
    .set({ ...values, leaseUntil: null })
    .where(heldBy(deps, row, from));
}
