import type { Actor } from '../event.ts';
import type { Outcome } from '../outcome.ts';
import type { Instant } from '../time.ts';
import type { DependencyCommand } from './command.ts';
import type { DependencyContext } from './context.ts';
import type { DependencyEvent } from './event.ts';
import type { DependencyRefusal } from './refusal.ts';
import type { DependencyRole } from './roles.ts';

export type DependencyOutcome = Outcome<readonly DependencyEvent[], DependencyRefusal>;

/** One move with all it is decided on. */
export interface Asked<C extends DependencyCommand = DependencyCommand> {
  readonly command: C;
  readonly actor: Actor;
  readonly at: Instant;
  readonly context: DependencyContext;
  readonly roles: ReadonlySet<DependencyRole>;
}
