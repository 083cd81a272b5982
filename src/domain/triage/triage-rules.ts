import { allowed, type Fault } from '../outcome.ts';
import type { ActRule, EntryAsked, EntryOutcome, EntryRules } from '../register/entry.ts';
import { badDay, badNumber, differing, missing, refuseFaults } from '../register/entry-faults.ts';
import { localDateOf } from '../rhythm/local-time.ts';
import type { Instant, TimeZone } from '../time.ts';
import { foldTriage } from './fold.ts';
import type { Closing, TriageCommand, TriageEvent, TriageFacts, TriageItem } from './triage-item.ts';

type Asked = EntryAsked<TriageCommand>;

const open = ['new', 'now', 'later', 'not-ours', 'assess', 'collaborate', 'act'];
const table = ['team', 'room'] as const;

const acts: Readonly<Record<string, ActRule>> = {
  place: { from: ['new', 'now', 'later', 'not-ours'], by: table, does: 'place it' },
  assess: { from: ['now', 'later', 'assess'], by: table, does: 'assess it' },
  collaborate: { from: ['now', 'assess', 'collaborate'], by: table, does: 'work on it together' },
  act: { from: ['now', 'assess', 'collaborate', 'act'], by: table, does: 'agree who acts' },
  close: { from: open, by: ['owner', 'raiser', 'team', 'room'], does: 'close it' },
  'hand-over': { from: ['new', 'now', 'later', 'not-ours'], by: table, does: 'hand it to another team' },
  amend: { from: open, by: ['owner', 'raiser', 'team', 'room'], does: 'change it' },
  reopen: { from: ['closed'], by: ['owner', 'raiser', 'team', 'room'], does: 'open it again' },
  rank: { from: open, by: table, does: 'rank it', silent: true },
};

/** The way of an issue or opportunity (tracking.md T17): anybody raises it, its team places it, works on it, ends it. */
export const triageRules: EntryRules<TriageItem, TriageCommand, TriageEvent> = {
  noun: 'item',
  ownerWord: 'who acts on it',
  opens: 'raise',
  acts,
  open: raise,
  act,
  fold: foldTriage,
  clock: () => [],
};

function raise({ command, actor, at }: Asked): EntryOutcome<TriageEvent> {
  if (command.type !== 'raise') return allowed([]);
  const facts: TriageFacts = {
    title: command.title,
    kind: command.kind ?? 'issue',
    detail: command.detail ?? '',
    origin: command.origin ?? (actor.via === 'session' ? 'session' : 'page'),
    originId: command.originId ?? null,
    weight: command.weight ?? 3,
    affects: command.affects ?? [],
  };
  const stopped = refuseFaults(faultsOf(facts));
  if (stopped !== null) return stopped;
  const place = { board: command.board ?? null, key: command.key ?? null, team: command.team ?? null };
  return allowed([{ type: 'raised', data: { facts, place, rank: command.rank ?? 0 }, at, actor }]);
}

function act(it: TriageItem, { command, actor, at }: Asked): EntryOutcome<TriageEvent> {
  switch (command.type) {
    case 'amend': {
      const { type: _, ...facts } = command;
      const change = differing<TriageFacts>(it, facts);
      const stopped = refuseFaults(faultsOf({ ...it, ...change }));
      if (stopped !== null || Object.keys(change).length === 0) return stopped ?? allowed([]);
      return allowed([{ type: 'amended', data: { change }, at, actor }]);
    }
    case 'place': {
      const { where, reason = '' } = command;
      const stopped = refuseFaults([
        where === 'not-ours' ? missing('reason', reason, 'Say whose it is, or why it is not yours.') : null,
      ]);
      if (stopped !== null || it.status === where) return stopped ?? allowed([]);
      return allowed([{ type: 'placed', data: { where, reason }, at, actor, reason }]);
    }
    case 'hand-over':
      if (command.team === it.team) return allowed([]);
      return allowed([{ type: 'handed-over', data: { team: command.team }, at, actor }]);
    case 'assess': {
      const { text, weight = null } = command;
      const stopped = refuseFaults([
        missing('text', text, 'Write what you found.'),
        badNumber('weight', weight, { least: 1, most: 10, what: 'Weight' }),
      ]);
      return stopped ?? allowed([{ type: 'assessed', data: { text, weight }, at, actor }]);
    }
    case 'collaborate': {
      const { people, text = '' } = command;
      const none = people.length === 0 ? { path: 'people', message: 'Say with whom.' } : null;
      return refuseFaults([none]) ?? allowed([{ type: 'taken-together', data: { people, text }, at, actor }]);
    }
    case 'act': {
      const { owner, by, text = '' } = command;
      const stopped = refuseFaults([
        missing('owner', owner, 'Say who acts.'),
        missing('by', by ?? '', 'Say by when.'),
        badDay('by', by),
      ]);
      if (stopped !== null || by === null) return stopped ?? allowed([]);
      return allowed([{ type: 'action-agreed', data: { owner, by, text }, at, actor }]);
    }
    case 'close': {
      const closing: Closing = {
        decision: command.decision ?? null,
        commitment: command.commitment ?? null,
        reason: command.reason ?? '',
      };
      const bare = closing.decision === null && closing.commitment === null;
      const stopped = refuseFaults([
        bare ? missing('reason', closing.reason, 'Name the decision, the commitment or the reason.') : null,
      ]);
      return stopped ?? allowed([{ type: 'closed', data: closing, at, actor, reason: closing.reason }]);
    }
    case 'reopen': {
      const { reason } = command;
      const stopped = refuseFaults([missing('reason', reason, 'Say why.')]);
      return stopped ?? allowed([{ type: 'reopened', data: { reason }, at, actor, reason }]);
    }
    case 'rank':
      if (command.rank === it.rank) return allowed([]);
      return allowed([{ type: 'ranked', data: { rank: command.rank }, at, actor }]);
    default:
      return allowed([]);
  }
}

/** An action past its day. */
export function triageFlags(it: TriageItem, at: Instant, zone: TimeZone): readonly string[] {
  const late = it.status === 'act' && it.actBy !== null && it.actBy < localDateOf(at, zone);
  return late ? ['act-overdue'] : [];
}

const faultsOf = (it: TriageFacts): readonly (Fault | null)[] => [
  missing('title', it.title, 'Write what it is about.'),
  badNumber('weight', it.weight, { least: 1, most: 10, what: 'Weight' }),
];
