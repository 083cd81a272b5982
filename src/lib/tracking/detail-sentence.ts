import type { Clock } from '#lib/ui/clock.ts';
import { daysBetween, dayWords, localDateOf } from '#lib/ui/dates.ts';
import type { CommitmentDetail } from '#protocol/views/tracking.ts';
import { personOf, type Directory } from './directory.ts';
import { isRunning } from './display-state.ts';
import { capital, count } from './sentences.ts';

/** The first sentence of a commitment's page: whose it is, how much time is left, what moved since the baseline. */
export function detailSentence(it: CommitmentDetail, directory: Directory, clock: Clock): string {
  const owner = personOf(directory, it.ownerId)?.name ?? 'nobody yet';
  if (it.display === 'proposed') return `Proposed to ${owner}, whose yes is missing.`;
  if (it.display === 'not-accepted') return `Proposed to ${owner}, who has not answered in time.`;
  if (!isRunning(it.display)) return `Promised by ${owner}.`;
  return [`Promised by ${owner}`, timeLeft(it, clock), movedSince(it), waitsOn(it)]
    .filter((part) => part !== '')
    .join('; ')
    .concat('.');
}

function timeLeft(it: CommitmentDetail, clock: Clock): string {
  if (it.due === null) return '';
  const days = daysBetween(localDateOf(clock.now, clock.timezone), it.due);
  if (days < 0) return `due was ${dayWords(it.due, clock)}`;
  return days <= 1 ? `due ${dayWords(it.due, clock)}` : `${count(days, 'day', 'days')} left`;
}

/** What changed since the yes: nothing is worth saying, too. */
function movedSince(it: CommitmentDetail): string {
  if (it.baseline === null) return '';
  const days = it.baseline.due !== null && it.now.due !== null ? daysBetween(it.baseline.due, it.now.due) : 0;
  const date =
    days === 0
      ? 'date unchanged'
      : `${count(Math.abs(days), 'day', 'days')} ${days > 0 ? 'later' : 'earlier'}`;
  const scope =
    JSON.stringify(measured(it.baseline)) === JSON.stringify(measured(it.now))
      ? 'scope unchanged'
      : 'scope changed';
  return `since the baseline ${date}, ${scope}`;
}

function measured(promise: NonNullable<CommitmentDetail['baseline']>): readonly unknown[] {
  return promise.measures.map((it) => [it.key, it.target]).sort();
}

function waitsOn(it: CommitmentDetail): string {
  const late = it.needs.filter(
    (need) => need.flags.includes('late') || need.flags.includes('at-risk'),
  ).length;
  return late === 0 ? '' : `${count(late, 'need of it is', 'needs of it are')} late or at risk`;
}

/** What a provider sees before checking in: who else is hit by a slip. */
export function servesSentence(it: CommitmentDetail): string | null {
  return rippleSentence({
    objectives: new Set(it.serves.map((need) => need.requesterKey ?? need.id)).size,
    teams: new Set(it.serves.map((need) => need.requesterTeamId)).size,
  });
}

/** The same for who knows only how many. */
export function rippleSentence({
  objectives,
  teams,
}: {
  readonly objectives: number;
  readonly teams: number;
}): string | null {
  if (objectives === 0) return null;
  return capital(
    `${count(objectives, 'objective', 'objectives')} of ${count(teams, 'team', 'teams')} ${objectives === 1 ? 'depends' : 'depend'} on this.`,
  );
}
