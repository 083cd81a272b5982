import type { PersonId } from '../access/standing.ts';
import type { CommitmentEvent } from '../commitment/event.ts';
import type { DependencyEvent } from '../dependency/event.ts';
import type { Manner } from './message.ts';

/** Something that happened and that others are waiting to hear, before it is known who they are. */
export interface News {
  readonly to: readonly PersonId[];
  readonly rung:
    'asked' | 'answered' | 'unanswered' | 'unconfirmed' | 'ask-due' | 'ask-late' | 'promise' | 'decide';
  readonly title: string;
  readonly evidence: string;
  readonly manner: Manner;
}

/** Event types that are news to somebody. */
export const newsTypes: readonly (DependencyEvent['type'] | CommitmentEvent['type'])[] = [
  ...([
    'requested',
    're-requested',
    'changed',
    'accepted',
    'countered',
    'upheld',
    'declined',
    'reneged',
  ] as const),
  ...(['flagged', 'unflagged', 'delivered', 'confirmed', 'rejected', 'withdrawn'] as const),
  ...(['offered', 'change-proposed', 'change-agreed', 'change-refused', 'rescope-asked'] as const),
  ...([
    'rescope-refused',
    'completed',
    'reopened',
    'missed',
    'basis-broken',
    'handover-asked',
    'delegate-named',
  ] as const),
];

/** A reason as it is told. */
export const because = (text: string): string =>
  text.trim() === '' ? 'No reason was given.' : `“${text.trim()}”.`;
