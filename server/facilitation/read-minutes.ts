import { minutesFrom } from '#domain/facilitation/minutes.ts';
import { minutesToMarkdown, type MinutesReader } from '#domain/facilitation/minutes-markdown.ts';
import type { MinutesView } from '#protocol/views/facilitation.ts';
import type { Viewer } from '../app.ts';
import type { Queries } from '../store/store.ts';
import { nameOf, readPeopleNames } from '../tracking/names.ts';
import { minutesToCsv } from './minutes-csv.ts';
import { readSessionEvents } from './session-table.ts';
import { withoutUnseen } from './without-unseen.ts';

/** Where the objects that minutes speak of have their pages. */
const pages: Readonly<Record<string, string>> = {
  commitment: 'commitments',
  dependency: 'dependencies',
  decision: 'decisions',
  assumption: 'assumptions',
  risk: 'risks',
  'triage-item': 'triage',
  learning: 'learnings',
  board: 'board',
  team: 'teams',
  ritual: 'rhythm',
  'outside-signal': 'signals',
  'strategy-frame': 'strategy',
};

/** Minutes of a session, made of its log and of nothing else. */
export async function readMinutes(
  queries: Queries,
  viewer: Viewer,
  sessionId: string,
  at: number,
): Promise<MinutesView | null> {
  const events = await readSessionEvents(queries, sessionId);
  const whole = minutesFrom(events, at);
  if (whole === null) return null;
  const minutes = await withoutUnseen(queries, viewer, whole);
  const names = new Map([...(await readPeopleNames(queries, viewer.organisationId)), ...minutes.guests]);
  const mentioned = new Set([
    ...minutes.facilitators,
    ...(minutes.changed?.lines ?? []).map(({ by }) => by),
    ...minutes.attendance.map(({ person }) => person),
    ...[...minutes.acts, ...minutes.outputs.flatMap(({ lines }) => lines)].flatMap(({ by, task }) => [
      by,
      task?.owner ?? null,
    ]),
    ...minutes.parking.map(({ by }) => by),
    ...minutes.corrections.map(({ by }) => by),
  ]);
  const time = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: viewer.organisation.timezone, dateStyle: 'medium', timeStyle: 'short' },
  });
  // A day is a day everywhere.
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'long' });
  const reader: MinutesReader = {
    name: (person) => nameOf(names, person, 'clock'),
    time: (instant) => time.format(instant),
    day: (on) => day.format(Date.parse(on)),
    link: ({ kind, id }) => (pages[kind] === undefined ? null : `/${pages[kind]}/${id}`),
  };
  return {
    minutes,
    names: Object.fromEntries(
      [...mentioned].flatMap((person) => (person === null ? [] : [[person, nameOf(names, person, '')]])),
    ),
    markdown: minutesToMarkdown(minutes, reader),
    csv: minutesToCsv(minutes, reader),
  };
}
