import type { PersonId } from '../access/standing.ts';
import type { Ballot, BallotItem } from './ballot.ts';
import type { SessionEvent } from './event.ts';
import type { Session } from './session.ts';

/** What a vote's events do; null for events of another kind. */
export function foldBallot(it: Session, event: SessionEvent): Session | null {
  switch (event.type) {
    case 'ballot-opened': {
      const { id, secret, named, scale, voters } = event.data;
      const items = event.data.items.map((item) => ({
        ...item,
        ...{ votes: 0, values: null, named: {}, agreed: null, agreedBy: null },
      }));
      const ballot: Ballot = {
        id,
        secret,
        ...(named === true ? { named } : {}),
        ...(scale === undefined ? {} : { scale }),
        voters,
        items,
        stage: it.current,
        openedAt: event.at,
        closedAt: null,
      };
      return { ...it, ballots: [...it.ballots, ballot] };
    }
    case 'vote-counted':
      return onItem(it, event.data, () => ({ votes: event.data.votes }));
    case 'voted-openly':
      return onItem(it, event.data, ({ named: before }) => {
        const named = { ...before, [event.data.person]: event.data.value };
        const values = Object.values(named).sort((a, b) => a - b);
        return { named, values, votes: values.length };
      });
    case 'revealed':
      return onItem(it, event.data, () => ({
        ...{ values: event.data.values, votes: event.data.values.length },
        ...(event.data.named === undefined ? {} : { named: event.data.named }),
      }));
    case 'score-agreed':
      return onItem(it, event.data, () => ({ agreed: event.data.value, agreedBy: event.actor.person }));
    case 'ballot-closed':
      return onBallot(it, event.data.ballot, (ballot) => ({ ...ballot, closedAt: event.at }));
    case 'ballot-discarded':
      return onBallot(it, event.data.ballot, (ballot) => ({
        ...ballot,
        ...{ closedAt: event.at, discarded: true },
        items: ballot.items.map((item) => ({ ...item, ...{ votes: 0, values: null, named: {} } })),
      }));
    default:
      return null;
  }
}

/** Who comes while a vote is on may vote. */
export function admitVoter(it: Session, person: PersonId): Session {
  const ballots = it.ballots.map((ballot) =>
    ballot.closedAt === null && !ballot.voters.includes(person)
      ? { ...ballot, voters: [...ballot.voters, person] }
      : ballot,
  );
  return { ...it, ballots };
}

function onItem(
  it: Session,
  { ballot, item }: { readonly ballot: string; readonly item: string },
  change: (item: BallotItem) => Partial<BallotItem>,
): Session {
  return onBallot(it, ballot, (found) => ({
    ...found,
    items: found.items.map((each) => (each.id === item ? { ...each, ...change(each) } : each)),
  }));
}

function onBallot(it: Session, id: string, change: (ballot: Ballot) => Ballot): Session {
  return { ...it, ballots: it.ballots.map((ballot) => (ballot.id === id ? change(ballot) : ballot)) };
}
