import type { PersonId } from '../access/standing.ts';
import type { Instant, LocalDate } from '../time.ts';
import { voteWords, type BallotScale } from './ballot.ts';
import { meetingNames } from './meetings.ts';
import type { Minutes } from './minutes.ts';
import { outputNames } from './missing.ts';
import type { Produced, Task } from './session.ts';

/** What minutes need of the outside to be read by people: names, times in the reader's zone, addresses. */
export interface MinutesReader {
  name(person: PersonId | null): string;
  time(at: Instant): string;
  day(on: LocalDate): string;
  link(ref: { readonly kind: string; readonly id: string }): string | null;
}

const parkedWords = {
  discussed: 'discussed',
  promise: 'became a promise',
  risk: 'became a risk',
  decision: 'became a decision',
  'next-session': 'for the next session',
  dropped: 'dropped',
} as const;

/** What became of a parked item, in words. */
export const parkedEnding = (ended: Minutes['parking'][number]['ended']): string =>
  ended === null ? 'left open' : `${parkedWords[ended.how]}${ended.text === '' ? '' : `: ${ended.text}`}`;

/** How it was held and ended, where that was not together and by who led. */
export function heldWords({
  window,
  byClock,
  pausedBoard,
}: Pick<Minutes, 'window' | 'byClock' | 'pausedBoard'>): string {
  const own = window === null ? '' : ` Open for ${window} hours, for everybody in their own time.`;
  const clock = byClock ? ' Nobody ended it: the clock did.' : '';
  return `${own}${clock}${pausedBoard ? ' The board was left paused.' : ''}`;
}

/** Scores alone are called scores. */
export const scoresTitle = ({ scores }: Pick<Minutes, 'scores'>): string =>
  scores.every(({ scale }) => scale === 'tenths') ? 'Scores' : 'Votes';

export const changedTitle = 'What changed since the last session';

/** "Ben, by 3 May 2026": whose an action item is. */
export function taskWords({ owner, due }: Task, { name, day }: Pick<MinutesReader, 'name' | 'day'>): string {
  const who = owner === null ? 'nobody yet' : name(owner);
  return due === null ? who : `${who}, by ${day(due)}`;
}

type Score = Minutes['scores'][number];

/** "0.7", "yes", or that no number was agreed; what a question got stands beside it. */
export function agreedWords({ agreed, scale, values }: Score): string {
  if (agreed !== null) return voteWords(scale, agreed);
  if (scale === 'tenths') return 'no number agreed';
  return values === null ? 'not revealed' : countsWords(scale, values);
}

/** "4 of 5 voted, spread 0.3" */
export function turnoutWords({ votes, voters, spread, scale }: Score): string {
  const wide = spread === null || scale === 'yes-no' ? '' : `, spread ${voteWords(scale, spread)}`;
  return `${votes} of ${voters} voted${wide}`;
}

/** "3 × yes, 1 × no" */
function countsWords(scale: BallotScale, values: readonly number[]): string {
  const counts = Map.groupBy(values, (value) => value);
  return [...counts]
    .sort(([a], [b]) => b - a)
    .map(([value, all]) => `${all.length} × ${voteWords(scale, value)}`)
    .join(', ');
}

/** Minutes as Markdown. */
export function minutesToMarkdown(it: Minutes, reader: MinutesReader): string {
  const { name, time, link } = reader;
  const when = [it.startedAt, it.endedAt].map((at) => (at === null ? '…' : time(at))).join(' to ');
  const line = ({ text, by, ref, task }: Produced): string => {
    const address = ref === null ? null : link(ref);
    const words = escape(text);
    const who = escape(task === undefined ? name(by) : taskWords(task, reader));
    return `- ${address === null ? words : `[${words}](${address})`} (${who})`;
  };
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
  return [
    `# ${escape(it.title)}`,
    '',
    `${meetingNames[it.kind]}, ${when}. Led by ${it.facilitators.map((each) => escape(name(each))).join(', ')}.${heldWords(it)}`,
    ...changedSection(it, reader),
    ...section(
      'Who was there',
      it.attendance.map(({ person, presentMs }) => `- ${escape(name(person))}, ${minutes(presentMs)} min`),
    ),
    ...section('Sections', [
      '| Section | Planned | Actual | From | To |',
      '| --- | ---: | ---: | --- | --- |',
      ...it.stages.map(({ title, plannedMinutes, actualMs, skipped, none, from, to }) => {
        const [began, ended] = [from, to].map((at) => (at === null || it.window !== null ? '' : time(at)));
        const without = none.map((output) => ` (no ${outputNames[output]})`).join('');
        const actual = skipped ? 'skipped' : it.window === null ? `${minutes(actualMs)} min` : 'own time';
        return `| ${escape(title)}${without} | ${plannedMinutes} min | ${actual} | ${began} | ${ended} |`;
      }),
    ]),
    ...it.outputs.flatMap(({ output, lines }) => section(capital(outputNames[output]), lines.map(line))),
    ...section('Done in the meeting', it.acts.map(line)),
    ...section(
      scoresTitle(it),
      it.scores.map((score) => `- ${escape(score.title)}: ${agreedWords(score)} (${turnoutWords(score)})`),
    ),
    ...section(
      'Parked',
      it.parking.map(({ title, ended }) => `- ${escape(title)}: ${escape(parkedEnding(ended))}`),
    ),
    ...section(
      'Left open',
      it.leftOpen.map(({ what }) => `- ${escape(what)}`),
    ),
    ...section(
      'Rating',
      it.rating === null ? [] : [`${it.rating.mean.toFixed(1)} of 10, from ${it.rating.count}`],
    ),
    ...section(
      'Added afterwards',
      it.corrections.map(({ text, by, at }) => `- ${escape(text)} (${escape(name(by))}, ${time(at)})`),
    ),
    '',
  ].join('\n');
}

/** First of all: what the meeting began with. */
function changedSection({ changed }: Minutes, { name, time, link }: MinutesReader): readonly string[] {
  if (changed === null) return [];
  const { title, endedAt, lines, more } = changed;
  return [
    '',
    `## ${changedTitle}`,
    '',
    `${escape(title)}, ended ${time(endedAt)}.`,
    '',
    ...lines.map(({ ref, title: of, text, by, at }) => {
      const address = link(ref);
      const words = address === null ? escape(of) : `[${escape(of)}](${address})`;
      return `- ${words}: ${escape(text)} (${escape(name(by))}, ${time(at)})`;
    }),
    ...(lines.length === 0 ? ['- Nothing changed.'] : []),
    ...(more === 0 ? [] : [`- And ${more} more.`]),
  ];
}

const minutes = (ms: number): number => Math.round(ms / 60_000);

/** Nothing that somebody wrote becomes markup, a link or a row of a table. */
const escape = (text: string): string => text.replaceAll(/[\\`*_[\]<>|#]/g, '\\$&').replaceAll(/\s+/g, ' ');

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
