import type { PersonId } from '../access/standing.ts';
import type { Instant } from '../time.ts';
import { changeWord } from './change-words.ts';
import type { ObjectRef } from './session.ts';

/** An event of some object's history, as far as a meeting looks at it. */
export interface LoggedChange {
  readonly ref: ObjectRef;
  /** What the object is called now. */
  readonly title: string;
  readonly type: string;
  readonly data: unknown;
  readonly at: Instant;
  readonly by: PersonId | null;
}

/** What became of one object since the last meeting, in one line. */
export interface Change {
  readonly ref: ObjectRef;
  readonly title: string;
  readonly text: string;
  /** Who did the last of it; null = the clock. */
  readonly by: PersonId | null;
  readonly at: Instant;
}

/** Everything that changed since a meeting of the same ritual or place has ended. */
export interface ChangedSince {
  readonly session: string;
  readonly title: string;
  readonly endedAt: Instant;
  readonly lines: readonly Change[];
  /** Objects that changed and are not listed. */
  readonly more: number;
}

/** Lines a meeting can look at; of a longer list the objects are counted. */
export const mostChanges = 100;

const order = ['commitment', 'dependency', 'decision', 'assumption', 'risk', 'triage-item', 'learning'];

/** One line an object, made of its events alone: promises first, then asks, then what is beside them; each kind by time. */
export function changesIn(events: readonly LoggedChange[]): Pick<ChangedSince, 'lines' | 'more'> {
  const lines = [...Map.groupBy(events, ({ ref }) => ref.id).values()]
    .flatMap((of) => lineOf(of) ?? [])
    .sort((a, b) => placeOf(a) - placeOf(b) || a.at - b.at || (a.ref.id < b.ref.id ? -1 : 1));
  return { lines: lines.slice(0, mostChanges), more: Math.max(0, lines.length - mostChanges) };
}

const placeOf = ({ ref }: Change): number => order.indexOf(ref.kind);

function lineOf(events: readonly LoggedChange[]): Change | null {
  const told = events.filter((it) => it.type === 'checked-in' || changeWord(it) !== null);
  const last = told.at(-1);
  if (last === undefined) return null;
  const words = told.flatMap((it) => (it.type === 'checked-in' ? [] : (changeWord(it) ?? [])));
  const text = [...new Set(words), ...checkInWords(told)].join(', ');
  return { ref: last.ref, title: last.title, text, by: last.by, at: last.at };
}

/** Many check-ins are one fact: how often, and where it stands by the last one. */
function checkInWords(told: readonly LoggedChange[]): readonly string[] {
  const answers = told.filter(({ type }) => type === 'checked-in');
  const last = answers.at(-1);
  if (last === undefined) return [];
  const often = answers.length === 1 ? 'checked in' : `checked in ${answers.length} times`;
  const now = changeWord(last);
  return [now === null ? often : `${often}: ${now}`];
}
