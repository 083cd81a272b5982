import { and, eq, inArray } from 'drizzle-orm';
import { openBallot, type Session } from '#domain/facilitation/session.ts';
import { ballotVote } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/** Where hidden votes live: in a table of their own, read for their own voter and for the reveal only. */
export async function keepVote(tx: Queries, vote: typeof ballotVote.$inferInsert): Promise<void> {
  await tx
    .insert(ballotVote)
    .values(vote)
    .onConflictDoUpdate({
      target: [ballotVote.ballotId, ballotVote.itemId, ballotVote.personId],
      set: { value: vote.value, at: vote.at },
    });
}

/** True when this person has voted on the item of the open ballot. */
export async function hasVoted(
  queries: Queries,
  it: Session,
  item: string,
  personId: string,
): Promise<boolean> {
  const ballot = openBallot(it);
  if (ballot === null) return false;
  const [found] = await queries
    .select({ at: ballotVote.at })
    .from(ballotVote)
    .where(
      and(eq(ballotVote.ballotId, ballot.id), eq(ballotVote.itemId, item), eq(ballotVote.personId, personId)),
    );
  return found !== undefined;
}

/** The values of one item, without anybody's name. */
export async function readHidden(
  queries: Queries,
  ballotId: string,
  item: string,
): Promise<readonly number[]> {
  const rows = await queries
    .select({ value: ballotVote.value })
    .from(ballotVote)
    .where(and(eq(ballotVote.ballotId, ballotId), eq(ballotVote.itemId, item)));
  return rows.map(({ value }) => value);
}

/** How many of them are these people's. */
export async function countHiddenOf(
  queries: Queries,
  ballotId: string,
  item: string,
  people: readonly string[],
): Promise<number> {
  if (people.length === 0) return 0;
  return queries.$count(
    ballotVote,
    and(
      eq(ballotVote.ballotId, ballotId),
      eq(ballotVote.itemId, item),
      inArray(ballotVote.personId, [...people]),
    ),
  );
}

/** The same of a private vote, by whom: asked for at its reveal and nowhere else. */
export async function readHiddenNamed(
  queries: Queries,
  ballotId: string,
  item: string,
): Promise<Readonly<Record<string, number>>> {
  const rows = await queries
    .select({ person: ballotVote.personId, value: ballotVote.value })
    .from(ballotVote)
    .where(and(eq(ballotVote.ballotId, ballotId), eq(ballotVote.itemId, item)));
  return Object.fromEntries(rows.map(({ person, value }) => [person, value]));
}

/** A voter's own values of the open ballot, by item. */
export async function readOwnVotes(
  queries: Queries,
  it: Session,
  personId: string,
): Promise<Readonly<Record<string, number>>> {
  const ballot = openBallot(it);
  if (ballot === null) return {};
  const rows = await queries
    .select({ item: ballotVote.itemId, value: ballotVote.value })
    .from(ballotVote)
    .where(and(eq(ballotVote.ballotId, ballot.id), eq(ballotVote.personId, personId)));
  return Object.fromEntries(rows.map(({ item, value }) => [item, value]));
}

/** Once a ballot is closed nobody can find out any more who voted what. */
export async function forgetVotes(tx: Queries, ballotId: string): Promise<void> {
  await tx.delete(ballotVote).where(eq(ballotVote.ballotId, ballotId));
}
