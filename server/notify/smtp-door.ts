import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

/** A mail as it leaves. */
export interface OutgoingMail {
  readonly to: string;
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
  /** When it was planned: the same however often it is tried. */
  readonly date: Date;
  /** Where an answer goes; null: to who sends it. */
  readonly replyTo: string | null;
  /** Message-ID of the mail it answers. */
  readonly inReplyTo: string | null;
}

/**
 * What became of it. `unknown`: its content had begun to leave when the line broke, so that only the mail server knows.
 * `not-ours`: somebody else has taken it over; nothing left.
 */
export type Delivery =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused'; readonly forGood: boolean; readonly reason: string }
  | { readonly kind: 'unreached'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'not-ours' };

/** A mail server. `handOver` is asked at the last moment before content leaves; false keeps it here. */
export interface MailDoor {
  /** Host of the mail server, without user and password. */
  readonly server: string;
  deliver(mail: OutgoingMail, handOver: () => Promise<boolean>): Promise<Delivery>;
}

const timeouts = {
  connectionTimeout: 15_000,
  greetingTimeout: 10_000,
  socketTimeout: 30_000,
  dnsTimeout: 10_000,
};

/**
 * The mail server of SMTP_URL, one connection a mail. The content is a stream that nobody reads before the server has
 * said "go ahead" to sender and receiver: that is the moment of handing over.
 */
export function openMailDoor(smtpUrl: string, from: string): MailDoor {
  const { auth, ...options } = parseConnectionUrl(smtpUrl);
  return {
    server: new URL(smtpUrl).host,
    async deliver(mail, handOver) {
      const composed = new MailComposer({
        ...{
          from,
          to: mail.to,
          subject: mail.subject,
          text: mail.text,
          messageId: mail.messageId,
          date: mail.date,
        },
        ...(mail.replyTo !== null && { replyTo: mail.replyTo }),
        ...(mail.inReplyTo !== null && { inReplyTo: mail.inReplyTo, references: mail.inReplyTo }),
        // Nobody's holiday notice answers a reminder (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      }).compile();
      const bytes = await composed.build();
      const connection = new SMTPConnection({ ...options, ...timeouts });
      let handed: 'not-yet' | 'yes' | 'no' = 'not-yet';
      const content = new Readable({
        read() {
          if (handed !== 'not-yet') return;
          handed = 'yes';
          handOver().then(
            (ours) => {
              if (ours) {
                this.push(bytes);
                this.push(null);
                return;
              }
              handed = 'no';
              this.destroy(new Error('somebody else has it'));
            },
            (error: Error) => {
              handed = 'no';
              this.destroy(error);
            },
          );
        },
      });
      const envelope = composed.getEnvelope();
      try {
        await talk(connection, auth, { from: envelope.from || false, to: envelope.to }, content);
        return { kind: 'sent' };
      } catch (error) {
        return verdictOn(error, handed);
      } finally {
        connection.close();
      }
    },
  };
}

type Connection = InstanceType<typeof SMTPConnection>;

function talk(
  connection: Connection,
  auth: ReturnType<typeof parseConnectionUrl>['auth'],
  envelope: { from: string | false; to: string[] },
  content: Readable,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error | null): void => (error ? reject(error) : resolve());
    connection.once('error', reject);
    connection.connect((failed?: Error | null) => {
      if (failed) return reject(failed);
      const send = (): void => connection.send(envelope, content, settle);
      if (!auth) return send();
      connection.login(
        { credentials: { user: String(auth.user ?? ''), pass: String(auth.pass ?? '') } },
        (refused) => (refused ? reject(refused) : send()),
      );
    });
  });
}

function verdictOn(error: unknown, handed: 'not-yet' | 'yes' | 'no'): Delivery {
  const { responseCode, code, message } = error as Error & { responseCode?: number; code?: string };
  const reason = message.slice(0, 400);
  if (handed === 'no') return { kind: 'not-ours' };
  if (responseCode !== undefined && responseCode >= 400) {
    // Wrong credentials and the like are ours to mend; the mail itself is not to blame.
    return { kind: 'refused', forGood: responseCode >= 500 && code !== 'EAUTH', reason };
  }
  return handed === 'yes' ? { kind: 'unknown', reason } : { kind: 'unreached', reason };
}
