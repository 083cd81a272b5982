import { voteWords, type BallotScale } from './ballot.ts';
import { meetingNames } from './meetings.ts';
import type { MinutesReader } from './minutes-reader.ts';
import type { Minutes } from './minutes.ts';
import { escapeMarkdown as escape, linkedWords } from './markdown-words.ts';
import { outputNames } from './missing.ts';
import { recordSections, unknownWords } from './record-markdown.ts';
import type { Produced, Task } from './session.ts';
import { outputsBeside, type WholeMinutes } from './whole-minutes.ts';

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

/** Minutes as Markdown: what was decided and who owes what first, who was there last. */
export function minutesToMarkdown(whole: WholeMinutes, reader: MinutesReader): string {
  const { minutes: it, record } = whole;
  const { name, time } = reader;
  const when = [it.startedAt, it.endedAt].map((at) => (at === null ? '…' : time(at))).join(' to ');
  const line = ({ text, by, at, ref, task }: Produced): string => {
    const who = escape(task === undefined ? name(by) : taskWords(task, reader));
    return `- ${linkedWords(text, ref, at, reader)} (${who})`;
  };
  return [
    `# ${escape(it.title)}`,
    '',
    `${meetingNames[it.kind]}, ${when}. Led by ${it.facilitators.map((each) => escape(name(each))).join(', ')}.${heldWords(it)}`,
    ...recordSections(whole, reader),
    ...outputsBeside(it, record).flatMap(({ output, lines }) =>
      section(capital(outputNames[output]), lines.map(line)),
    ),
    ...section('Done in the meeting', it.acts.map(line)),
    ...section(
      scoresTitle(it),
      it.scores.map(
        (score) => `- ${scored(score, it, reader)}: ${agreedWords(score)} (${turnoutWords(score)})`,
      ),
    ),
    ...section(
      'Left open',
      it.leftOpen.map(({ what }) => `- ${escape(what)}`),
    ),
    ...section(
      'Parked',
      it.parking.map(
        ({ title, ended, origin, at }) =>
          `- ${linkedWords(title, origin, at, reader)}: ${escape(parkedEnding(ended))}`,
      ),
    ),
    ...changedSection(it, reader),
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
    ...section(
      'Who was there',
      it.attendance.map(({ person, presentMs }) => `- ${escape(name(person))}, ${minutes(presentMs)} min`),
    ),
    ...section(
      'Rating',
      it.rating === null ? [] : [`${it.rating.mean.toFixed(1)} of 10, from ${it.rating.count}`],
    ),
    ...section(
      'Added afterwards',
      it.corrections.map(({ text, by, at }) => `- ${escape(text)} (${escape(name(by))}, ${time(at)})`),
    ),
    ...(record === null && it.startedAt !== null && it.endedAt !== null ? ['', `_${unknownWords}_`] : []),
    '',
  ].join('\n');
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];

/** Scores are of promises; what else is voted on can be anything, a question among them. */
function scored(score: Score, { endedAt, startedAt }: Minutes, reader: MinutesReader): string {
  const ref = { kind: 'commitment', id: score.item };
  const at = endedAt ?? startedAt ?? 0;
  if (score.scale === 'tenths') return linkedWords(score.title, ref, at, reader);
  const place = reader.place(ref, at);
  return place === null ? escape(score.title) : `${escape(score.title)} ([on the board](${place}))`;
}

/** What the meeting began with. */
function changedSection({ changed, startedAt }: Minutes, reader: MinutesReader): readonly string[] {
  if (changed === null) return [];
  const { name, time } = reader;
  const { title, endedAt, lines, more } = changed;
  return [
    '',
    `## ${changedTitle}`,
    '',
    `${escape(title)}, ended ${time(endedAt)}.`,
    '',
    ...lines.map(({ ref, title: of, text, by, at }) => {
      const words = linkedWords(of, ref, startedAt ?? at, reader);
      return `- ${words}: ${escape(text)} (${escape(name(by))}, ${time(at)})`;
    }),
    ...(lines.length === 0 ? ['- Nothing changed.'] : []),
    ...(more === 0 ? [] : [`- And ${more} more.`]),
  ];
}

const minutes = (ms: number): number => Math.round(ms / 60_000);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
