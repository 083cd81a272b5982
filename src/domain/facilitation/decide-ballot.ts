import { allowed, refused } from '../outcome.ts';
import { happened, type Asked, type AskedFor, type SessionOutcome } from './asked.ts';
import {
  isVote,
  leastSecretVoters,
  scaleOf,
  voteWords,
  valuesOf,
  type Ballot,
  type BallotItem,
  type BallotScale,
} from './ballot.ts';
import { isGuest } from './guests.ts';
import { isPresent, openBallot, presentPeople, type Session } from './session.ts';
import { inOwnTime } from './window.ts';

const noVote = refused('wrong-state', 'No vote is open.');
const noItem = refused('invalid', 'This is not voted on.', { path: 'item' });
const tooFew = 'too few to be secret. Vote openly, or wait until three are here.';

function noVoteOf(scale: BallotScale): SessionOutcome {
  const [least = 0, most = 0] = [valuesOf(scale)[0], valuesOf(scale).at(-1)];
  const words =
    scale === 'tenths'
      ? 'A score is a whole number of tenths, 0 to 10.'
      : `Pick one of what is offered, ${voteWords(scale, least)} to ${voteWords(scale, most)}.`;
  return refused('invalid', words, { path: 'value' });
}

/** Hidden simultaneous scoring (tracking.md T9, facilitation.md F4); null for commands of another kind. */
export function decideBallot(it: Session, asked: Asked): SessionOutcome | null {
  const { command } = asked;
  switch (command.type) {
    case 'open-ballot':
      return open(it, { ...asked, command });
    case 'vote':
      return vote(it, { ...asked, command });
    case 'reveal': {
      const ballot = openBallot(it);
      if (ballot === null) return noVote;
      const item = itemOf(ballot, command.item);
      if (item === null) return noItem;
      return reveal(ballot, item, asked);
    }
    case 'agree-score':
      return agree(it, { ...asked, command });
    case 'close-ballot': {
      const ballot = openBallot(it);
      if (ballot === null) return noVote;
      return allowed([happened(asked, endOf(command.discard), { ballot: ballot.id })]);
    }
    default:
      return null;
  }
}

/** How a ballot ends: kept with what was revealed and agreed, or as if it had not been. */
export const endOf = (discard: boolean | undefined): 'ballot-closed' | 'ballot-discarded' =>
  discard === true ? 'ballot-discarded' : 'ballot-closed';

function open(it: Session, asked: AskedFor<'open-ballot'>): SessionOutcome {
  const { id, items, openVote, ...wanted } = asked.command;
  const stage = it.stages.find((each) => each.id === it.current);
  const reveal = openVote === true ? 'open' : (wanted.reveal ?? stage?.reveal ?? 'anonymous');
  const scale = wanted.scale ?? stage?.scale ?? 'tenths';
  if (openBallot(it) !== null) return refused('vote-open', 'Another vote is open: close it first.');
  if (items.length === 0) return refused('invalid', 'There is nothing to vote on.', { path: 'items' });
  const around = inOwnTime(it) ? Object.keys(it.people) : presentPeople(it);
  const voters = around.filter((person) => it.people[person]?.mayVote === true);
  const members = voters.filter((person) => !isGuest(it, person)).length;
  // Who comes in their own time comes later: there the reveal keeps the secret, which asks for three votes.
  // A guest is whoever has the code, under any name, several times if they like: behind guests nobody is hidden.
  if (members < leastSecretVoters && reveal === 'anonymous' && !inOwnTime(it)) {
    return refused(
      'too-few-voters',
      `${members} ${members === voters.length ? '' : 'who are no guests '}can vote: ${tooFew}`,
      { path: 'openVote' },
    );
  }
  const more = {
    ...(reveal === 'private' ? { named: true } : {}),
    ...(scale === 'tenths' ? {} : { scale }),
  };
  return allowed([
    happened(asked, 'ballot-opened', { id, secret: reveal !== 'open', voters, items, ...more }),
  ]);
}

function vote(it: Session, asked: AskedFor<'vote'>): SessionOutcome {
  const { command, actor, context } = asked;
  const ballot = openBallot(it);
  if (ballot === null) return refused('wrong-state', 'No vote is open any more.');
  const item = itemOf(ballot, command.item);
  if (item === null) return noItem;
  const scale = scaleOf(ballot);
  if (!isVote(scale, command.value)) return noVoteOf(scale);
  const person = actor.person;
  if (person === null || !ballot.voters.includes(person)) {
    return refused('not-yours', 'You have no vote here.');
  }
  const of = { ballot: ballot.id, item: item.id };
  if (!ballot.secret)
    return allowed([happened(asked, 'voted-openly', { ...of, person, value: command.value })]);
  if (item.values !== null) return refused('wrong-state', 'This one is revealed: its votes stand.');
  if (context.votedBefore) return allowed([]);
  // Nobody's name beside it: the order of the log would give away who voted when.
  const nameless = { actor: { person: null, via: asked.actor.via }, at: asked.at };
  return allowed([happened(nameless, 'vote-counted', { ...of, votes: item.votes + 1 })]);
}

function reveal(ballot: Ballot, item: BallotItem, asked: Asked): SessionOutcome {
  if (item.values !== null) return allowed([]);
  if (ballot.named === true) return revealNamed(ballot, item, asked);
  const values = [...(asked.context.hidden[item.id] ?? [])].sort((a, b) => a - b);
  if (values.length < leastSecretVoters) {
    return refused(
      'too-few-votes',
      `${values.length} of ${ballot.voters.length} have voted: with fewer than three, everybody would know who.`,
    );
  }
  if (values.length - (asked.context.hiddenOfGuests ?? 0) < leastSecretVoters) {
    return refused(
      'too-few-votes',
      'Fewer than three of those who are no guests have voted: behind guests nobody is hidden.',
    );
  }
  return allowed([happened(asked, 'revealed', { ballot: ballot.id, item: item.id, values })]);
}

/** Nothing secret was promised: two who show at the same time are enough, and so is one. */
function revealNamed(ballot: Ballot, item: BallotItem, asked: Asked): SessionOutcome {
  const named = asked.context.hiddenNamed?.[item.id] ?? {};
  const values = Object.values(named).sort((a, b) => a - b);
  if (values.length === 0) return refused('too-few-votes', 'Nobody has voted on this yet.');
  return allowed([happened(asked, 'revealed', { ballot: ballot.id, item: item.id, values, named })]);
}

/** The owner types the number the room agreed on; who leads may, when the owner is not here. */
function agree(it: Session, asked: AskedFor<'agree-score'>): SessionOutcome {
  const { command, actor } = asked;
  const ballot = it.ballots.findLast(
    ({ items, discarded }) => discarded !== true && items.some(({ id }) => id === command.item),
  );
  const item = ballot === undefined ? null : itemOf(ballot, command.item);
  if (ballot === undefined || item === null) return noItem;
  const scale = scaleOf(ballot);
  if (!isVote(scale, command.value)) return noVoteOf(scale);
  if (item.values === null && ballot.closedAt === null) {
    return refused('wrong-state', 'Reveal the votes first: the number comes after the talk.');
  }
  const leads = actor.person !== null && it.facilitators.includes(actor.person);
  const ownerAway = item.owner === null || !isPresent(it, item.owner);
  if (actor.person !== item.owner && !(leads && ownerAway)) {
    return refused(
      'not-yours',
      'The owner types the agreed number; who leads may, when the owner is not here.',
    );
  }
  return allowed([
    happened(asked, 'score-agreed', { ballot: ballot.id, item: item.id, value: command.value }),
  ]);
}

const itemOf = (ballot: Ballot, id: string): BallotItem | null =>
  ballot.items.find((item) => item.id === id) ?? null;
