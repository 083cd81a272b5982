import type { Actor } from '../event.ts';
import type { Instant } from '../time.ts';
import { clockEvents } from './clock.ts';
import type { Commitment } from './commitment.ts';
import type { CommitmentCommandType } from './command.ts';
import type { CommitmentContext } from './context.ts';
import { foldAll } from './fold.ts';
import { rolesOf, type CommitmentRole } from './roles.ts';
import { commandRules } from './rules.ts';
import { dayMs } from '../rhythm/local-time.ts';

/** Never offered as buttons: what servers, imports and the clock do. */
const notMoves: readonly CommitmentCommandType[] = ['offer', 'rebase', 'break-basis', 'tick'];

/**
 * What this person may do now, each move offered only to its actor. The same table refuses in `decide`, so a move that
 * is shown is refused only for what is typed into it.
 */
export function movesFor(
  state: Commitment,
  actor: Actor,
  at: Instant,
  context: CommitmentContext,
): readonly CommitmentCommandType[] {
  const it = foldAll(clockEvents(state, at, context), state) ?? state;
  const roles = rolesOf(it, actor, context.standing, false);
  const types = Object.keys(commandRules) as CommitmentCommandType[];
  return types.filter(
    (type) =>
      !notMoves.includes(type) &&
      mayAsk(type, it, roles) &&
      // Who speaks for the owner hands that on to nobody.
      (type !== 'name-delegate' || actor.person === it.owner) &&
      inTime(type, it, at, context),
  );
}

/** True when state and role fit the command's line in the table. */
export function mayAsk(
  type: CommitmentCommandType,
  it: Commitment,
  roles: ReadonlySet<CommitmentRole>,
): boolean {
  const rule = commandRules[type];
  if (rule.from !== 'any' && !rule.from.includes(it.status)) return false;
  if (rule.when !== undefined && !rule.when.holds(it)) return false;
  return rule.by.some((role) => roles.has(role));
}

function inTime(
  type: CommitmentCommandType,
  it: Commitment,
  at: Instant,
  { settings, inCloseSession }: CommitmentContext,
): boolean {
  if (type === 'carry') return inCloseSession;
  if (type === 'reject') return it.status === 'done' && at < it.done.at + settings.rejectWithinDays * dayMs;
  if (type === 'undo-check-in') {
    const within = settings.undoCheckInWithinMinutes * 60_000;
    return it.checkIns.some((checkIn) => !checkIn.undone && at <= checkIn.at + within);
  }
  if (type === 'reopen') {
    const closed = it.status === 'done' ? it.done.at : it.status === 'missed' ? it.missed.at : at;
    return at <= closed + settings.reopenWithinDays * dayMs;
  }
  if (type === 'complete' && it.status === 'missed') return it.missed.deliveredLate === null;
  if (type === 'give-cause') {
    if (it.status === 'missed') return it.missed.cause === null;
    if (it.status === 'dropped') return it.dropped.cause === null;
    return it.status === 'carried' && it.carried.cause === null;
  }
  return true;
}
