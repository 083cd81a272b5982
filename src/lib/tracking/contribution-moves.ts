import type { ParentChoice } from '#protocol/views/contributions.ts';
import type { CommitmentRow } from '#protocol/views/tracking.ts';
import { depths, type Depth } from '#domain/depth/depth.ts';
import type { Move, Option } from './move.ts';

/** What an owner may choose from, and what he has chosen, as far as he may look at it. */
export interface ContributionChoices {
  readonly choices: readonly Option[];
  readonly chosen: readonly Option[];
}

export const noChoices: ContributionChoices = { choices: [], chosen: [] };

const reach = { week: 'week', month: 'month', quarter: 'quarter', year: 'year' } as const;

/** Promises as a list offers them: with how far each reaches. */
export function contributionChoices(
  choices: readonly ParentChoice[],
  chosen: readonly Pick<CommitmentRow, 'id' | 'statement'>[],
): ContributionChoices {
  return {
    choices: choices.map(({ id, statement, horizon }) => ({
      value: id,
      label: `${statement} (${reach[horizon]})`,
    })),
    chosen: chosen.map(({ id, statement }) => ({ value: id, label: statement })),
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
