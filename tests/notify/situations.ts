import type { Hearing } from '../../src/domain/notify/quiet-hours.ts';
import type { Message } from '../../src/domain/notify/message.ts';
import { plainWeek } from '../../src/domain/rhythm/business-days.ts';
import { addLocalDays, hourMs, instantAt } from '../../src/domain/rhythm/local-time.ts';
import type { Slot } from '../../src/domain/rhythm/slot.ts';
import { zone } from '../tracking/situations.ts';

export const hearing: Hearing = {
  ...{ byMail: true, zone, quietFrom: '18:00', quietTo: '08:00', digestAt: null, weeklyCap: 10 },
  ...{ perSubjectADay: 1, calendar: plainWeek },
};

/** A weekly slot due on a Friday at five, open from Tuesday, late until the Tuesday after. */
export function weekly(number: number, dueDate: string, more: Partial<Slot> = {}): Slot {
  const dueAt = instantAt(dueDate, '17:00', zone);
  return {
    ...{ id: `s${number}`, number, label: dueDate, dueAt },
    opensAt: addLocalDays(dueAt, -3, zone),
    graceEndsAt: addLocalDays(dueAt, 4, zone),
    ...{ filled: null, filledAt: null, excused: null },
    ...more,
  };
}

/** Friday 3 April 2026 and the Fridays after. */
export const fridays = ['2026-04-03', '2026-04-10', '2026-04-17', '2026-04-24'] as const;

export function message(more: Partial<Message> = {}): Message {
  return {
    person: 'ben',
    subject: { kind: 'commitment', id: 'c1' },
    rung: 'due:1',
    title: 'Due',
    evidence: 'It was due.',
    link: '/commitments/c1',
    at: instantAt('2026-04-03', '12:00', zone),
    manner: 'prompt',
    reminder: true,
    ...more,
  };
}

export const hours = (n: number): number => n * hourMs;
