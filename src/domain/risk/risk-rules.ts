import { allowed, refused, type Fault } from '../outcome.ts';
import type { ActRule, EntryAsked, EntryContext, EntryOutcome, EntryRules } from '../register/entry.ts';
import { entryRolesOf } from '../register/entry-roles.ts';
import { badDay, badNumber, differing, missing, refuseFaults } from '../register/entry-faults.ts';
import { dayMs, localDateOf } from '../rhythm/local-time.ts';
import type { Instant } from '../time.ts';
import { foldRisk } from './fold.ts';
import type { Risk, RiskCommand, RiskEvent, RiskFacts } from './risk.ts';

type Asked = EntryAsked<RiskCommand>;

const open = ['new', 'owned', 'accepted', 'mitigated'];
const hands = ['owner', 'raiser', 'team', 'room'] as const;

const acts: Readonly<Record<string, ActRule>> = {
  own: { from: open, by: hands, does: 'own it' },
  mitigate: { from: open, by: hands, does: 'plan against it' },
  accept: { from: ['new', 'owned', 'mitigated'], by: ['owner', 'team', 'room'], does: 'accept it' },
  resolve: { from: open, by: hands, does: 'say that it is resolved' },
  happen: { from: open, by: hands, does: 'say that it happened' },
  amend: { from: open, by: hands, does: 'change it' },
  reopen: { from: ['resolved', 'accepted', 'mitigated'], by: hands, does: 'open it again' },
};

/** The life of a risk (tracking.md T8, facilitation.md F16): resolved, owned, accepted or mitigated, each with its facts. */
export const riskRules: EntryRules<Risk, RiskCommand, RiskEvent> = {
  noun: 'risk',
  ownerWord: 'its owner',
  opens: 'raise',
  acts,
  open: raise,
  act,
  fold: foldRisk,
  clock: () => [],
};

function raise({ command, actor, at }: Asked): EntryOutcome<RiskEvent> {
  if (command.type !== 'raise') return allowed([]);
  const facts: RiskFacts = {
    title: command.title,
    detail: command.detail ?? '',
    sign: command.sign ?? 'risk',
    probability: command.probability ?? null,
    affects: command.affects ?? [],
    trigger: command.trigger ?? '',
    reviewOn: command.reviewOn ?? null,
  };
  const stopped = refuseFaults(faultsOf(facts));
  if (stopped !== null) return stopped;
  const place = { board: command.board ?? null, key: command.key ?? null, team: command.team ?? null };
  return allowed([{ type: 'raised', data: { facts, place }, at, actor }]);
}

function act(it: Risk, asked: Asked): EntryOutcome<RiskEvent> {
  const { command, actor, at } = asked;
  switch (command.type) {
    case 'amend': {
      const { type: _, ...facts } = command;
      const change = differing<RiskFacts>(it, facts);
      const stopped = refuseFaults(faultsOf({ ...it, ...change }));
      if (stopped !== null || Object.keys(change).length === 0) return stopped ?? allowed([]);
      return allowed([{ type: 'amended', data: { change }, at, actor }]);
    }
    case 'own': {
      const owner = command.owner ?? actor.person ?? '';
      const followUp = command.followUp ?? null;
      const stopped = refuseFaults([badDay('followUp', followUp)]) ?? refuseNaming(it, asked, owner);
      if (stopped !== null) return stopped;
      return allowed([{ type: 'owned', data: { owner, followUp }, at, actor }]);
    }
    case 'accept': {
      const { reason, reviewOn } = command;
      const stopped = refuseFaults([
        missing('reason', reason, 'Say why it is accepted.'),
        missing('reviewOn', reviewOn ?? '', 'Say when it is looked at again.'),
        badDay('reviewOn', reviewOn),
      ]);
      if (stopped !== null || reviewOn === null) return stopped ?? allowed([]);
      const by = actor.via === 'session' ? (command.acceptedBy ?? actor.person) : actor.person;
      return allowed([{ type: 'accepted', data: { reason, reviewOn, by }, at, actor, reason }]);
    }
    case 'mitigate': {
      const { plan, todos = [], reviewOn = null } = command;
      const stopped = refuseFaults([
        missing('plan', plan, 'Say what is done about it.'),
        badDay('reviewOn', reviewOn),
      ]);
      return stopped ?? allowed([{ type: 'mitigated', data: { plan, todos, reviewOn }, at, actor }]);
    }
    case 'resolve':
    case 'reopen': {
      const { reason } = command;
      const stopped = refuseFaults([missing('reason', reason, 'Say why.')]);
      if (stopped !== null) return stopped;
      const type = command.type === 'resolve' ? 'resolved' : 'reopened';
      return allowed([{ type, data: { reason }, at, actor, reason }]);
    }
    case 'happen': {
      const { what } = command;
      const stopped = refuseFaults([missing('what', what, 'Say what happened.')]);
      return stopped ?? allowed([{ type: 'happened', data: { what }, at, actor, reason: what }]);
    }
    default:
      return allowed([]);
  }
}

/** Everybody may take a risk on; naming somebody else is for the team's lead, or for the room. */
function refuseNaming(it: Risk, { actor, context }: Asked, owner: string) {
  if (owner === actor.person) return null;
  const roles = entryRolesOf(it, actor, context.standing);
  if (roles.has('lead') || roles.has('room')) return null;
  const message = 'You can own it yourself; the lead of its team, or a session, can name somebody else.';
  return refused('not-yours', message, { path: 'owner' });
}

/** Owned for too long without a day to look again, or past a day to look. */
export function riskFlags(
  it: Risk,
  at: Instant,
  { zone, settings }: Pick<EntryContext, 'zone' | 'settings'>,
): readonly string[] {
  const today = localDateOf(at, zone);
  const flags: string[] = [];
  if (it.status === 'owned') {
    const since = it.ownedAt ?? it.raisedAt;
    if (it.followUp === null && at >= since + settings.followUpWithinDays * dayMs) flags.push('no-follow-up');
    if (it.followUp !== null && it.followUp <= today) flags.push('review-due');
  }
  const watched = it.status === 'accepted' || it.status === 'mitigated' || it.status === 'new';
  if (watched && it.reviewOn !== null && it.reviewOn <= today) flags.push('review-due');
  return flags;
}

const faultsOf = (it: RiskFacts): readonly (Fault | null)[] => [
  missing('title', it.title, 'Write what may happen.'),
  badNumber('probability', it.probability, { least: 1, most: 5, what: 'Probability' }),
  badDay('reviewOn', it.reviewOn),
];
