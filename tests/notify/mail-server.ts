import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as a mail server received it. */
export interface Received {
  readonly messageId: string;
  readonly subject: string;
  readonly to: readonly string[];
  readonly text: string;
}

/** A real mail server that keeps what it gets. */
export interface TestMailServer {
  readonly url: string;
  readonly received: readonly Received[];
  /** Resolves when so many have been received. */
  until(count: number): Promise<void>;
  close(): Promise<void>;
}

export interface MailServerBehaviour {
  /** After a whole mail was received, before it is acknowledged; a throw refuses it. */
  readonly received?: (mail: Received) => void | Promise<void>;
  /** When a receiver is named; a throw refuses it. */
  readonly named?: (address: string) => void | Promise<void>;
  readonly user?: { readonly name: string; readonly password: string };
}

/** A refusal with its SMTP number. */
export const refusal = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });

export async function startMailServer(behaviour: MailServerBehaviour = {}): Promise<TestMailServer> {
  const received: Received[] = [];
  const waiting: { count: number; done: () => void }[] = [];
  const options: SMTPServerOptions = {
    disabledCommands: ['STARTTLS', ...(behaviour.user ? [] : ['AUTH'])],
    authOptional: behaviour.user === undefined,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, callback) =>
      username === behaviour.user?.name && password === behaviour.user?.password
        ? callback(null, { user: username })
        : callback(refusal(535, 'wrong password')),
    onRcptTo: ({ address }, _session, callback) => {
      Promise.resolve()
        .then(() => behaviour.named?.(address))
        .then(
          () => callback(),
          (error: Error) => callback(error),
        );
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const mail = read(
          Buffer.concat(chunks).toString('utf8'),
          session.envelope.rcptTo.map(({ address }) => address),
        );
        Promise.resolve()
          .then(() => behaviour.received?.(mail))
          .then(
            () => {
              received.push(mail);
              for (const it of waiting) if (received.length >= it.count) it.done();
              callback();
            },
            (error: Error) => callback(error),
          );
      });
    },
  };
  const server = new SMTPServer(options);
  // A client that is killed resets its connection: that is what is tested, and nothing to fail of.
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  return {
    url: `smtp://${behaviour.user ? `${behaviour.user.name}:${behaviour.user.password}@` : ''}127.0.0.1:${port}`,
    received,
    until: (count) =>
      new Promise((done) => {
        if (received.length >= count) done();
        else waiting.push({ count, done });
      }),
    close: () => new Promise((done) => server.close(() => done())),
  };
}

/** Headers unfolded, and the text as it was written. */
function read(raw: string, to: readonly string[]): Received {
  const split = raw.indexOf('\r\n\r\n');
  const headers = raw.slice(0, split).replace(/\r\n[ \t]+/g, ' ');
  const header = (name: string): string =>
    new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1]?.trim() ?? '';
  const body = raw.slice(split + 4).replaceAll('\r\n', '\n');
  const encoding = header('Content-Transfer-Encoding');
  return { messageId: header('Message-ID'), subject: header('Subject'), to, text: decoded(body, encoding) };
}

function decoded(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return body;
  const bytes = body
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
