import type { RegisterReminder } from '#domain/notify/register-words.ts';
import type { Instant } from '#domain/time.ts';
import type { Tracking } from '../app-tracking.ts';
import type { Viewer } from '../app.ts';
import type { Log } from '../log.ts';
import type { Queries, Store, Transaction } from '../store/store.ts';

/** What reminders and mails need of the outside; `compose.ts` connects it. */
export interface NotifyDeps {
  readonly store: Store;
  /** The real clock: leases, mails. What organisations call now is their own. */
  readonly now: () => Instant;
  readonly newId: () => string;
  /** Names this process among several on one database; another after every start. */
  readonly node: string;
  /** How people reach the server, without a slash at its end. */
  readonly baseUrl: string;
  readonly mail: MailSettings;
  /** Reminders can be answered by mail; absent where no address takes answers. */
  readonly answers?: AnswerSettings | undefined;
  /** What posting to chats needs beside; absent, none is made and no warning told. */
  readonly chat?: ChatSettings | undefined;
  readonly tracking: Pick<Tracking, 'commitment' | 'checkIn' | 'act'>;
  /** What the registers ask of people at an instant, all or of some entries; read where the caller reads. */
  readonly reminders: (
    queries: Queries,
    of: { readonly organisationId: string; readonly at: Instant; readonly ids?: readonly string[] },
  ) => Promise<readonly RegisterReminder[]>;
  /** A member as who answers from a mail; null once suspended or gone. */
  readonly viewerOf: (memberId: string) => Promise<Viewer | null>;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

export interface MailSettings {
  /** null = mails are captured. */
  readonly smtpUrl: string | null;
  /** Sender as it stands in MAIL_FROM. */
  readonly from: string;
}

export interface AnswerSettings {
  /** As it stands in REPLY_ADDRESS, such as `checkin@plan.example.org`. */
  readonly address: string;
  /** Tracking within a transaction, which tells nobody of what changed ... */
  readonly trackingWithin: (tx: Transaction) => Pick<Tracking, 'checkIn'>;
  /** ... so that it is told here once it is kept. */
  readonly changed: (boardId: string) => void;
}

export interface ChatSettings {
  /** Hosts of one's own network that may be posted to, also without TLS; as `host` or `host:port`. */
  readonly allowedHosts: readonly string[];
  /** What warns now, of a team or of all. */
  readonly warnings: (
    queries: Queries,
    of: { readonly organisationId: string; readonly teamId: string | null; readonly at: Instant },
  ) => Promise<readonly ToldWarning[]>;
}

export interface ToldWarning {
  readonly subject: { readonly kind: string; readonly id: string };
  readonly title: string;
  readonly evidence: string;
  /** Path within the site. */
  readonly link: string;
}

/** The part of an address after the at sign, which makes Message-IDs our own. */
export const hostOf = (from: string): string => /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';
