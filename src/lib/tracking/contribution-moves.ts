import { unseenWords } from '#domain/access/board-scope.ts';
import type { ContributionsView, ParentChoice } from '#protocol/views/contributions.ts';
import { depths, type Depth } from '#domain/depth/depth.ts';
import type { Move, Option } from './move.ts';

/** What an owner may choose from, and what he has chosen; what he may not look at any more has no name. */
export interface ContributionChoices {
  readonly choices: readonly Option[];
  readonly chosen: readonly Option[];
}

export const noChoices: ContributionChoices = { choices: [], chosen: [] };

const reach = { week: 'week', month: 'month', quarter: 'quarter', year: 'year' } as const;

/** Promises as a list offers them: with how far each reaches. */
export function contributionChoices(
  choices: readonly ParentChoice[],
  { to, toTakeBack }: Pick<ContributionsView, 'to' | 'toTakeBack'>,
): ContributionChoices {
  return {
    choices: choices.map(({ id, statement, horizon }) => ({
      value: id,
      label: `${statement} (${reach[horizon]})`,
    })),
    chosen: [
      ...to.map(({ id, statement }) => ({ value: id, label: statement })),
      ...toTakeBack.map((id, index) => ({
        value: id,
        label: toTakeBack.length === 1 ? unseenWords : `${unseenWords} (${index + 1})`,
      })),
    ],
  };
}

/** The forms for what a promise contributes to; none without something to choose. */
export function contributionMoves(
  offered: ReadonlySet<string>,
  { choices, chosen }: ContributionChoices,
  depth: Depth,
): readonly Move[] {
  const agrees = depths[depth].sponsor
    ? ' The lead of its team agrees to changes of yours from then on.'
    : '';
  const moves: Move[] = [];
  if (offered.has('contribute') && choices.length > 0) {
    moves.push({
      command: 'contribute',
      label: 'Say what it contributes to',
      look: 'plain',
      lead: `It is shown there with its state and progress. What you promised stays as it is.${agrees}`,
      press: 'Contribute to it',
      fields: [{ kind: 'select', name: 'to', label: 'Contributes to', options: choices, empty: 'Choose' }],
    });
  }
  if (offered.has('stop-contributing') && chosen.length > 0) {
    moves.push({
      command: 'stop-contributing',
      label: 'Take back what it contributes to',
      look: 'plain',
      press: 'Take it back',
      fields: [
        {
          ...{ kind: 'select', name: 'to', label: 'Contributes no more to', options: chosen },
          ...(chosen.length === 1 ? { value: chosen[0]?.value ?? '' } : { empty: 'Choose' }),
        },
      ],
    });
  }
  return moves;
}
