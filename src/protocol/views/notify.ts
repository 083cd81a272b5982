import type { MessageSubject } from '../../domain/notify/message.ts';
import type { Instant } from '../../domain/time.ts';
import type { CommitmentDetail, PlannedSlotView } from './tracking.ts';

/** A message in somebody's inbox. */
export interface NoticeView {
  readonly id: string;
  readonly subjectKind: MessageSubject;
  readonly subjectId: string;
  /** Id of the rule that made somebody say it. */
  readonly rule: string;
  readonly title: string;
  readonly evidence: string;
  /** Path within the site. */
  readonly link: string;
  readonly at: Instant;
  readonly readAt: Instant | null;
  /** Hidden until then; null or past = shown. */
  readonly snoozedUntil: Instant | null;
}

export interface InboxView {
  readonly notices: readonly NoticeView[];
  /** Unread and not put off. */
  readonly unread: number;
  /** Put off, and not shown until they come back. */
  readonly snoozed: number;
}

export interface PreferencesView {
  readonly byMail: boolean;
  /** Local `HH:MM`; the same twice = no quiet hours. */
  readonly quietFrom: string;
  readonly quietTo: string;
  /** All of a day in one mail then; null = each by itself. */
  readonly digestAt: string | null;
  readonly weeklyCap: number;
  /** null = the organisation's. */
  readonly timezone: string | null;
  /** Where mails go; null for somebody without a mailbox. */
  readonly email: string | null;
}

export interface MailView {
  readonly id: string;
  readonly to: string;
  readonly messageId: string;
  readonly subject: string;
  /** What was captured; null once it went to a mail server. */
  readonly text: string | null;
  readonly status: 'queued' | 'sending' | 'sent' | 'captured' | 'failed' | 'unsure';
  readonly attempts: number;
  readonly notBefore: Instant;
  readonly sentAt: Instant | null;
  /** Why it is not sent. */
  readonly error: string | null;
  readonly createdAt: Instant;
}

export interface MailboxView {
  /** `smtp`, or `captured` when no mail server is set. */
  readonly mode: 'smtp' | 'captured';
  /** Host of the mail server, without user and password. */
  readonly server: string | null;
  readonly from: string;
  /** Where answers to reminders come in; null: they are not taken. */
  readonly answers: string | null;
  readonly mails: readonly MailView[];
}

/** As much of a commitment as a check-in form shows. */
export type CheckInSheet = Pick<
  CommitmentDetail,
  'id' | 'version' | 'statement' | 'due' | 'now' | 'values'
> & {
  /** The last that counts, and those before it as far as *no movement* asks. */
  readonly checkIns: CommitmentDetail['checkIns'];
};

/** Whose check-in link it is, and about what. */
export interface CheckInLinkAbout {
  readonly person: string;
  readonly organisation: string;
  readonly timezone: string;
  readonly now: Instant;
  readonly statement: string;
  readonly commitmentId: string;
}

/** How a check-in link stands. */
export type CheckInLinkState =
  | {
      readonly state: 'open';
      readonly slot: PlannedSlotView;
      readonly sheet: CheckInSheet;
      /** How many objectives of how many teams depend on it. */
      readonly serves: { readonly objectives: number; readonly teams: number };
    }
  | {
      readonly state: 'filled';
      readonly at: Instant;
      readonly byName: string;
      /** Until when it can be taken back here; null when that is over or it was not made here. */
      readonly undoUntil: Instant | null;
    }
  | { readonly state: 'expired' | 'revoked' | 'not-yours' | 'ended' | 'earlier-open' };

/** What a check-in link shows. */
export type CheckInLinkView = CheckInLinkAbout & CheckInLinkState;
