import type { PersonId } from '../access/standing.ts';
import { openBallot, type Session } from './session.ts';

/**
 * What somebody who has just come, or come back, was not there for (facilitation.md F2): three lines at most, until the
 * room moves on from where they found it.
 */
export function missedBy(it: Session, person: PersonId): readonly string[] {
  const visits = it.people[person]?.visits ?? [];
  const came = visits.at(-1)?.from;
  const found = it.stages.find(({ id }) => id === it.current)?.runs.at(-1)?.from;
  if (it.status !== 'running' || it.startedAt === null || came === undefined || found === undefined)
    return [];
  if (came <= it.startedAt || found > came) return [];
  const since = visits.at(-2)?.to ?? it.startedAt;
  const between = (at: number | null): boolean => at !== null && at > since && at <= came;
  const gone = it.stages.filter(({ runs }) => runs.some(({ to }) => between(to))).map(({ title }) => title);
  const made = it.produced.filter(({ at }) => between(at));
  const parked = it.parking.filter(({ at }) => between(at)).length;
  return [
    ...(gone.length === 0 ? [] : [`Gone through: ${gone.join(', ')}.`]),
    ...(made.length === 0 ? [] : [`Came out of it: ${made.length}, the last “${made.at(-1)?.text ?? ''}”.`]),
    ...restWords(parked, openBallot(it) !== null),
  ];
}

function restWords(parked: number, vote: boolean): readonly string[] {
  const words = [...(parked === 0 ? [] : [`${parked} parked`]), ...(vote ? ['a vote is open'] : [])].join(
    ', ',
  );
  return words === '' ? [] : [`${words.charAt(0).toUpperCase()}${words.slice(1)}.`];
}
