import type { MeetingKind, PlannedStage } from './agenda.ts';

type Part = readonly [
  id: string,
  minutes: number,
  title: string,
  purpose: string,
  more?: Partial<Pick<PlannedStage, 'rows' | 'outputs' | 'settles'>>,
];

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
  'quarterly-close': [
    ['pulse', 5, 'Pulse', 'One word each about the period.', { rows: ['left-parked'] }],
    [
      'scoring',
      15,
      'Hidden scoring',
      'Everybody scores each promise alone; all are shown at once.',
      { rows: ['scoring'], outputs: ['scores'] },
    ],
    [
      'stories',
      10,
      'Story by the owner',
      'How it ended, in the owner’s words: done, missed, dropped or carried.',
      { rows: ['stories'], settles: ['stories'], outputs: ['carried'] },
    ],
    [
      'causes',
      10,
      'Causes',
      'The owner picks the cause; the room may add one. Systems, not people.',
      { rows: ['causes'], settles: ['causes'] },
    ],
    [
      'quadrant',
      5,
      'Rhythm and result',
      'Did we keep the rhythm, and did it move the result?',
      { rows: ['rhythm-result'] },
    ],
    [
      'keep-change-stop',
      10,
      'Keep, change, stop',
      'What to do again, otherwise, or no longer.',
      { outputs: ['keep-change-stop'] },
    ],
    ['learnings', 5, 'Learnings', 'What we know now that we did not know then.', { outputs: ['learnings'] }],
    [
      'decisions',
      5,
      'Decisions',
      'What follows from it.',
      { rows: ['decisions'], outputs: ['decisions', 'rating'] },
    ],
  ],
  'quarterly-plan': [
    [
      'frame',
      30,
      'Frame check',
      'Where we go, and what the last close says: scores, learnings, carried.',
      { rows: ['previous-close', 'not-doing', 'left-parked'] },
    ],
    [
      'issues',
      30,
      'Rank the issues',
      'What came over is an issue again; rank it with the rest.',
      { rows: ['triage'], outputs: ['triage'] },
    ],
    [
      'draft',
      90,
      'Draft commitments',
      'Teams lay out their objectives on the board; here stands what each still lacks.',
      { rows: ['drafts'] },
    ],
    [
      'capacity',
      30,
      'Capacity cut',
      'What does not fit goes to the not-doing list.',
      { rows: ['room'], outputs: ['capacity', 'not-doing'] },
    ],
    [
      'market',
      60,
      'Dependency market',
      'Ask, agree, counter, decline, while everybody watches.',
      { rows: ['dependencies'], outputs: ['needs'] },
    ],
    [
      'assumptions',
      30,
      'Assumptions',
      'What are we taking for granted, and how will we see it break?',
      { rows: ['assumptions'] },
    ],
    ['confidence', 15, 'Confidence', 'Say how sure you are of the whole plan.', { outputs: ['confidence'] }],
    [
      'rhythm',
      15,
      'Book the rhythm',
      'Weekly, monthly, close: put them in the calendar.',
      { rows: ['rituals'], outputs: ['bookings'] },
    ],
    [
      'commit',
      30,
      'Commit',
      'Freeze the plan; each owner accepts in person.',
      { rows: ['offers'], outputs: ['plan', 'rating'] },
    ],
  ],
  annual: [
    [
      'look-back',
      60,
      'Look back',
      'What the year’s closes say.',
      { rows: ['previous-close', 'left-parked'] },
    ],
    [
      'signals',
      45,
      'Outside signals',
      'Market, customers, technology, competitors.',
      { rows: ['signals', 'assumptions'] },
    ],
    [
      'frame',
      60,
      'Strategy frame',
      'Where to, opportunities, markets, capabilities, outcomes.',
      { rows: ['frame'], outputs: ['frame'] },
    ],
    [
      'priorities',
      60,
      'Priorities of the next years',
      'Three to five years, few words.',
      { rows: ['priorities'] },
    ],
    [
      'outcomes',
      60,
      'Outcomes of the year',
      'What will be true in twelve months.',
      { outputs: ['outcomes'] },
    ],
    [
      'rhythm',
      30,
      'Rhythm calendar',
      'Book the year’s meetings.',
      { rows: ['rituals'], outputs: ['bookings'] },
    ],
    [
      'communicate',
      30,
      'Communicate',
      'Who tells whom, and what we do not do.',
      { rows: ['not-doing'], outputs: ['message', 'not-doing', 'rating'] },
    ],
  ],
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
