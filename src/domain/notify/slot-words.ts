import type { Instant, TimeZone } from '../time.ts';
import type { Reached } from './ladder.ts';
import type { ReminderSettings } from './reminder-settings.ts';
import { sayAgo, sayDays, sayWhen } from './say-when.ts';

/** What the words about a check-in need to know of its promise. */
export interface PromiseFacts {
  readonly statement: string;
  readonly ownerName: string;
  readonly status: 'on' | 'risk' | 'off' | null;
  readonly confidence: number | null;
  readonly lastCheckInAt: Instant | null;
  /** Whose message this is, when the reader stands in for somebody away. */
  readonly standsInFor: string | null;
}

export interface Words {
  readonly title: string;
  readonly evidence: string;
}

const statusWords = { on: 'on track', risk: 'at risk', off: 'off track' } as const;

/** Title and evidence of a reminder, on the reader's clock. */
export function slotWords(
  { rung, slot, hearer }: Reached,
  facts: PromiseFacts,
  at: Instant,
  zone: TimeZone,
  { leadAfterDays, sponsorAfterDays }: ReminderSettings,
): Words {
  const mine = hearer === 'owner';
  const whose = facts.standsInFor ?? facts.ownerName;
  const name = mine && facts.standsInFor === null ? '' : `${whose}: `;
  const lastly = `Last word: ${lastWord(facts, at, zone)}.`;
  switch (rung) {
    case 'open':
      return {
        title: `${name}check in on “${facts.statement}”`.replace(/^c/, 'C'),
        evidence: `Open now, due ${sayWhen(slot.dueAt, zone)}. ${lastly}`,
      };
    case 'due-soon':
      return {
        title: `${name}due within a day: “${facts.statement}”`.replace(/^d/, 'D'),
        evidence: `The check-in is due ${sayWhen(slot.dueAt, zone)}. ${lastly}`,
      };
    case 'due':
      return {
        title: `${name}check-in due: “${facts.statement}”`.replace(/^c/, 'C'),
        evidence: `It was due ${sayWhen(slot.dueAt, zone)} and counts as late until ${sayWhen(slot.graceEndsAt, zone)}. ${lastly}`,
      };
    case 'grace-end':
      return {
        title: `${name}no word on “${facts.statement}”`.replace(/^n/, 'N'),
        evidence: `The check-in due ${sayWhen(slot.dueAt, zone)} was missed; it shows as stale now. ${lastly}`,
      };
    case 'overdue-7':
    case 'overdue-14':
      return {
        title: `${whose}: no word on “${facts.statement}” for ${sayDays(rung === 'overdue-7' ? leadAfterDays : sponsorAfterDays)}`,
        evidence: `Silent since the check-in due ${sayWhen(slot.dueAt, zone)}. ${lastly} Asked of you: find out what stands in the way.`,
      };
  }
}

function lastWord({ status, confidence, lastCheckInAt }: PromiseFacts, at: Instant, zone: TimeZone): string {
  if (lastCheckInAt === null) return 'none yet';
  const said = [
    status === null ? null : statusWords[status],
    confidence === null ? null : `${confidence} % sure`,
  ];
  return [...said.filter((it) => it !== null), sayAgo(lastCheckInAt, at, zone)].join(', ');
}
