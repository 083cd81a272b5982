import type { MeetingKind, PlannedStage } from './agenda.ts';
import { agendasOfThePeriod, type Part } from './agendas-of-the-period.ts';

/** Agendas as data (tracking.md T14): all start from data, not from status reading. Texts are ours. */
const parts: Readonly<Record<MeetingKind, readonly Part[]>> = {
  weekly: [
    [
      'wins',
      3,
      'Needs you, and wins',
      'Look at what needs somebody first; then one good thing each.',
      { rows: ['needs-you', 'left-parked'] },
    ],
    [
      'last-promises',
      5,
      'Last week’s promises',
      'Each owner says aloud: kept or not kept.',
      { rows: ['last-promises'], settles: ['last-promises'] },
    ],
    [
      'measures',
      5,
      'Check-ins',
      'Whose check-in is due gives it now: on, at risk, off.',
      { rows: ['check-ins'], settles: ['check-ins'] },
    ],
    ['priorities', 7, 'Priorities', 'On, at risk or off; no stories yet.', { rows: ['priorities'] }],
    [
      'dependencies',
      5,
      'Waiting on each other',
      'Late, unanswered and changed asks, both ways.',
      { rows: ['dependencies'], settles: ['dependencies'] },
    ],
    [
      'triage',
      15,
      'Triage: the top three',
      'Rank, take three: assess, collaborate, act with an owner. Decide what is due.',
      {
        rows: ['triage', 'decisions', 'assumptions'],
        outputs: ['triage', 'decisions'],
        settles: ['decisions', 'assumptions'],
      },
    ],
    [
      'promises',
      3,
      'This week’s promises',
      'Two or three each: a sentence, an owner, a day. The owner taps yes.',
      { rows: ['new-promises'], outputs: ['promises'] },
    ],
    [
      'recap',
      2,
      'Recap',
      'What do we tell others? How good was this, 1 to 10?',
      { outputs: ['message', 'rating'] },
    ],
  ],
  monthly: [
    [
      'trend',
      15,
      'Trend of each goal',
      'Where each goal is going, from its check-ins.',
      { rows: ['priorities', 'left-parked'] },
    ],
    [
      'drift',
      10,
      'Gap and drift',
      'What has moved away from the plan without anybody deciding it.',
      { rows: ['needs-you'], outputs: ['rescopes'] },
    ],
    [
      'dependencies',
      15,
      'Dependencies and bottleneck',
      'Who waits on whom, and where it stops.',
      { rows: ['dependencies'], outputs: ['escalations'], settles: ['dependencies'] },
    ],
    [
      'assumptions',
      10,
      'Assumptions due',
      'Is what we took for granted still true?',
      { rows: ['assumptions'], settles: ['assumptions'] },
    ],
    [
      'resources',
      10,
      'Resource shifts',
      'Who moves where, and what gives way.',
      { rows: ['loads'], outputs: ['capacity'] },
    ],
    [
      'decisions',
      10,
      'Decisions',
      'What is due, decided here.',
      { rows: ['decisions', 'triage'], outputs: ['decisions'], settles: ['decisions'] },
    ],
    [
      'message',
      5,
      'Message',
      'One message to all teams; rate the meeting.',
      { outputs: ['message', 'rating'] },
    ],
  ],
  ...agendasOfThePeriod,
  custom: [
    ['talk', 30, 'Talk', 'What this meeting is for.', { rows: ['left-parked'] }],
    [
      'agree',
      15,
      'What we agreed',
      'Promises and decisions, with a name and a day.',
      { rows: ['new-promises', 'decisions'], outputs: ['decisions'] },
    ],
  ],
};

/** The agenda a meeting of this kind starts with. */
export function agendaOf(kind: MeetingKind): readonly PlannedStage[] {
  return parts[kind].map(([id, minutes, title, purpose, more]) => ({
    ...{ id, minutes, title, purpose },
    rows: more?.rows ?? [],
    outputs: more?.outputs ?? [],
    settles: more?.settles ?? [],
  }));
}

/** What people call it. */
export const meetingNames: Readonly<Record<MeetingKind, string>> = {
  weekly: 'Weekly',
  monthly: 'Monthly',
  'quarterly-close': 'Close of the period',
  'quarterly-plan': 'Planning of the period',
  annual: 'Annual',
  custom: 'Meeting',
};
