import type { OutputKind } from './agenda.ts';
import { isScoring, openBallot, type Missing, type Session, type Task } from './session.ts';

/** What each output is called where it is missing. */
export const outputNames: Readonly<Record<OutputKind, string>> = {
  promises: 'promises with owner and day',
  decisions: 'decisions',
  triage: 'issues moved',
  message: 'the message to others',
  rescopes: 'promises changed on purpose',
  capacity: 'changes of capacity',
  escalations: 'escalations',
  scores: 'agreed scores',
  causes: 'causes',
  carried: 'what is carried over',
  learnings: 'learnings',
  'keep-change-stop': 'keep, change, stop',
  plan: 'the committed plan',
  needs: 'needs agreed or owned as a risk',
  confidence: 'confidence in the plan',
  bookings: 'booked meetings',
  frame: 'the strategy frame',
  outcomes: 'outcomes of the year',
  'not-doing': 'what is not being done',
  rating: 'a rating from 1 to 10',
};

/** True when the section has left this behind, or "none" is ticked. */
export function hasOutput(it: Session, stage: string, output: OutputKind): boolean {
  if (it.none.some((each) => each.stage === stage && each.output === output)) return true;
  if (output === 'rating') return Object.keys(it.ratings).length > 0;
  if (output === 'scores')
    return it.ballots.filter(isScoring).some(({ items }) => items.some(({ agreed }) => agreed !== null));
  return it.produced.some((each) => each.output === output);
}

/** Everything the meeting would end without: outputs of sections, rows not dealt with, actions nobody has, parked items, an open vote. */
export function missingAtEnd(it: Session, openRows: readonly Missing[]): readonly Missing[] {
  const outputs = it.stages.flatMap(({ id, title, outputs: forced }) =>
    forced
      .filter((output) => !hasOutput(it, id, output))
      .map((output) => ({ stage: id, what: `${title}: ${outputNames[output]}`, output, row: null })),
  );
  const parked = it.parking
    .filter(({ ended }) => ended === null)
    .map(({ title }) => ({ stage: null, what: `Parked: ${title}`, output: null, row: null }));
  const tasks = it.produced.flatMap(({ stage, text, task }) => {
    const lacks = task === undefined ? null : lacking(task);
    return lacks === null ? [] : [{ stage, what: `${text}: ${lacks}`, output: null, row: null }];
  });
  const vote =
    openBallot(it) === null ? [] : [{ stage: null, what: 'The vote is still open', output: null, row: null }];
  return [...openRows, ...outputs, ...tasks, ...parked, ...vote];
}

/** What a commitment is without, in words; null when it has an owner and a day. */
export function lacking({ owner, due }: Task): string | null {
  if (owner !== null && due !== null) return null;
  if (owner === null && due === null) return 'no owner and no day yet';
  return owner === null ? 'no owner yet' : 'no day yet';
}
