import { cardsOf, placeOf } from '#domain/facilitation/board-place.ts';
import { extractsOf } from '#domain/facilitation/extracts.ts';
import { minutesFrom, type Minutes } from '#domain/facilitation/minutes.ts';
import { minutesToMarkdown } from '#domain/facilitation/minutes-markdown.ts';
import type { MinutesReader } from '#domain/facilitation/minutes-reader.ts';
import { recordIn } from '#domain/facilitation/record-in.ts';
import type { MeetingRecord, RecordFrom } from '#domain/facilitation/record.ts';
import type { Instant } from '#domain/time.ts';
import { pageOf } from '#protocol/object-pages.ts';
import type { MinutesView } from '#protocol/views/facilitation.ts';
import type { Viewer } from '../app.ts';
import type { FacilitationDeps } from './deps.ts';
import { nameOf, readPeopleNames } from '../tracking/names.ts';
import { minutesToCsv } from './minutes-csv.ts';
import { minutesToFile } from './minutes-file.ts';
import { noteRecord, rebuildRecord } from './note-record.ts';
import { readPlannedCards } from './planned-cards.ts';
import { seenRecord } from './seen-record.ts';
import { readSessionEvents, type LoadedSession } from './session-table.ts';
import { withoutUnseen } from './without-unseen.ts';

/**
 * Minutes of a session, made of its log and of nothing else: also what its tables say was noted there when it ended. While
 * it goes on they say what is so now.
 */
export async function readMinutes(
  deps: Pick<FacilitationDeps, 'store' | 'planned'>,
  viewer: Viewer,
  { row, state }: LoadedSession,
  at: Instant,
): Promise<MinutesView | null> {
  const { db } = deps.store;
  const events = await readSessionEvents(db, row.id);
  const whole = minutesFrom(events, at);
  if (whole === null) return null;
  const minutes = await withoutUnseen(db, viewer, whole);
  const { record: noted, from } = await readNoted(deps, viewer, state, { noted: recordIn(events), at });
  const record = noted === null ? null : await seenRecord(db, viewer, state.board, noted);
  const names = new Map([...(await readPeopleNames(db, viewer.organisationId)), ...minutes.guests]);
  const time = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: viewer.organisation.timezone, dateStyle: 'medium', timeStyle: 'short' },
  });
  // A day is a day everywhere.
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'long' });
  const cards = cardsOf(record);
  const places = { board: state.board, snapshots: minutes.snapshots, cards };
  const reader: MinutesReader = {
    name: (person) => nameOf(names, person, 'clock'),
    time: (instant) => time.format(instant),
    day: (on) => day.format(Date.parse(on)),
    link: pageOf,
    place: (ref, when) => placeOf(places, ref, when),
  };
  const extracts = extractsOf(minutes, record);
  const all = { minutes, record, from, extracts };
  return {
    ...all,
    ...{ board: state.board, cards },
    names: Object.fromEntries(
      [...mentionedIn(minutes, record)].map((person) => [person, nameOf(names, person, '')]),
    ),
    markdown: minutesToMarkdown(all, reader),
    csv: minutesToCsv(all, reader),
    file: minutesToFile(
      { id: row.id, organisation: viewer.organisation.name, board: state.board },
      all,
      reader,
    ),
  };
}

/** What the log holds of the tables; else as it is now, or as the logs of the objects say it was. */
async function readNoted(
  { store: { db }, planned }: Pick<FacilitationDeps, 'store' | 'planned'>,
  viewer: Viewer,
  state: LoadedSession['state'],
  { noted, at }: { readonly noted: MeetingRecord | null; readonly at: Instant },
): Promise<{ readonly record: MeetingRecord | null; readonly from: RecordFrom | null }> {
  const { organisationId } = viewer;
  if (noted !== null) return { record: noted, from: 'end' };
  if (state.status === 'planned') return { record: null, from: null };
  if (state.status === 'running') {
    const cards = await readPlannedCards(planned, db, viewer, state.board);
    return { record: await noteRecord(db, organisationId, state, { at, cards }), from: 'now' };
  }
  const record = await rebuildRecord(db, organisationId, state);
  return { record, from: record === null ? null : 'log' };
}

/** Everybody these minutes name. */
function mentionedIn(it: Minutes, record: MeetingRecord | null): ReadonlySet<string> {
  const produced = [...it.acts, ...it.outputs.flatMap(({ lines }) => lines)];
  const people = [
    ...it.facilitators,
    ...(it.changed?.lines ?? []).map(({ by }) => by),
    ...it.attendance.map(({ person }) => person),
    ...produced.flatMap(({ by, task }) => [by, task?.owner ?? null]),
    ...[...it.parking, ...it.corrections].map(({ by }) => by),
    ...(record === null
      ? []
      : [
          ...[...record.objectives, ...record.promises, ...record.risks].map(({ owner }) => owner),
          ...record.needs.flatMap(({ person, riskOwner }) => [person, riskOwner]),
          ...record.decisions.map(({ decider }) => decider),
        ]),
  ];
  return new Set(people.filter((person) => person !== null));
}
