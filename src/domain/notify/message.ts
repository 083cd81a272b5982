import type { PersonId } from '../access/standing.ts';
import type { SignalSubject } from '../signal/signal.ts';
import type { Instant } from '../time.ts';

/** What warnings are about, and what else has a day of its own. */
export type MessageSubject = SignalSubject | 'assumption' | 'risk' | 'triage-item' | 'session' | 'chat';

/** What a message is about; at most one mail a day goes to one person about one of them. */
export interface Subject {
  readonly kind: MessageSubject;
  readonly id: string;
}

/**
 * How it is brought by mail: with the day's digest; with the next mail in business time; or after a while, so that who is
 * there and answers at once gets none.
 */
export type Manner = 'digest' | 'prompt' | 'after-a-while';

/** One thing said to one person, once: rule, evidence and link (tracking.md I9). */
export interface Message {
  readonly person: PersonId;
  readonly subject: Subject;
  /** Word of the rung or of what happened, with the number that tells this time from the next: `due:5`. */
  readonly rung: string;
  readonly title: string;
  readonly evidence: string;
  /** Path within the site. */
  readonly link: string;
  /** When it became true. */
  readonly at: Instant;
  readonly manner: Manner;
  /** A reminder may go unsaid when something more urgent is; news may not. */
  readonly reminder: boolean;
}

/** The rule behind each rung (docs/rules/notify.md), told with every message. */
const rules: Readonly<Record<string, string>> = {
  open: 'NT1',
  'due-soon': 'NT2',
  due: 'NT3',
  'grace-end': 'NT4',
  'overdue-7': 'NT5',
  'overdue-14': 'NT6',
  asked: 'NT9',
  answered: 'NT10',
  unanswered: 'NT11',
  unconfirmed: 'NT12',
  'ask-due': 'NT47',
  'ask-late': 'NT47',
  promise: 'NT13',
  decide: 'NT14',
  minutes: 'NT58',
  'decision-revisit': 'NT45',
  'risk-no-follow-up': 'NT45',
  'assumption-check': 'NT45',
  'assumption-question': 'NT45',
  'risk-review': 'NT45',
  'triage-act': 'NT45',
  'decision-needed': 'NT44',
  'decision-overdue': 'NT44',
  'chat-stopped': 'NT64',
};

/** The rung without its number. */
export const rungWord = (rung: string): string => rung.split(':', 1)[0] ?? rung;

/** An early warning: its rung is its rule, with the moment it was said. */
export const isWarning = (rung: string): boolean => /^W\d+$/.test(rungWord(rung));

/** The number of a rung: of the slot, or of the event it tells of. */
export const rungNumber = (rung: string): number => Number(rung.split(':')[1] ?? 0);

/** Id of the rule that made somebody say this. */
export const ruleOf = (rung: string): string =>
  isWarning(rung) ? rungWord(rung) : (rules[rungWord(rung)] ?? 'NT10');

/** Of two reminders about one subject the later rung is the more urgent one. */
export const urgencyOf = ({ rung }: Pick<Message, 'rung'>): number =>
  Object.keys(rules).indexOf(rungWord(rung));
