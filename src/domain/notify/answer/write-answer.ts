import type { ReportedStatus } from '../../commitment/check-in.ts';
import { howToAnswer, type MailText } from '../write-mail.ts';

const statusWords = { on: 'on track', risk: 'at risk', off: 'off track' } as const;

/** Whom a mail that was answered is about. */
export interface AnswerAbout {
  readonly name: string;
  readonly statement: string;
  /** Whole address of the promise. */
  readonly link: string;
}

/** What was recorded of it. */
export interface RecordedAnswer {
  readonly status: ReportedStatus;
  readonly confidence: number;
  /** True when it was not said again, and stays as it was. */
  readonly sameConfidence: boolean;
  /** Titles of measures with their values. */
  readonly values: readonly (readonly [string, number])[];
  readonly note: string;
  readonly undoMinutes: number;
}

const hello = ({ name }: AnswerAbout): string => `Hello ${name},`;
const quoted = (text: string): string =>
  text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');

// The subject names nothing: who looks after the mails is not told what a private board holds.

export function writeRecorded(about: AnswerAbout, it: RecordedAnswer): MailText {
  const said = [
    statusWords[it.status],
    `${it.confidence} % sure${it.sameConfidence ? ' (as before)' : ''}`,
    ...it.values.map(([title, value]) => `${title}: ${value}`),
  ].join(', ');
  const text = [
    hello(about),
    `your check-in on “${about.statement}” is recorded: ${said}.`,
    ...(it.note === '' ? [] : [`Your words:\n${quoted(it.note)}`]),
    `Within ${it.undoMinutes} minutes it can be taken back: open the check-in link of the reminder.\nAll about it: ${about.link}`,
  ];
  return { subject: 'Recorded: your check-in', text: `${text.join('\n\n')}\n` };
}

/** Nothing was changed: why, what to do, and what was written, so that it is not lost. */
export function writeNotRecorded(
  about: AnswerAbout,
  { why, again, wrote }: { readonly why: string; readonly again: boolean; readonly wrote: string },
): MailText {
  const text = [
    hello(about),
    `nothing was recorded for “${about.statement}”. ${why}`,
    ...(again ? [howToAnswer] : []),
    ...(wrote === '' ? [] : [`You wrote:\n${quoted(wrote)}`]),
    `All about it: ${about.link}`,
  ];
  return { subject: 'Not recorded: your check-in', text: `${text.join('\n\n')}\n` };
}
