import { dayMs, hourMs } from '../rhythm/local-time.ts';
import { isSilent, isWaiting, slotState, type Slot } from '../rhythm/slot.ts';
import type { Instant } from '../time.ts';
import type { Manner } from './message.ts';
import { defaultReminders, type ReminderSettings } from './reminder-settings.ts';

export type SlotRung = 'open' | 'due-soon' | 'due' | 'grace-end' | 'overdue-7' | 'overdue-14';

/** What somebody is to a promise when its check-in is reminded of. */
export type Hearer = 'owner' | 'reviewer' | 'lead' | 'sponsor';

interface Step {
  readonly rung: SlotRung;
  readonly hearers: readonly Hearer[];
  readonly manner: Manner;
  /** `from`: when the promise was accepted; nobody is told of what was open before. */
  begins(slot: Slot, from: Instant, after: ReminderSettings): Instant;
}

/** The reminder ladder of tracking.md T3, lowest rung first. */
const ladder: readonly Step[] = [
  { rung: 'open', hearers: ['owner'], manner: 'digest', begins: (it, from) => Math.max(it.opensAt, from) },
  { rung: 'due-soon', hearers: ['owner'], manner: 'prompt', begins: (it) => it.dueAt - 24 * hourMs },
  { rung: 'due', hearers: ['owner'], manner: 'prompt', begins: (it) => it.dueAt },
  { rung: 'grace-end', hearers: ['owner', 'reviewer'], manner: 'prompt', begins: (it) => it.graceEndsAt },
  {
    rung: 'overdue-7',
    hearers: ['lead'],
    manner: 'prompt',
    begins: (it, _, after) => it.graceEndsAt + after.leadAfterDays * dayMs,
  },
  {
    rung: 'overdue-14',
    hearers: ['sponsor'],
    manner: 'prompt',
    begins: (it, _, after) => it.graceEndsAt + after.sponsorAfterDays * dayMs,
  },
];

const whileWaiting: readonly SlotRung[] = ['open', 'due-soon', 'due'];

/** A rung that was reached, for one who hears of it. */
export interface Reached {
  readonly slot: Slot;
  readonly rung: SlotRung;
  readonly hearer: Hearer;
  readonly manner: Manner;
  readonly at: Instant;
}

/** The stretch of time looked at: after `since`, up to and with `at`. */
export interface Window {
  readonly since: Instant;
  readonly at: Instant;
}

/**
 * Rungs of one promise reached within the window. Of several rungs one hearer would be told at once only the highest is:
 * what passed while nobody looked is not made up for. What lead and sponsor hear counts from where the silence began, so that
 * lead and sponsor hear of a silence once, and not again with each check-in that goes unanswered after it. A check-in that
 * was open already when the promise was accepted opens for its owner then.
 */
export function rungsReached(
  slots: readonly Slot[],
  window: Window,
  acceptedAt: Instant | null = null,
  settings: ReminderSettings = defaultReminders,
): readonly Reached[] {
  const from = { acceptedAt: acceptedAt ?? Number.NEGATIVE_INFINITY, settings };
  const { at } = window;
  const waiting = slots.filter((slot) => isWaiting(slot, at));
  const silent = isSilent(slots, at);
  const run = silent ? silenceOf(slots, at) : [];
  const [first, last] = [run[0], run.at(-1)];
  return [
    ...waiting.flatMap((slot) => highest(slot, window, from, (step) => whileWaiting.includes(step.rung))),
    ...(last === undefined ? [] : highest(last, window, from, (step) => step.rung === 'grace-end')),
    ...(first === undefined ? [] : highest(first, window, from, (step) => step.rung.startsWith('overdue'))),
  ];
}

/** Slots without those that were missed before the last word: a silence begins after it, whatever else is loaded. */
export const afterLastWord = (slots: readonly Slot[], lastWordAt: Instant | null): readonly Slot[] =>
  slots.filter((slot) => slot.filled !== null || lastWordAt === null || slot.graceEndsAt > lastWordAt);

/** Missed slots since the last answer, oldest first; excused ones are skipped. */
function silenceOf(slots: readonly Slot[], at: Instant): readonly Slot[] {
  const sorted = [...slots].sort((a, b) => a.dueAt - b.dueAt).filter((slot) => slot.excused === null);
  const answered = sorted.findLastIndex((slot) => slotState(slot, at) === 'filled');
  return sorted.slice(answered + 1).filter((slot) => slotState(slot, at) === 'missed');
}

/** For each hearer the highest rung that has begun, when it began within the window. */
function highest(
  slot: Slot,
  { since, at }: Window,
  { acceptedAt, settings }: { readonly acceptedAt: Instant; readonly settings: ReminderSettings },
  allowed: (step: Step) => boolean,
): readonly Reached[] {
  const beginOf = (step: Step): Instant => step.begins(slot, acceptedAt, settings);
  const begun = ladder.filter((step) => allowed(step) && beginOf(step) <= at);
  const hearers = [...new Set(begun.flatMap((step) => step.hearers))];
  return hearers.flatMap((hearer) => {
    const step = begun.findLast((it) => it.hearers.includes(hearer));
    if (step === undefined || beginOf(step) <= since) return [];
    return [{ slot, rung: step.rung, hearer, manner: step.manner, at: beginOf(step) }];
  });
}
