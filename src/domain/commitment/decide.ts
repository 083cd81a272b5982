import type { Actor } from '../event.ts';
import { allowed, refused } from '../outcome.ts';
import type { Instant } from '../time.ts';
import type { Asked, CommitmentOutcome } from './asked.ts';
import { clockEvents } from './clock.ts';
import type { Commitment } from './commitment.ts';
import type { CommitmentCommand } from './command.ts';
import type { CommitmentContext } from './context.ts';
import { decideContribution } from './contribution.ts';
import { decideCheckIn } from './decide-check-in.ts';
import { decideClosing } from './decide-closing.ts';
import { decideOffer } from './decide-offer.ts';
import { decideAfterwards } from './decide-afterwards.ts';
import { decideBasis } from './decide-basis.ts';
import { decideProposal } from './decide-proposal.ts';
import { decideRescope } from './decide-rescope.ts';
import { foldAll } from './fold.ts';
import { mayAsk } from './moves.ts';
import { isDelegate, rolesOf } from './roles.ts';
import { commandRules, roleWords } from './rules.ts';

/**
 * What follows from a command: events, or why not (tracking.md T4). Runs in the browser for an instant answer and on
 * the server for the binding one. What the clock has done by then is decided first and is part of the answer. An empty
 * list means that all is as asked already.
 */
export function decide(
  state: Commitment | null,
  command: CommitmentCommand,
  actor: Actor,
  at: Instant,
  context: CommitmentContext,
): CommitmentOutcome {
  const asked = { command, actor, at, context };
  if (command.type === 'offer') return decideOffer(state, { ...asked, command });
  if (state === null) return refused('unknown-commitment', 'There is no such commitment.');
  const clock = context.importing ? [] : clockEvents(state, at, context);
  if (command.type === 'tick') return allowed(clock);
  const it = foldAll(clock, state) ?? state;
  const stopped = refuseActor(it, asked);
  if (stopped !== null) return stopped;
  const decided = dispatch(it, asked);
  return decided.ok ? allowed([...clock, ...decided.value]) : decided;
}

function dispatch(it: Commitment, asked: Asked): CommitmentOutcome {
  return (
    decideProposal(it, asked) ??
    decideCheckIn(it, asked) ??
    decideRescope(it, asked) ??
    decideClosing(it, asked) ??
    decideAfterwards(it, asked) ??
    decideBasis(it, asked) ??
    decideContribution(it, asked) ??
    allowed([])
  );
}

function refuseActor(it: Commitment, { command, actor, context }: Asked): CommitmentOutcome | null {
  const rule = commandRules[command.type];
  if (rule.from !== 'any' && !rule.from.includes(it.status)) {
    return refused('wrong-state', `This is ${it.status}: nobody can ${rule.does} now.`);
  }
  if (rule.when !== undefined && !rule.when.holds(it)) return refused('wrong-state', rule.when.otherwise);
  const speaksForOwner = actor.onBehalfOf !== undefined && actor.onBehalfOf !== null;
  if (speaksForOwner && !isDelegate(it, actor, context.standing)) {
    return refused('not-delegate', 'Only a delegate whom the owner named can speak for the owner.');
  }
  const roles = rolesOf(it, actor, context.standing, context.importing);
  if (mayAsk(command.type, it, roles)) return null;
  if (it.owner === null && rule.by.includes('owner')) {
    return refused('no-owner', 'Nobody owns this yet: name an owner on the card and commit again.');
  }
  const who = rule.by
    .filter((role) => role !== 'importer')
    .map((role) => roleWords[role])
    .join(' or ');
  return refused('not-yours', `Only ${who} can ${rule.does}.`);
}
