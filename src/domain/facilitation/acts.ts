import type { PersonId } from '../access/standing.ts';
import type { SessionEvent, SessionEventType } from './event.ts';
import type { Session } from './session.ts';

/** Something that steered the meeting, and who did it (facilitation.md F0.7). */
export interface Act {
  /** The session's revision after it. */
  readonly rev: number;
  readonly type: SessionEventType;
  readonly by: PersonId | null;
  /** In the past tense, to stand after a name. */
  readonly what: string;
  /** Whose name stands after that; null: nobody's. */
  readonly person: PersonId | null;
  readonly at: number;
}

/** So many are kept: who is further behind than that reads the page again anyway. */
const kept = 12;

/** The session with this act remembered, when it is one that others want to know of. */
export function rememberAct(before: Session, after: Session, event: SessionEvent): Session {
  const { type, at } = event;
  const what = wordsOf(before, event);
  if (what === null) return after;
  const by = event.actor.person;
  const last = before.acts?.at(-1);
  // A section brings its own time along, and the start its first section: one press, one act.
  const brought = type === 'timer-started' ? ['stage-entered', 'started'] : ['started'];
  const follows = type === 'timer-started' || type === 'stage-entered';
  if (follows && last?.at === at && last.by === by && brought.includes(last.type)) return after;
  const person =
    type === 'spotlight-taken'
      ? (before.spotlight?.holder ?? null)
      : 'person' in event.data && type !== 'taken-over'
        ? event.data.person
        : null;
  const act = { rev: after.rev, type, by, what, person, at };
  return { ...after, acts: [...(before.acts ?? []), act].slice(-kept) };
}

/** What others who lead are told of at once: what changes what they are leading. How an agenda is arranged they see. */
export const toldAtOnce: readonly SessionEventType[] = [
  ...(['started', 'stage-entered', 'stage-skipped', 'ended', 'called-off'] as const),
  ...(['timer-started', 'timer-paused', 'timer-resumed', 'time-added', 'timer-stopped'] as const),
  ...(['ballot-opened', 'revealed', 'ballot-closed', 'ballot-discarded'] as const),
  ...(['spotlight-taken', 'spotlight-given', 'spotlight-ended'] as const),
  ...(['facilitator-added', 'facilitator-removed', 'taken-over'] as const),
];

/** "Ana moved on to Causes": an act as a sentence without its full stop. */
export function actWords({ by, what, person }: Act, name: (person: PersonId | null) => string): string {
  return `${name(by)} ${what}${person === null ? '' : ` ${name(person)}`}`;
}

/** What happened to somebody who decided on an older state: who did what since; null when nothing is known of it. */
export function fasterWords(
  it: Pick<Session, 'acts'>,
  since: number,
  name: (person: PersonId | null) => string,
): string | null {
  const acts = (it.acts ?? []).filter(({ rev }) => rev > since);
  const last = acts.at(-1);
  if (last === undefined) return null;
  const before = acts.at(-2);
  const already = { ...last, what: `already ${last.what}` };
  if (before?.by !== last.by || before.what === last.what) return actWords(already, name);
  const both = actWords({ ...before, what: `already ${before.what}` }, name);
  return `${both} and ${actWords(last, () => '').trim()}${last.person === null ? '' : ` ${name(last.person)}`}`;
}

function wordsOf(before: Session, event: SessionEvent): string | null {
  switch (event.type) {
    case 'stage-entered': {
      const place = (id: string | null): number => before.stages.findIndex((it) => it.id === id);
      const back = place(event.data.stage) < place(before.current);
      return `${back ? 'went back' : 'moved on'} to ${titleOf(before, event.data.stage)}`;
    }
    case 'stage-skipped':
    case 'stage-removed':
    case 'stage-planned':
    case 'stage-briefed':
      return `${onStage[event.type]} ${titleOf(before, event.data.stage)}`;
    case 'spotlight-taken':
      return before.spotlight == null ? 'took the spotlight' : 'took the spotlight from';
    case 'stage-inserted':
      return `put in ${event.data.stage.title}`;
    case 'timer-started':
      return `started ${spanWords(event.data.totalMs)} on the timer`;
    case 'time-added':
      return `${event.data.ms < 0 ? 'took' : 'added'} ${spanWords(Math.abs(event.data.ms))}`;
    case 'revealed':
    case 'score-agreed': {
      const items = before.ballots.flatMap((it) => it.items);
      const title = items.find(({ id }) => id === event.data.item)?.title ?? '';
      return `${event.type === 'revealed' ? 'revealed' : 'set the score of'} “${title}”`;
    }
    case 'parked-settled':
      return `settled “${before.parking.find(({ id }) => id === event.data.id)?.title ?? ''}”`;
    default:
      return plain[event.type] ?? null;
  }
}

const onStage = {
  'stage-skipped': 'skipped',
  'stage-removed': 'took out',
  'stage-planned': 'changed the time of',
  'stage-briefed': 'prepared',
} as const;

const plain: Readonly<Partial<Record<SessionEventType, string>>> = {
  started: 'started the session',
  'stages-ordered': 'put the sections in another order',
  'timer-paused': 'paused the timer',
  'timer-resumed': 'let the timer go on',
  'timer-stopped': 'stopped the timer',
  'none-ticked': 'said what a section leaves behind',
  'ballot-opened': 'opened a vote',
  'ballot-closed': 'closed the vote',
  'ballot-discarded': 'discarded the vote',
  'spotlight-given': 'gave the spotlight to',
  'spotlight-ended': 'left the spotlight',
  'facilitator-added': 'shared the lead with',
  'facilitator-removed': 'took the lead from',
  'taken-over': 'took over',
  'guests-let-in': 'let guests in',
  'guests-shut-out': 'shut the door to guests',
  ended: 'ended the session',
  'called-off': 'called the session off',
};

const titleOf = (it: Session, stage: string): string => it.stages.find(({ id }) => id === stage)?.title ?? '';

function spanWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return `${Math.round(ms / 1_000)} seconds`;
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
