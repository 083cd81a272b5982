import { rowsOf } from './threshold-row.ts';
import type { Threshold } from './threshold.ts';

const reminder = rowsOf('reminders', 'Reminders');

/** What people are told, and when others hear of a silence (tracking.md T3). */
export const reminderThresholds: readonly Threshold[] = [
  reminder([
    'per-subject',
    'perSubjectADay',
    'Reminders of one subject to one person',
    'a day',
    [1, 5],
    'NT18',
  ]),
  reminder([
    'mails-a-week',
    'mailsAWeek',
    'Mails to one person who chose nothing else',
    'in seven days',
    [0, 50],
    'NT19',
  ]),
  reminder([
    'lead-after',
    'leadAfterDays',
    'A silence is told the team’s lead after',
    'days',
    [1, 60],
    'NT5',
  ]),
  reminder([
    'sponsor-after',
    'sponsorAfterDays',
    'A silence is told the sponsor after',
    'days',
    [1, 90],
    'NT6',
  ]),
];
