import { and, asc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import { mostSections } from '#domain/notify/chat/chat-post.ts';
import { toBody } from '#domain/notify/chat/to-body.ts';
import { chatDestination, chatMessage, organisation } from '../../store/schema.ts';
import type { NotifyDeps } from '../deps.ts';
import type { ChatRow } from './chat-audience.ts';
import { composeChat } from './compose-chat.ts';
import { guardedPost, type Posted } from './guarded-post.ts';
import { signWebhook } from './sign-webhook.ts';
import { tellStopped } from './tell-stopped.ts';

/** Longer than a post can take: a node that is only slow keeps its chat. */
const leaseMs = 60_000;
/** A chat is written to once a second at most. */
const pauseMs = 1_000;
/** Chats that are written to at the same time, so that one that does not answer holds up no other. */
const atOnce = 4;

/** Minutes to the next try after each failed one; after the last the chat is given up. */
const delays = [1, 5, 15, 60, 180, 360, 720] as const;
/** Answers by which a chat says that it is gone or was never ours. */
const gone = new Set([401, 403, 404, 410]);

/**
 * Posts what may leave now. A chat is held by one node at a time, and what is due in it goes out together. As with mails
 * (docs/decisions/0007) a message is `unsure` from the moment before it leaves until it is answered, and one that stays so
 * is not sent again by itself. Answers how many posts were made.
 */
export async function postChats(deps: NotifyDeps, only?: string): Promise<number> {
  let made = 0;
  const work = async (): Promise<void> => {
    for (let chat = await claim(deps, only); chat !== null; chat = await claim(deps, only)) {
      if (await post(deps, chat)) made += 1;
    }
  };
  await Promise.all(Array.from({ length: only === undefined ? atOnce : 1 }, work));
  return made;
}

const waits = (at: Date) =>
  and(
    eq(chatMessage.destinationId, chatDestination.id),
    inArray(chatMessage.status, ['queued', 'sending']),
    lte(chatMessage.notBefore, at),
  );

async function claim({ store, now, node }: NotifyDeps, only: string | undefined): Promise<ChatRow | null> {
  const at = new Date(now());
  const free = store.db
    .select({ id: chatDestination.id })
    .from(chatDestination)
    .where(
      and(
        only === undefined ? undefined : eq(chatDestination.id, only),
        eq(chatDestination.paused, false),
        isNull(chatDestination.stoppedAt),
        or(isNull(chatDestination.leaseUntil), lte(chatDestination.leaseUntil, at)),
        or(isNull(chatDestination.notBefore), lte(chatDestination.notBefore, at)),
        sql`exists (select 1 from ${chatMessage} where ${waits(at)})`,
      ),
    )
    .limit(1)
    .for('update', { skipLocked: true });
  const [taken] = await store.db
    .update(chatDestination)
    .set({ leasedBy: node, leaseUntil: new Date(at.getTime() + leaseMs) })
    .where(inArray(chatDestination.id, free))
    .returning();
  return taken ?? null;
}

/** True when something was posted. */
async function post(deps: NotifyDeps, chat: ChatRow): Promise<boolean> {
  const { store, newId, now } = deps;
  const at = now();
  const ready = await store.transaction(async (tx) => {
    const due = await tx
      .select()
      .from(chatMessage)
      .where(
        and(
          eq(chatMessage.destinationId, chat.id),
          inArray(chatMessage.status, ['queued', 'sending']),
          lte(chatMessage.notBefore, new Date(at)),
        ),
      )
      .orderBy(asc(chatMessage.notBefore), asc(chatMessage.at), asc(chatMessage.id))
      .limit(mostSections);
    // What was tried together is tried together again, as the same post: a receiver can know it.
    const again = due[0]?.postId ?? null;
    const messages = due.filter(({ postId }) => postId === again);
    const [home] = await tx.select().from(organisation).where(eq(organisation.id, chat.organisationId));
    // Nothing is planned for an example; were it ever, it would not leave.
    const composed =
      home?.kind === 'own'
        ? await composeChat(tx, deps, chat, messages)
        : messages.map((message) => ({ message, section: null }));
    const dropped = composed.flatMap(({ message, section }) => (section === null ? [message.id] : []));
    if (dropped.length > 0) await tx.delete(chatMessage).where(inArray(chatMessage.id, dropped));
    const kept = composed.flatMap(({ message, section }) => (section === null ? [] : [{ message, section }]));
    if (kept.length === 0 || home === undefined) return null;
    const id = again ?? newId();
    const ids = kept.map(({ message }) => message.id);
    await tx.update(chatMessage).set({ status: 'sending', postId: id }).where(inArray(chatMessage.id, ids));
    const sections = kept.map(({ section }) => section);
    return { id, ids, body: JSON.stringify(toBody(chat.kind, { organisation: home.name, sections }, at)) };
  });
  if (ready === null) {
    await release(deps, chat, { notBefore: chat.notBefore });
    return false;
  }
  if (!(await handOver(deps, chat, ready.ids))) return false;
  const signed = chat.secret === null ? {} : signWebhook(chat.secret, { id: ready.id, at, body: ready.body });
  const posted = await guardedPost(chat.url, ready.body, {
    headers: signed,
    allowedHosts: deps.chat?.allowedHosts ?? [],
  });
  await record(deps, chat, ready.ids, posted);
  return true;
}

/** Just before it leaves: from here on only the answer tells. False when the lease is lost. */
async function handOver(deps: NotifyDeps, chat: ChatRow, ids: readonly string[]): Promise<boolean> {
  return deps.store.transaction(async (tx) => {
    const [ours] = await tx
      .select({ id: chatDestination.id })
      .from(chatDestination)
      .where(
        and(
          eq(chatDestination.id, chat.id),
          eq(chatDestination.leasedBy, deps.node),
          sql`${chatDestination.leaseUntil} > ${new Date(deps.now()).toISOString()}`,
          eq(chatDestination.paused, false),
        ),
      )
      .for('update');
    if (ours === undefined) return false;
    await tx
      .update(chatMessage)
      .set({ status: 'unsure' })
      .where(and(inArray(chatMessage.id, [...ids]), eq(chatMessage.status, 'sending')));
    return true;
  });
}

async function record(
  deps: NotifyDeps,
  chat: ChatRow,
  ids: readonly string[],
  posted: Posted,
): Promise<void> {
  const at = deps.now();
  const after = (ms: number): Date => new Date(at + ms);
  const mark = (status: 'sent' | 'queued' | 'failed') =>
    deps.store.db
      .update(chatMessage)
      .set({ status })
      .where(and(inArray(chatMessage.id, [...ids]), eq(chatMessage.status, 'unsure')));
  if (posted.kind === 'sent') {
    await mark('sent');
    const fine = { failures: 0, error: null, errorAt: null, postedAt: new Date(at) };
    return release(deps, chat, { ...fine, notBefore: after(pauseMs) });
  }
  // Somebody waits for the test now: later it would only surprise.
  await deps.store.db
    .update(chatMessage)
    .set({ status: 'failed' })
    .where(and(inArray(chatMessage.id, [...ids]), eq(chatMessage.topic, 'test')));
  const failed = { error: posted.reason, errorAt: new Date(at) };
  deps.log.warn({ chat: chat.id, reason: posted.reason }, 'a chat was not written to');
  // Nobody knows whether it arrived: it stays unsure, and the chat is tried with what comes next.
  if (posted.kind === 'unknown') return release(deps, chat, { ...failed, notBefore: after(60_000) });
  if (posted.kind === 'refused' && posted.status === 429) {
    await mark('queued');
    return release(deps, chat, { ...failed, notBefore: after(posted.retryAfterMs ?? 60_000) });
  }
  const failures = chat.failures + 1;
  const delay = delays[failures - 1];
  const isGone = posted.kind === 'refused' && gone.has(posted.status);
  // What the receiver cannot read does not get better by waiting; what comes next may.
  const faulty = posted.kind === 'refused' && posted.status >= 300 && posted.status < 500 && !isGone;
  await mark(faulty ? 'failed' : 'queued');
  if (isGone || delay === undefined) {
    await release(deps, chat, { ...failed, failures, stoppedAt: new Date(at) });
    return tellStopped(deps, chat, posted.reason);
  }
  const wait = posted.kind === 'refused' ? (posted.retryAfterMs ?? 0) : 0;
  return release(deps, chat, { ...failed, failures, notBefore: after(Math.max(delay * 60_000, wait)) });
}

async function release(
  deps: NotifyDeps,
  chat: ChatRow,
  values: Partial<typeof chatDestination.$inferInsert>,
): Promise<void> {
  await deps.store.db
    .update(chatDestination)
    .set({ ...values, leaseUntil: null, leasedBy: null })
    .where(and(eq(chatDestination.id, chat.id), eq(chatDestination.leasedBy, deps.node)));
}
