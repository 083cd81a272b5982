import { and, lt, notInArray } from 'drizzle-orm';
import type { Outcome } from '#domain/outcome.ts';
import { dayMs } from '#domain/rhythm/local-time.ts';
import type { WarningView } from '#protocol/views/insight.ts';
import type { Notify } from '../app-notify.ts';
import { chatMessage, checkInLink, mail, notice } from '../store/schema.ts';
import { addChat, changeChat, readChats, removeChat, testChat } from './chat/manage-chats.ts';
import { planChats } from './chat/plan-chats.ts';
import { postChats } from './chat/post-chats.ts';
import { checkInByLink, readLink, revokeLink, undoByLink } from './check-in-by-link.ts';
import type { NotifyDeps } from './deps.ts';
import { countUnread, markAllRead, markRead, readMessages, snoozeMessage } from './inbox.ts';
import { queueAgain, queueTestMail, readMailbox } from './mailbox.ts';
import { planNews, planReminders } from './plan-messages.ts';
import { changePreferences, readPreferences } from './preferences.ts';
import { sendMails } from './send-mails.ts';
import { tellWarnings } from './warning-messages.ts';
import { openMailDoor, type MailDoor } from './smtp-door.ts';

/** Reminders and mails as pages and API know them, and the chores behind them. */
export interface NotifyPart extends Notify {
  /** Says what became due since the last time. */
  remind(): Promise<void>;
  /** Says what happened since the last time. */
  tell(): Promise<void>;
  /** Both. */
  plan(): Promise<void>;
  /** Tells early warnings that begin now; within somebody else's transaction when its store is one. */
  warn(organisationId: string, warnings: readonly WarningView[]): Promise<void>;
  /** Sends what may leave. */
  send(): Promise<void>;
  /** Writes down what chats are to be told, and posts what may leave. */
  tellChats(): Promise<void>;
  /** Forgets what is long over. */
  sweep(): Promise<void>;
}

/** Builds the part that tells people what waits for them. `door` is for tests; else SMTP_URL says. */
export function createNotify(deps: NotifyDeps, door: MailDoor | null = doorOf(deps)): NotifyPart {
  const { store } = deps;
  const sendNow = (): void => {
    sendMails(deps, door).catch((error: unknown) =>
      deps.log.error({ err: error }, 'mails could not be sent'),
    );
  };
  /** Whoever asks for a mail now does not wait for the next round. */
  async function sent<T>(queued: Promise<Outcome<T>>): Promise<Outcome<T>> {
    const outcome = await queued;
    if (outcome.ok) sendNow();
    return outcome;
  }
  return {
    inbox: (viewer, filter) => readMessages(store, viewer, filter),
    unread: (viewer) => countUnread(store, viewer),
    read: (viewer, id) => markRead(store, viewer, id),
    readAll: (viewer) => markAllRead(store, viewer),
    snooze: (viewer, id, until) => snoozeMessage(store, viewer, id, until),
    preferences: (viewer) => readPreferences(store.db, viewer),
    changePreferences: (viewer, input) => changePreferences(store, viewer, input),
    mails: (viewer) => readMailbox(deps, door, viewer),
    testMail: (viewer) => sent(queueTestMail(deps, viewer)),
    sendAgain: (viewer, id) => sent(queueAgain(deps, viewer, id)),
    checkInLink: (token) => readLink(deps, token),
    checkInByLink: (token, input) => checkInByLink(deps, token, input),
    undoByLink: (token) => undoByLink(deps, token),
    revokeLink: (token) => revokeLink(deps, token),
    chats: (viewer) => readChats(deps, viewer),
    addChat: (viewer, input) => addChat(deps, viewer, input),
    changeChat: (viewer, id, input) => changeChat(deps, viewer, id, input),
    removeChat: (viewer, id) => removeChat(deps, viewer, id),
    testChat: (viewer, id) => testChat(deps, viewer, id),
    tellChats: async () => {
      await planChats(deps);
      await postChats(deps);
    },
    remind: () => planReminders(deps),
    tell: () => planNews(deps),
    plan: async () => {
      await planReminders(deps);
      await planNews(deps);
    },
    warn: (organisationId, warnings) => tellWarnings(deps, organisationId, warnings),
    send: async () => {
      await sendMails(deps, door);
    },
    sweep: async () => {
      const before = (days: number): Date => new Date(deps.now() - days * dayMs);
      const waiting = notInArray(mail.status, ['queued', 'sending']);
      await store.db.delete(mail).where(and(waiting, lt(mail.createdAt, before(60))));
      await store.db.delete(checkInLink).where(lt(checkInLink.expiresAt, before(30)));
      const said = notInArray(chatMessage.status, ['queued', 'sending']);
      await store.db.delete(chatMessage).where(and(said, lt(chatMessage.createdAt, before(60))));
      await store.db.delete(notice).where(lt(notice.at, before(400)));
    },
  };
}

const doorOf = ({ mail: { smtpUrl, from } }: NotifyDeps): MailDoor | null =>
  smtpUrl === null ? null : openMailDoor(smtpUrl, from);
