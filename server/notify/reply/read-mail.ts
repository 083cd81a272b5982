import { createHash } from 'node:crypto';
import PostalMime from 'postal-mime';
import { htmlToText } from '#domain/notify/answer/html-to-text.ts';

/** A mail as far as an answer needs it; attachments are not looked at. */
export interface IncomingMail {
  /** Address of who says to have written it, in small letters; null when there is none or several. */
  readonly from: string | null;
  /** As its sender wrote it; null when it has none that could be repeated in a header. */
  readonly messageId: string | null;
  /** Tells it from every other mail, and is the same when it is delivered again. */
  readonly hash: string;
  readonly text: string;
  /** Written by a program: a holiday notice, a bounce, a list. */
  readonly automatic: boolean;
}

const limits = { maxNestingDepth: 20, maxHeadersSize: 64 * 1024 };
/** An answer stands at the top; of pictures written into a mail and of endless quotes no more than this is read. */
const longest = 200_000;
/** Far more lines than a mail of one megabyte has when a person wrote it, pictures attached. */
const mostLines = 30_000;
const machines = /^(?:mailer-daemon|postmaster|no-?reply|bounces?)(?:[+-].*)?@/;

/** Reads a mail's bytes. `sender` is who hands it over (MAIL FROM), empty for bounces. */
export async function readMail(bytes: Uint8Array, sender: string): Promise<IncomingMail> {
  const mail = await PostalMime.parse(upToLines(bytes), limits);
  const headers = Map.groupBy(mail.headers, ({ key }) => key);
  const header = (name: string): string => headers.get(name)?.[0]?.value.trim().toLowerCase() ?? '';
  const from = addressOf(mail.from);
  const said = /^<[\x21-\x3b\x3d\x3f-\x7e]{1,240}>$/.exec(mail.messageId?.trim() ?? '')?.[0] ?? null;
  return {
    from,
    messageId: said,
    hash: createHash('sha256')
      .update(said ?? bytes)
      .digest('base64url'),
    text: sane(mail.text?.trim() ? mail.text : htmlToText((mail.html ?? '').slice(0, longest))),
    automatic:
      sender === '' ||
      machines.test(sender.toLowerCase()) ||
      machines.test(from ?? '') ||
      !['', 'no'].includes(header('auto-submitted')) ||
      ['x-autoreply', 'x-autorespond', 'x-autoresponse', 'x-auto-response', 'list-id', 'feedback-id'].some(
        (it) => headers.has(it),
      ) ||
      ['bulk', 'junk', 'list', 'auto_reply'].includes(header('precedence')) ||
      header('return-path') === '<>' ||
      /^multipart\/report|^message\/delivery-status/.test(header('content-type')),
  };
}

function addressOf(from: Awaited<ReturnType<typeof PostalMime.parse>>['from']): string | null {
  const address = from?.address?.trim().toLowerCase() ?? '';
  return /^[^\s<>"@]{1,64}@[^\s<>"@]{1,190}$/.test(address) ? address : null;
}

/** Text that can be kept: without halves of signs and what is none, such as the zero byte, which no database takes. */
const sane = (text: string): string =>
  text
    .slice(0, longest)
    .toWellFormed()
    .replace(/[\p{Cc}]/gu, (sign) => ('\t\n\r'.includes(sign) ? sign : ''));

/** The beginning of a mail: reading one takes as long as it has lines. */
function upToLines(bytes: Uint8Array): Uint8Array {
  let at = -1;
  for (let lines = 0; lines < mostLines; lines += 1) {
    at = bytes.indexOf(10, at + 1);
    if (at < 0) return bytes;
  }
  return bytes.subarray(0, at + 1);
}
