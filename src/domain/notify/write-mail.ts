import { answerLine } from './answer/cut-quote.ts';
import { ruleOf } from './message.ts';

/** A message as a mail carries it; `checkIn` opens the check-in itself, without sign-in. */
export interface MailItem {
  readonly rung: string;
  readonly title: string;
  readonly evidence: string;
  /** Whole address. */
  readonly link: string;
  readonly checkIn: string | null;
  /** Address that takes the check-in as an answer by mail; null where none does. */
  readonly answerTo: string | null;
}

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** A mail that leaves; who answers it writes to `replyTo`. */
export interface AnswerableMail extends MailText {
  readonly replyTo: string | null;
}

/** Subject and text of a mail: what, why, where; and how to hear less. Plain text: it reads the same everywhere. */
export function writeMail(
  items: readonly MailItem[],
  {
    name,
    organisation,
    settings,
  }: { readonly name: string; readonly organisation: string; readonly settings: string },
): AnswerableMail {
  const [first] = items;
  const subject =
    items.length === 1 && first !== undefined
      ? first.title
      : `${items.length} things wait for you: ${first?.title ?? ''}${items.length > 1 ? ', …' : ''}`;
  const answering = items.filter(({ answerTo }) => answerTo !== null);
  const replyTo = answering.length === 1 ? (answering[0]?.answerTo ?? null) : null;
  const text = [
    ...(answering.length > 0 ? [answerLine] : []),
    `Hello ${name},`,
    ...items.map((item) =>
      [
        item.title,
        item.evidence,
        ...(item.checkIn === null
          ? [item.link]
          : [
              `Check in, no sign-in needed: ${item.checkIn}`,
              ...byMail(item, replyTo),
              `All about it: ${item.link}`,
            ]),
        `(rule ${ruleOf(item.rung)})`,
      ].join('\n'),
    ),
    ...(answering.length > 0 ? [howToAnswer] : []),
    ...(items.some(({ checkIn }) => checkIn !== null)
      ? ['A check-in link is yours alone: do not pass it on. It ends when the check-in does.']
      : []),
    `${organisation} · Throughline\nWhen and how often you hear from us: ${settings}`,
  ].join('\n\n');
  return { subject: oneLine(subject), text: `${text}\n`, replyTo };
}

/** How an answer begins. */
export const howToAnswer =
  'An answer by mail begins with how it stands: on track, at risk, off track or no movement. Then how sure you are, such as 80 %, and the value, such as 12 of 20. Then your own words.';

/** A mail about one check-in is answered as it is; of several each has its own address. */
const byMail = ({ answerTo }: MailItem, replyTo: string | null): readonly string[] => {
  if (answerTo === null) return [];
  return [replyTo === null ? `Or by mail to: ${answerTo}` : 'Or just answer this mail.'];
};

/** A subject is one line of bounded length, whatever a card is called. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}
