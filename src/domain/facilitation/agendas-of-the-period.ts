import type { PlannedStage } from './agenda.ts';

/** One section of an agenda, in a line or two. */
export type Part = readonly [
  id: string,
  minutes: number,
  title: string,
  purpose: string,
  more?: Partial<Pick<PlannedStage, 'rows' | 'outputs' | 'settles'>>,
];

/** Close and plan of a period, and the annual meeting (tracking.md T14): the rare ones, that whole quarters hang on. Texts are ours. */
export const agendasOfThePeriod: Readonly<
  Record<'quarterly-close' | 'quarterly-plan' | 'annual', readonly Part[]>
> = {
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
};
