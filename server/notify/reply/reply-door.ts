import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Log } from '../../log.ts';
import { replyTokenIn } from './reply-address.ts';

/** A door that mails come in by, for answers and nothing else. */
export interface ReplyDoor {
  readonly port: number;
  close(): Promise<void>;
}

export interface ReplyDoorParts {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly address: string;
  /** Takes one whole mail. A throw means that it can be handed over again later. */
  take(token: string, bytes: Uint8Array, sender: string): Promise<string>;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** Resolves after so many milliseconds; for tests. */
  readonly pause?: (ms: number) => Promise<void>;
}

/** One mail with its attachments. */
const largest = 1024 * 1024;
/** Mails of one address within a minute: a company's own mail server is one address for everybody. */
const mailsAMinute = 120;
/** Lines one address holds open at once: one that sends nothing must not keep the door shut for everybody else. */
const linesAnAddress = 20;
/** Every mail is answered after the same time at least, known or not. */
const answerAfterMs = 500;

const refusal = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });

/**
 * Listens for answers. It takes mail for addresses that look like ours and for no other, one receiver a mail; whether an
 * address was ever given out, or is over, nobody learns from what it says or how long it takes.
 */
export async function openReplyDoor({
  host,
  port,
  address,
  take,
  log,
  pause = (ms) => new Promise((done) => setTimeout(done, ms)),
}: ReplyDoorParts): Promise<ReplyDoor> {
  const limiter = new RateLimiterMemory({ points: mailsAMinute, duration: 60 });

  async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const chunks: Buffer[] = [];
    // Read to its end whatever its size, so that the answer is heard; kept only as far as it is taken.
    for await (const chunk of stream as AsyncIterable<Buffer>) if (!stream.sizeExceeded) chunks.push(chunk);
    if (stream.sizeExceeded) return;
    const { mailFrom, rcptTo } = session.envelope;
    const token = replyTokenIn(address, rcptTo[0]?.address ?? '');
    if (token === null) throw refusal(550, 'No such mailbox here');
    const sender = mailFrom === false ? '' : mailFrom.address;
    const taken = take(token, Buffer.concat(chunks), sender).then(
      (fate) => log.info({ fate }, 'a mail came in'),
      (error: unknown) => {
        log.error({ err: error }, 'a mail could not be taken');
        throw refusal(451, 'Try again later');
      },
    );
    await Promise.all([taken, pause(answerAfterMs)]);
  }

  const held = new Map<string, Set<string>>();
  const server = new SMTPServer({
    name: address.slice(address.lastIndexOf('@') + 1),
    // Nobody signs in here, and TLS without a certificate of its own would only look like it.
    disabledCommands: ['AUTH', 'STARTTLS', 'HELP', 'VRFY'],
    disableReverseLookup: true,
    logger: false,
    size: largest,
    rejectOversized: true,
    maxClients: 50,
    socketTimeout: 60_000,
    closeTimeout: 2_000,
    onConnect: ({ id, remoteAddress }, callback) => {
      const lines = held.get(remoteAddress) ?? new Set();
      held.set(remoteAddress, lines.add(id));
      if (lines.size > linesAnAddress) {
        callback(refusal(421, 'Too many lines at once, come later'));
        return;
      }
      limiter
        .get(remoteAddress)
        .then(
          (used) =>
            callback(
              used !== null && used.remainingPoints <= 0 ? refusal(421, 'Too many mails, come later') : null,
            ),
          callback,
        );
    },
    onClose: ({ id, remoteAddress }) => {
      const lines = held.get(remoteAddress);
      lines?.delete(id);
      if (lines?.size === 0) held.delete(remoteAddress);
    },
    onMailFrom: (_from, { remoteAddress }, callback) => {
      limiter.consume(remoteAddress).then(
        () => callback(),
        (fault: unknown) =>
          callback(
            fault instanceof RateLimiterRes ? refusal(451, 'Too many mails, come later') : (fault as Error),
          ),
      );
    },
    onRcptTo: (receiver, { envelope }, callback) => {
      if (replyTokenIn(address, receiver.address) === null) {
        callback(refusal(550, 'No such mailbox here'));
        return;
      }
      callback(envelope.rcptTo.length > 0 ? refusal(452, 'One receiver at a time') : null);
    },
    onData: (stream, session, callback) => {
      receive(stream, session).then(
        () => callback(null, 'Taken'),
        (error: Error) => callback(error),
      );
    },
  });
  // Lines that break are the other side's business; it comes again.
  server.on('error', () => undefined);
  const listening = server.listen(port, host.replace(/^\[|\]$/g, ''));
  await once(listening, 'listening');
  return {
    port: (listening.address() as AddressInfo).port,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
