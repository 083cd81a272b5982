import type { DependencyCommandType } from './command.ts';
import type { Dependency, DependencyStatus } from './dependency.ts';
import { answersCounter, type DependencyRole } from './roles.ts';

/** Who may make a move, in which state: the table of tracking.md T5. */
export interface MoveRule {
  readonly from: readonly DependencyStatus[];
  readonly by: readonly DependencyRole[];
  /** "Only <by> can <does>." */
  readonly does: string;
  /** A further condition for the move to be there at all; for whom it holds may depend on the state. */
  readonly when?: (it: Dependency, roles: ReadonlySet<DependencyRole>) => boolean;
}

const isAsked = (it: Dependency) => it.status !== 'countered';
const answersNow = (it: Dependency, roles: ReadonlySet<DependencyRole>) => {
  const side = answersCounter(it);
  return side === null || roles.has(side);
};

export const moveRules: Readonly<Record<Exclude<DependencyCommandType, 'save' | 'import'>, MoveRule>> = {
  send: {
    from: ['draft', 'requested'],
    by: ['requester'],
    does: 'send the ask',
    // Imported asks start no clock until somebody sends them (board.md B3).
    when: (it) => it.status === 'draft' || it.respondBy === null,
  },
  accept: {
    from: ['requested', 'accepted'],
    by: ['provider'],
    does: 'agree',
    when: (it) => it.status === 'requested' || (it.status === 'accepted' && it.reopened !== null),
  },
  counter: {
    from: ['requested', 'countered'],
    by: ['provider', 'requester'],
    does: 'make a counter-offer',
    when: (it, roles) => (isAsked(it) ? roles.has('provider') : answersNow(it, roles)),
  },
  'accept-counter': {
    from: ['countered'],
    by: ['provider', 'requester'],
    does: 'agree to the counter-offer',
    when: answersNow,
  },
  decline: {
    from: ['requested', 'countered'],
    by: ['provider', 'requester'],
    does: 'decline',
    // To a counter-offer of something agreed, no means: the agreement stands.
    when: (it, roles) =>
      it.status === 'countered' ? it.before !== null && answersNow(it, roles) : roles.has('provider'),
  },
  withdraw: { from: ['draft', 'requested', 'countered'], by: ['requester'], does: 'withdraw the ask' },
  flag: { from: ['accepted'], by: ['provider'], does: 'say that it is at risk' },
  unflag: {
    from: ['accepted'],
    by: ['provider'],
    does: 'say that it is safe again',
    when: (it) => it.status === 'accepted' && it.atRisk !== null,
  },
  deliver: { from: ['accepted'], by: ['provider'], does: 'deliver' },
  confirm: { from: ['delivered'], by: ['requester'], does: 'confirm the delivery' },
  reject: { from: ['delivered'], by: ['requester'], does: 'reject the delivery' },
  renege: { from: ['accepted'], by: ['provider'], does: 'take the promise back' },
  release: { from: ['accepted'], by: ['requester'], does: 'release the provider' },
  renegotiate: { from: ['accepted'], by: ['provider', 'requester'], does: 'ask for another agreement' },
  choose: {
    from: ['declined', 'revoked'],
    by: ['requester'],
    does: 'choose what follows from the no',
    when: (it) => (it.status === 'declined' || it.status === 'revoked') && it.choice === null,
  },
  'own-as-risk': {
    from: ['draft', 'requested', 'countered', 'declined', 'revoked'],
    by: ['requester'],
    does: 'take it as a risk',
    when: (it) => !(it.status === 'declined' || it.status === 'revoked') || it.choice === null,
  },
  'say-yes-aloud': {
    from: ['requested'],
    by: ['writer'],
    does: 'note a yes that was said aloud',
    when: (it) => it.saidYesAloud === null,
  },
  'serve-by': { from: ['accepted'], by: ['provider'], does: 'name the objective that delivers it' },
};

export type Move = keyof typeof moveRules;

/** Words for a role in a refusal. */
export const roleWords: Readonly<Record<DependencyRole, string>> = {
  requester: 'the asking side (the owner of the objective or the lead of its team)',
  provider: 'the providing team (its lead, or any member when it has none)',
  writer: 'a member',
  committer: 'a commit',
  importer: 'an import',
};
