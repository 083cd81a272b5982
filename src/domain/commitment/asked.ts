import type { Actor } from '../event.ts';
import type { Outcome } from '../outcome.ts';
import type { Instant } from '../time.ts';
import type { CommitmentCommand } from './command.ts';
import type { CommitmentContext } from './context.ts';
import type { CommitmentEvent } from './event.ts';
import type { CommitmentRefusal } from './refusal.ts';

/** The events that follow from a command, or why it is refused. */
export type CommitmentOutcome = Outcome<readonly CommitmentEvent[], CommitmentRefusal>;

/** One command with all it is decided on. */
export interface Asked<C extends CommitmentCommand = CommitmentCommand> {
  readonly command: C;
  readonly actor: Actor;
  readonly at: Instant;
  readonly context: CommitmentContext;
}
