import type { PersonId } from '../access/standing.ts';
import type { LocalDate } from '../time.ts';
import type { Minutes } from './minutes.ts';
import type { MeetingRecord } from './record.ts';
import type { ObjectRef } from './session.ts';

/** What somebody owes after a meeting, in one line. */
export interface Owed {
  readonly what: 'promise' | 'action' | 'ask' | 'decision' | 'risk';
  readonly title: string;
  readonly due: LocalDate | null;
  /** What the meeting did to it; empty when it stood before. */
  readonly change: string;
  readonly ref: ObjectRef | null;
  readonly card: string | null;
}

/** One person's own part of the minutes (facilitation.md F17). */
export interface Extract {
  readonly person: PersonId;
  readonly lines: readonly Owed[];
}

export const owedWords: Readonly<Record<Owed['what'], string>> = {
  ...{ promise: 'commitment', action: 'action', ask: 'to give', decision: 'to decide', risk: 'risk' },
};

/**
 * Each person's own commitments: what they promised or are asked to promise, what they said they would do, what another
 * team waits for from them, what they decide, and the risks they watch. By day; people in the order of the attendance first.
 */
export function extractsOf(minutes: Minutes, record: MeetingRecord | null): readonly Extract[] {
  const owed = new Map<PersonId, Owed[]>();
  const told = new Set<string>();
  const add = (person: PersonId | null, line: Owed): void => {
    if (person === null) return;
    const key = `${person}\n${line.ref?.id ?? `${line.what} ${line.title}`}`;
    if (told.has(key)) return;
    told.add(key);
    owed.set(person, [...(owed.get(person) ?? []), line]);
  };
  for (const it of record?.promises ?? []) {
    if (it.open) add(it.owner, { what: 'promise', ...it });
  }
  for (const it of record?.objectives ?? []) {
    if (isOwed(it.state)) add(it.owner, { what: 'promise', change: '', ...it });
  }
  for (const { lines } of minutes.outputs) {
    for (const { text, task, ref } of lines) {
      if (task !== undefined) {
        add(task.owner, { what: 'action', title: text, due: task.due, change: '', ref, card: null });
      }
    }
  }
  for (const it of record?.needs ?? []) {
    const due = it.promisedFor ?? it.neededBy;
    if (it.open) add(it.person, { what: 'ask', due, change: it.group, ...it });
  }
  for (const it of record?.decisions ?? []) {
    if (it.open) add(it.decider, { what: 'decision', due: it.neededBy, change: '', ...it });
  }
  for (const it of record?.risks ?? []) {
    if (it.group === 'owned') add(it.owner, { what: 'risk', due: it.followUp, change: '', ...it });
  }
  const came = new Map(minutes.attendance.map(({ person }, index) => [person, index] as const));
  const place = (person: PersonId): number => came.get(person) ?? came.size;
  return [...owed]
    .sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
    .map(([person, lines]) => ({ person, lines: lines.map(only).sort(byDay) }));
}

const isOwed = (state: string): boolean =>
  ['proposed', 'not-accepted', 'pending', 'on', 'risk', 'off', 'stale', 'unrated'].includes(state);

/** A line without what else its row says. */
const only = ({ what, title, due, change, ref, card }: Owed): Owed => ({
  ...{ what, title, due, change, ref, card },
});

/** What has no day comes last; a stable sort keeps the rest as it came. */
const byDay = (a: Owed, b: Owed): number => (a.due ?? '9999').localeCompare(b.due ?? '9999');
