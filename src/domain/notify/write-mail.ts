import { ruleOf } from './message.ts';

/** A message as a mail carries it; `checkIn` opens the check-in itself, without sign-in. */
export interface MailItem {
  readonly rung: string;
  readonly title: string;
  readonly evidence: string;
  /** Whole address. */
  readonly link: string;
  readonly checkIn: string | null;
}

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** Subject and text of a mail: what, why, where; and how to hear less. Plain text: it reads the same everywhere. */
export function writeMail(
  items: readonly MailItem[],
  {
    name,
    organisation,
    settings,
  }: { readonly name: string; readonly organisation: string; readonly settings: string },
): MailText {
  const [first] = items;
  const subject =
    items.length === 1 && first !== undefined
      ? first.title
      : `${items.length} things wait for you: ${first?.title ?? ''}${items.length > 1 ? ', …' : ''}`;
  const text = [
    `Hello ${name},`,
    ...items.map((item) =>
      [
        item.title,
        item.evidence,
        ...(item.checkIn === null
          ? [item.link]
          : [`Check in, no sign-in needed: ${item.checkIn}`, `All about it: ${item.link}`]),
        `(rule ${ruleOf(item.rung)})`,
      ].join('\n'),
    ),
    ...(items.some(({ checkIn }) => checkIn !== null)
      ? ['A check-in link is yours alone: do not pass it on. It ends when the check-in does.']
      : []),
    `${organisation} · Throughline\nWhen and how often you hear from us: ${settings}`,
  ].join('\n\n');
  return { subject: oneLine(subject), text: `${text}\n` };
}

/** A subject is one line of bounded length, whatever a card is called. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}
