import { allowed, refused } from '../outcome.ts';
import { isLocalDate } from '../rhythm/local-time.ts';
import type { Asked, DependencyOutcome } from './asked.ts';
import type { Dependency } from './dependency.ts';

const needReason = (message: string) => refused('reason-missing', message, { path: 'reason' });

/** Moves after an agreement or after a no; null for moves of another kind. */
export function decideDelivery(it: Dependency, asked: Asked): DependencyOutcome | null {
  const { command, actor, at } = asked;
  switch (command.type) {
    case 'flag': {
      const { date, why } = command;
      if (why.trim() === '') return refused('reason-missing', 'Say what puts it at risk.', { path: 'why' });
      if (date !== null && !isLocalDate(date)) {
        return refused('invalid', 'Give the day it may become, like 2026-09-30.', { path: 'date' });
      }
      return allowed([{ type: 'flagged', data: { date, why }, at, actor, reason: why }]);
    }
    case 'unflag':
      return allowed([{ type: 'unflagged', data: { why: command.why }, at, actor, reason: command.why }]);
    case 'deliver': {
      const { evidence } = command;
      if (evidence.trim() === '') {
        return refused('evidence-missing', 'Show what was delivered, or where it is.', { path: 'evidence' });
      }
      return allowed([{ type: 'delivered', data: { evidence }, at, actor }]);
    }
    case 'confirm':
      return allowed([{ type: 'confirmed', data: {}, at, actor }]);
    case 'reject': {
      const { reason } = command;
      if (reason.trim() === '') return needReason('Say what is missing for it to be what you asked for.');
      return allowed([{ type: 'rejected', data: { reason }, at, actor, reason }]);
    }
    case 'renege': {
      const { reason } = command;
      if (reason.trim() === '') return needReason('Say why the promise is taken back.');
      return allowed([{ type: 'reneged', data: { reason }, at, actor, reason }]);
    }
    case 'choose': {
      const { choice, text } = command;
      const owner = command.owner ?? null;
      const decisionId = command.decisionId ?? null;
      if (choice === 'own-as-risk' && owner === null) {
        return refused('owner-missing', 'Name who owns the risk.', { path: 'owner' });
      }
      if (text.trim() === '') return needReason('Say in a sentence what you do instead.');
      return allowed([
        { type: 'chosen', data: { choice, text, owner, decisionId }, at, actor, reason: text },
      ]);
    }
    case 'own-as-risk': {
      const { owner, text } = command;
      if (owner.trim() === '') return refused('owner-missing', 'Name who owns the risk.', { path: 'owner' });
      if (text.trim() === '') return needReason('Say what happens if it is not delivered.');
      const ended = it.status === 'declined' || it.status === 'revoked';
      if (!ended) return allowed([{ type: 'owned-as-risk', data: { owner, text }, at, actor, reason: text }]);
      const data = { choice: 'own-as-risk', text, owner, decisionId: null } as const;
      return allowed([{ type: 'chosen', data, at, actor, reason: text }]);
    }
    default:
      return null;
  }
}
