import type { PersonId } from '../access/standing.ts';
import type { Session } from './session.ts';
import { inOwnTime } from './window.ts';

/** An area of the meeting's board: the record, and what it was called when the section was prepared. */
export interface BoardArea {
  readonly id: string;
  readonly title: string;
}

/** `raise`: only park, and raise issues. `talk`: nothing is written, people talk. Votes are opened by who leads, and stand apart. */
export const inputsAllowed = ['everything', 'raise', 'talk'] as const;
export type InputAllowed = (typeof inputsAllowed)[number];

/** `area`: only in the section's area. `none`: people look. */
export const boardEdits = ['everything', 'area', 'none'] as const;
export type BoardEdits = (typeof boardEdits)[number];

/** What somebody is about to write: a line or a new entry, a new issue, an act on a row, something to park, a rating. */
export type Input = 'write' | 'raise' | 'row' | 'park' | 'rate';

const raising: readonly Input[] = ['raise', 'park'];

/**
 * True when the section takes this from this person now (facilitation.md F2). It is where the room is that counts, not what
 * somebody looks at; in everybody's own time, the section it is written in. Who leads may always.
 */
export function takesInput(
  it: Pick<Session, 'stages' | 'current' | 'facilitators' | 'window'>,
  person: PersonId | null,
  input: Input,
  into: string | null = null,
): boolean {
  if (person !== null && it.facilitators.includes(person)) return true;
  const where = inOwnTime(it) ? into : it.current;
  const allows = it.stages.find(({ id }) => id === where)?.allows ?? 'everything';
  return allows === 'everything' || (allows === 'raise' && raising.includes(input));
}

/** The same for everybody who does not lead, in words; empty when there is nothing to say. */
export const allowsWords: Readonly<Record<InputAllowed, string>> = {
  everything: '',
  raise: 'In this section things are parked and issues raised, nothing else is written.',
  talk: 'In this section people talk, nothing is written.',
};

export const editsWords: Readonly<Record<BoardEdits, string>> = {
  everything: '',
  area: 'On the board only its area is changed.',
  none: 'The board is looked at, not changed.',
};
