import type { CommitmentRow, DependencyRow, DisplayState } from '#protocol/views/tracking.ts';
import { isRunning } from './display-state.ts';

const numbers = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

/** A number as it is written in a sentence: a word up to twelve. */
export function spelled(n: number): string {
  return numbers[n] ?? String(n);
}

/** A count as it is written in a sentence. */
export function count(n: number, one: string, many: string): string {
  return `${spelled(n)} ${n === 1 ? one : many}`;
}

/** Joins parts with commas and *and*. */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** Where a list of commitments stands, silence included. */
export function commitmentsSentence(rows: readonly CommitmentRow[]): string {
  if (rows.length === 0) return 'Nothing is promised here yet.';
  const of = (...states: DisplayState[]): number => rows.filter((it) => states.includes(it.display)).length;
  const running = rows.filter((it) => isRunning(it.display)).length;
  const parts = [
    [of('on'), 'on track'],
    [of('risk'), 'at risk'],
    [of('off'), 'off track'],
    [of('stale', 'pending'), 'without word'],
    [of('unrated'), 'without a status'],
  ] as const;
  const said = parts.filter(([n]) => n > 0).map(([n, words]) => `${spelled(n)} ${words}`);
  const ended = [
    [of('done', 'done-late'), 'done'],
    [of('missed'), 'missed'],
    [of('dropped'), 'dropped'],
    [of('carried'), 'carried'],
  ] as const;
  const closed = ended.filter(([n]) => n > 0).map(([n, words]) => `${spelled(n)} ${words}`);
  const waiting = of('proposed', 'not-accepted');
  return [
    running > 0 ? capital(`${count(running, 'commitment runs', 'commitments run')}: ${listed(said)}.`) : '',
    closed.length > 0 ? capital(`${listed(closed)}.`) : '',
    waiting > 0
      ? capital(
          `${count(waiting, 'waits', 'wait')} for ${waiting === 1 ? 'its owner’s' : 'their owners’'} yes.`,
        )
      : '',
  ]
    .filter((it) => it !== '')
    .join(' ');
}

/** Where the handshakes stand, answers owed first. */
export function dependenciesSentence(rows: readonly DependencyRow[], toAnswer: number): string {
  if (rows.length === 0) return 'No team has asked another for anything yet.';
  const open = rows.filter((it) => it.status === 'requested' || it.status === 'countered').length;
  const agreed = rows.filter((it) => it.status === 'accepted').length;
  const late = rows.filter((it) => it.flags.includes('late')).length;
  const owed =
    toAnswer > 0
      ? `${count(toAnswer, 'ask waits', 'asks wait')} for your answer`
      : 'nothing waits for your answer';
  const rest = [
    open > 0 ? `${count(open, 'is', 'are')} still open` : '',
    agreed > 0 ? `${count(agreed, 'is', 'are')} agreed` : '',
    late > 0 ? `${count(late, 'is', 'are')} late` : '',
  ].filter((it) => it !== '');
  return capital(`${owed}; of ${rows.length} in all ${rest.length > 0 ? listed(rest) : 'none is open'}.`);
}

export interface Week {
  readonly toAccept: readonly unknown[];
  readonly toAgree: readonly unknown[];
  readonly toCheckIn: readonly CommitmentRow[];
  readonly toAnswer: readonly unknown[];
  readonly mine: readonly CommitmentRow[];
}

/** What this person's week asks: promises to accept, check-ins, answers; or that nothing does. */
export function weekSentence(week: Week, needs = 0): string {
  const asks = [
    needs > 0 ? `${count(needs, 'thing needs', 'things need')} you` : '',
    week.toAccept.length > 0 ? `${count(week.toAccept.length, 'promise', 'promises')} to accept` : '',
    week.toAgree.length > 0
      ? `${count(week.toAgree.length, 'proposed change', 'proposed changes')} to agree to`
      : '',
    week.toCheckIn.length > 0 ? `${count(week.toCheckIn.length, 'check-in', 'check-ins')} due` : '',
    week.toAnswer.length > 0 ? `${count(week.toAnswer.length, 'ask', 'asks')} to answer` : '',
  ].filter((it) => it !== '');
  if (asks.length > 0) return `${capital(listed(asks))}.`;
  const running = week.mine.filter((it) => isRunning(it.display)).length;
  return running > 0
    ? `Nothing waits for you; ${count(running, 'commitment of yours runs', 'commitments of yours run')}.`
    : 'Nothing waits for you.';
}
