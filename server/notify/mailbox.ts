import { and, desc, eq, inArray } from 'drizzle-orm';
import { unseenWords } from '#domain/access/board-scope.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { MailboxView, MailView } from '#protocol/views/notify.ts';
import type { Viewer } from '../app.ts';
import { mail, notice } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { unseenSubjects } from '../tracking/unseen-subjects.ts';
import type { NotifyDeps } from './deps.ts';
import { queueOwnMail } from './queue-own-mail.ts';
import type { MailDoor } from './smtp-door.ts';

/** Mails shown at once, newest first. */
const shown = 100;

/** Who looks after the mails of an organisation of its own; the example has none. */
const mayLook = (viewer: Viewer): boolean =>
  viewer.role === 'administrator' && viewer.organisation.kind === 'own' && !viewer.viewingAs;

const notYours = refused('forbidden', 'Only an administrator of an organisation of its own sees its mails.');

export async function readMailbox(
  { store, mail: { from }, answers }: NotifyDeps,
  door: MailDoor | null,
  viewer: Viewer,
): Promise<Outcome<MailboxView>> {
  if (!mayLook(viewer)) return notYours;
  const rows = await store.db
    .select()
    .from(mail)
    .where(eq(mail.organisationId, viewer.organisationId))
    .orderBy(desc(mail.createdAt), desc(mail.id))
    .limit(shown);
  const unseen = await readUnseen(store.db, viewer, rows);
  const mails = rows.map((row) => (unseen.has(row.id) ? withoutWords(viewMail(row)) : viewMail(row)));
  const mode = door === null ? 'captured' : 'smtp';
  return allowed({ mode, server: door?.server ?? null, from, answers: answers?.address ?? null, mails });
}

/** That a mail left, and whether it arrived, is the administrator's business; what a private board holds is not. */
const withoutWords = (it: MailView): MailView => ({
  ...it,
  subject: unseenWords,
  text: it.text === null ? null : unseenWords,
});

/** Mails that tell of something this administrator may not look at. */
async function readUnseen(
  queries: Queries,
  viewer: Viewer,
  rows: readonly (typeof mail.$inferSelect)[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(rows.flatMap(({ notices }) => notices))];
  if (viewer.hiddenBoards.length === 0 || ids.length === 0) return new Set();
  const told = await queries
    .select({ id: notice.id, kind: notice.subjectKind, subject: notice.subjectId })
    .from(notice)
    .where(inArray(notice.id, ids));
  const subjects = told.map(({ kind, subject }) => ({ kind, id: subject }));
  const unseen = await unseenSubjects(queries, viewer, subjects);
  const hidden = new Set(told.flatMap(({ id, subject }) => (unseen.has(subject) ? [id] : [])));
  return new Set(rows.flatMap((row) => (row.notices.some((id) => hidden.has(id)) ? [row.id] : [])));
}

/** A mail to the administrator who asks, by the same way all others go. */
export async function queueTestMail(deps: NotifyDeps, viewer: Viewer): Promise<Outcome<MailView>> {
  if (!mayLook(viewer) || viewer.scope === 'read') return notYours;
  const row = await queueOwnMail(deps.store.db, deps, viewer, {
    subject: 'A test from Throughline',
    text: `Hello ${viewer.name},\n\nmails from ${deps.baseUrl} arrive. You asked for this test on its page of mails.\n`,
  });
  return row === null
    ? refused('not-found', 'Your account has no address to send to.')
    : allowed(viewMail(row));
}

/** Puts a mail that failed or is unsure into the queue once more, with the Message-ID it has. */
export async function queueAgain(deps: NotifyDeps, viewer: Viewer, id: string): Promise<Outcome<MailView>> {
  if (!mayLook(viewer) || viewer.scope === 'read') return notYours;
  const none = refused('not-found', 'There is no such mail in this organisation.');
  if (!isUuid(id)) return none;
  const mine = and(eq(mail.id, id), eq(mail.organisationId, viewer.organisationId));
  const [again] = await deps.store.db
    .update(mail)
    .set({ status: 'queued', attempts: 0, notBefore: new Date(deps.now()), error: null, leasedBy: null })
    .where(and(mine, inArray(mail.status, ['failed', 'unsure'])))
    .returning();
  if (again !== undefined) {
    const unseen = await readUnseen(deps.store.db, viewer, [again]);
    return allowed(unseen.has(again.id) ? withoutWords(viewMail(again)) : viewMail(again));
  }
  const [found] = await deps.store.db.select({ id: mail.id }).from(mail).where(mine);
  if (found === undefined) return none;
  return refused('not-open', 'Only a mail that failed, or of which nobody knows, is sent again.');
}

export const viewMail = (row: typeof mail.$inferSelect): MailView => ({
  ...{ id: row.id, to: row.to, messageId: row.messageId, subject: row.subject, status: row.status },
  text: row.status === 'captured' ? row.text : null,
  attempts: row.attempts,
  notBefore: row.notBefore.getTime(),
  sentAt: row.sentAt?.getTime() ?? null,
  error: row.error,
  createdAt: row.createdAt.getTime(),
});
