import { openBases, type Commitment, type CommitmentStatus } from './commitment.ts';
import type { CommitmentCommandType } from './command.ts';
import type { CommitmentRole } from './roles.ts';

/** Who may ask what, in which state: the table of tracking.md T4. Everything else is a guard of the command itself. */
export interface CommandRule {
  readonly from: readonly CommitmentStatus[] | 'any';
  readonly by: readonly CommitmentRole[];
  /** The act in words: "Only <by> may <does>." */
  readonly does: string;
  /** A further condition on the state for the act to be there at all, and what to say without it. */
  readonly when?: { readonly holds: (it: Commitment) => boolean; readonly otherwise: string };
}

const counterOpen = {
  holds: (it: Commitment) => it.status === 'proposed' && it.counter !== null,
  otherwise: 'The owner has proposed no change.',
};
const pendingOpen = {
  holds: (it: Commitment) => it.pending !== null,
  otherwise: 'No change of this promise is waiting for an answer.',
};

/** Who has to agree to a change follows from what a promise contributes to: nobody swaps them in between. */
const nothingAsked = {
  holds: (it: Commitment) => it.pending === null,
  otherwise: 'A change of this promise waits for an answer: that comes first.',
};

const notCarriedOn = {
  holds: (it: Commitment) => it.status !== 'missed' || it.missed.carriedTo === undefined,
  otherwise: 'It was carried on already: its owner was asked anew.',
};

export const commandRules: Readonly<Record<CommitmentCommandType, CommandRule>> = {
  offer: { from: 'any', by: ['anyone', 'importer'], does: 'offer this' },
  accept: { from: ['proposed'], by: ['owner', 'importer'], does: 'accept this promise' },
  'propose-change': { from: ['proposed'], by: ['owner'], does: 'propose another promise' },
  'agree-change': {
    from: ['proposed'],
    by: ['lead'],
    does: 'agree to the proposed change',
    when: counterOpen,
  },
  'refuse-change': {
    from: ['proposed'],
    by: ['lead'],
    does: 'refuse the proposed change',
    when: counterOpen,
  },
  decline: { from: ['proposed'], by: ['owner', 'lead', 'importer'], does: 'decline this' },
  park: { from: ['proposed'], by: ['owner', 'lead'], does: 'park this' },
  'check-in': { from: ['committed'], by: ['owner', 'importer'], does: 'check in' },
  'undo-check-in': { from: ['committed'], by: ['owner'], does: 'take a check-in back' },
  rescope: { from: ['committed'], by: ['owner'], does: 'change the promise' },
  'agree-rescope': {
    from: ['committed'],
    by: ['owner', 'sponsor'],
    does: 'agree to the change of the promise',
    when: pendingOpen,
  },
  'refuse-rescope': {
    from: ['committed'],
    by: ['owner', 'sponsor'],
    does: 'refuse the change of the promise',
    when: pendingOpen,
  },
  complete: { from: ['committed', 'missed'], by: ['owner', 'importer'], does: 'say that it is done' },
  acknowledge: {
    from: ['done'],
    by: ['reviewer'],
    does: 'acknowledge it',
    when: {
      holds: (it) => it.status === 'done' && it.done.acknowledgedBy === null,
      otherwise: 'It was acknowledged already.',
    },
  },
  reject: { from: ['done'], by: ['reviewer'], does: 'reject what was delivered' },
  miss: { from: ['committed'], by: ['owner', 'importer'], does: 'say that it is missed' },
  'give-cause': { from: ['missed', 'dropped', 'carried'], by: ['owner', 'importer'], does: 'name the cause' },
  drop: { from: ['committed'], by: ['owner', 'importer'], does: 'drop it' },
  // By the close its clock has usually called what is open missed: that can be asked anew as well.
  carry: {
    from: ['committed', 'missed'],
    by: ['owner', 'lead'],
    does: 'carry it into the next period',
    when: notCarriedOn,
  },
  reopen: {
    from: ['done', 'missed'],
    by: ['reviewer', 'administrator'],
    does: 'reopen it',
    when: notCarriedOn,
  },
  correct: {
    from: 'any',
    by: ['administrator'],
    does: 'correct the record',
  },
  'hand-over': { from: ['committed'], by: ['owner', 'lead'], does: 'hand it over' },
  'take-over': {
    from: ['committed'],
    by: ['successor'],
    does: 'take it over',
    when: { holds: (it) => it.handover !== null, otherwise: 'It is not being handed over.' },
  },
  'name-delegate': { from: ['proposed', 'committed'], by: ['owner'], does: 'name a delegate' },
  'break-basis': {
    from: ['proposed', 'committed'],
    by: ['anyone', 'clock'],
    does: 'say that its basis is broken',
  },
  continue: {
    from: ['committed'],
    by: ['owner'],
    does: 'go on although an assumption failed',
    when: {
      holds: (it) => openBases(it).length > 0,
      otherwise: 'No failed assumption waits for an answer.',
    },
  },
  contribute: {
    from: ['proposed', 'committed'],
    by: ['owner'],
    does: 'say what it contributes to',
    when: nothingAsked,
  },
  'stop-contributing': {
    from: ['proposed', 'committed'],
    by: ['owner'],
    does: 'take back what it contributes to',
    when: {
      holds: (it) => nothingAsked.holds(it) && (it.contributesTo ?? []).length > 0,
      otherwise: 'It contributes to nothing, or a change of it waits for an answer first.',
    },
  },
  rebase: { from: ['committed'], by: ['importer'], does: 're-base imported measures' },
  tick: { from: 'any', by: ['clock'], does: 'turn the clock' },
};

/** Words for a role in a refusal. */
export const roleWords: Readonly<Record<CommitmentRole, string>> = {
  owner: 'the owner',
  lead: "the team's lead",
  reviewer: 'the reviewer',
  sponsor: 'the sponsor',
  successor: 'the person it is handed to',
  administrator: 'an administrator',
  anyone: 'a member',
  importer: 'an import',
  clock: 'the clock',
};
