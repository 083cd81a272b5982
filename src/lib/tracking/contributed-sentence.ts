import type { ContributionsView } from '#protocol/views/contributions.ts';

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Progress of what contributes, said as such beside the promise's own; null when there is none to tell. */
export function contributedSentence(
  { progress, told, counting }: Pick<ContributionsView, 'progress' | 'told' | 'counting'>,
  own: number | null,
): string | null {
  if (progress === null) return null;
  const of = told === counting ? '' : `, of the ${told} of ${counting} that can be told`;
  const beside = own === null ? 'it measures none of its own' : `its own is ${percent(own)}`;
  return `What contributes stands at ${percent(progress)} by weight${of}; ${beside}. How it stands is for its owner to say.`;
}

/** How many there are that the reader may not look at; null when there are none. */
export function unseenSentence(count: number): string | null {
  if (count === 0) return null;
  return count === 1
    ? 'Something on a board you do not see contributes to it; it is not counted here.'
    : `${count} on boards you do not see contribute to it; they are not counted here.`;
}
