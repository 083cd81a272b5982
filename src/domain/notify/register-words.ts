import type { PersonId } from '../access/standing.ts';
import type { LocalDate } from '../time.ts';
import { sayDay } from './say-when.ts';
import type { Words } from './slot-words.ts';

/** What an entry of a register asks of somebody once its day has come. */
export const registerRules = [
  ...(['decision-needed', 'decision-overdue', 'decision-revisit'] as const),
  ...(['assumption-check', 'assumption-question', 'risk-no-follow-up', 'risk-review', 'triage-act'] as const),
] as const;
export type RegisterRule = (typeof registerRules)[number];

/** One such ask: of whom, about which entry, and for which day. */
export interface RegisterReminder {
  readonly rule: RegisterRule;
  readonly kind: 'decision' | 'assumption' | 'risk' | 'triage-item';
  readonly id: string;
  readonly title: string;
  readonly personId: PersonId;
  /** The day that has come, or since when. */
  readonly day: LocalDate;
  /** Largest weight of an open promise it touches. */
  readonly weight: number;
}

/** Said once for each day that is booked: another day is another rung. */
export const registerRung = ({ rule, day }: Pick<RegisterReminder, 'rule' | 'day'>): string =>
  `${rule}:${day.replaceAll('-', '')}`;

/** True for a rung of a register. */
export const isRegisterRung = (word: string): boolean => registerRules.some((it) => it === word);

/** Title and evidence of such an ask: what is due, since when, and what can be done. */
export function registerWords(
  { rule, title, day }: Pick<RegisterReminder, 'rule' | 'title' | 'day'>,
  standsInFor: string | null,
): Words {
  const whose = standsInFor === null ? '' : `${standsInFor}: `;
  const quoted = `“${title}”`;
  const said = (what: string, evidence: string): Words => ({ title: `${whose}${what}: ${quoted}`, evidence });
  const on = sayDay(day);
  switch (rule) {
    case 'decision-needed':
      return said('Decision needed today', `It is needed by ${on}. Decide it, or withdraw the question.`);
    case 'decision-overdue':
      return said(
        'Decision overdue',
        `It was needed by ${on}; what it holds up waits for it. Decide it, or withdraw the question.`,
      );
    case 'decision-revisit':
      return said(
        'Look at a decision again',
        `It is up for another look since ${on}. Reaffirm it, reverse it or decide anew.`,
      );
    case 'assumption-check':
      return said('Check an assumption', `Its check was booked for ${on}. Say whether it still holds.`);
    case 'assumption-question':
      return said('You are asked whether it holds', `The check was booked for ${on}. Say what you know.`);
    case 'risk-no-follow-up':
      return said('Say when you look again', 'The risk is owned, and no day is booked to look at it again.');
    case 'risk-review':
      return said(
        'Review a risk',
        `It was to be looked at again on ${on}. It is resolved, planned against, or accepted again.`,
      );
    case 'triage-act':
      return said(
        'An agreed action is past its day',
        `It was agreed for ${on}. Close it, or agree on another day.`,
      );
  }
}
