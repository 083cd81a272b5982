import type {
  CheckInLinkView,
  InboxView,
  MailboxView,
  MailView,
  NoticeView,
  PreferencesView,
} from '../src/protocol/views/notify.ts';
import type { AddedChat, ChatsView, ChatView } from '../src/protocol/views/chat.ts';
import type { ChatKind, ChatTopic } from '../src/domain/notify/chat/chat-post.ts';
import type { CheckInInput } from './app-tracking.ts';
import type { Result, Viewer } from './app-viewer.ts';

/** Reminders and news: the inbox, mails, and check-ins from a mail. */
export interface Notify {
  /** The newest messages of this person; `unread` leaves out what was read and what is put off. */
  inbox(viewer: Viewer, filter?: { unread?: boolean }): Promise<InboxView>;
  unread(viewer: Viewer): Promise<number>;
  read(viewer: Viewer, id: string): Result<NoticeView>;
  readAll(viewer: Viewer): Promise<number>;
  /** Hides a message until then; what it is about stays as it is. */
  snooze(viewer: Viewer, id: string, until: string): Result<NoticeView>;
  preferences(viewer: Viewer): Promise<PreferencesView>;
  changePreferences(viewer: Viewer, input: PreferencesInput): Result<PreferencesView>;
  /** Administrators: what was mailed, what was not and why. */
  mails(viewer: Viewer): Result<MailboxView>;
  testMail(viewer: Viewer): Result<MailView>;
  /** A mail that failed, or of which nobody knows whether it arrived: once more, with the same Message-ID. */
  sendAgain(viewer: Viewer, id: string): Result<MailView>;
  /** What a check-in link opens. Looking changes nothing; `not-found` for a link nobody ever had. */
  checkInLink(token: string): Result<CheckInLinkView>;
  checkInByLink(token: string, input: CheckInInput): Result<CheckInLinkView>;
  /** Takes the check-in made by this link back, within ten minutes. */
  undoByLink(token: string): Result<CheckInLinkView>;
  /** *Not me*: the link opens nothing any more. */
  revokeLink(token: string): Result<CheckInLinkView>;
  /** Chats this viewer looks after: an administrator all, a lead those of the own team. */
  chats(viewer: Viewer): Result<ChatsView>;
  addChat(viewer: Viewer, input: NewChat): Result<AddedChat>;
  /** Name, topics, or pause; resuming tries it afresh. */
  changeChat(viewer: Viewer, id: string, input: ChatChange): Result<ChatView>;
  removeChat(viewer: Viewer, id: string): Result<true>;
  /** Posts a test at once; the view says what became of it. */
  testChat(viewer: Viewer, id: string): Result<ChatView>;
}

export interface NewChat {
  readonly name: string;
  readonly kind: ChatKind;
  /** null: the organisation's. */
  readonly teamId: string | null;
  readonly url: string;
  readonly topics: readonly ChatTopic[];
}

export interface ChatChange {
  readonly name?: string;
  readonly topics?: readonly ChatTopic[];
  readonly paused?: boolean;
}

/** All optional: what is left out stays. */
export interface PreferencesInput {
  readonly byMail?: boolean;
  readonly quietFrom?: string;
  readonly quietTo?: string;
  /** null = each by itself. */
  readonly digestAt?: string | null;
  readonly weeklyCap?: number;
  /** null = the organisation's. */
  readonly timezone?: string | null;
}
