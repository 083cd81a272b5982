import type { BallotReveal, BallotScale } from '#domain/facilitation/ballot.ts';
import type { BoardEdits, InputAllowed } from '#domain/facilitation/section-tools.ts';

const optionsOf = <T extends string>(words: Readonly<Record<T, string>>) =>
  Object.entries<string>(words).map(([value, label]) => ({ value, label }));

/** What a section can be prepared with, as its form offers it. */
export const allowsOptions = optionsOf<InputAllowed>({
  everything: 'Everything',
  raise: 'Park and raise issues only',
  talk: 'Nothing: people talk',
});

export const editsOptions = optionsOf<BoardEdits>({
  everything: 'What they always may',
  area: 'Only the area above',
  none: 'Nothing: they look',
});

export const revealOptions = optionsOf<BallotReveal>({
  anonymous: 'Hidden, no names',
  private: 'Hidden, then names',
  open: 'Open, hands up',
});

export const scaleOptions = optionsOf<BallotScale>({
  tenths: 'Scores, 0.0 to 1.0',
  five: 'One to five',
  'yes-no': 'Yes or no',
});
