import type { Actor } from '../event.ts';
import { allowed, refused, type Outcome } from '../outcome.ts';
import type { Instant } from '../time.ts';
import type { DependencyCommand } from './command.ts';
import type { DependencyContext } from './context.ts';
import { decideAgreement } from './decide-agreement.ts';
import { decideDelivery } from './decide-delivery.ts';
import { decideSave } from './decide-save.ts';
import type { Dependency } from './dependency.ts';
import type { DependencyEvent } from './event.ts';
import { mayMove } from './moves.ts';
import type { DependencyRefusal } from './refusal.ts';
import { rolesOf } from './roles.ts';
import { moveRules, roleWords } from './rules.ts';
import { wordFor } from './words.ts';

/**
 * What follows from a move: events, or why not (tracking.md T5). Runs in the browser for an instant answer and on the
 * server for the binding one. An empty list means that all is as asked already.
 */
export function decide(
  state: Dependency | null,
  command: DependencyCommand,
  actor: Actor,
  at: Instant,
  context: DependencyContext,
): Outcome<readonly DependencyEvent[], DependencyRefusal> {
  if (command.type === 'save' || command.type === 'import') {
    return decideSave(state, { command, actor, at, context });
  }
  if (state === null) return refused('unknown-dependency', 'There is no such ask.');
  const roles = rolesOf(state, actor, context.standing, context);
  const rule = moveRules[command.type];
  if (!rule.from.includes(state.status)) {
    return refused('wrong-state', `This ask is "${wordFor(state)}": nobody can ${rule.does} now.`);
  }
  if (!mayMove(command.type, state, roles)) {
    if (rule.by.some((role) => roles.has(role))) {
      return refused('wrong-state', `It is not your turn to ${rule.does}, or it has been done already.`);
    }
    return refused(
      'not-yours',
      `Only ${rule.by.map((role) => roleWords[role]).join(' or ')} can ${rule.does}.`,
    );
  }
  const asked = { command, actor, at, context, roles };
  return decideAgreement(state, asked) ?? decideDelivery(state, asked) ?? allowed([]);
}
