import { and, asc, eq, inArray } from 'drizzle-orm';
import { allowed, type Outcome } from '#domain/outcome.ts';
import { mayArrange, type RitualContext } from '#domain/rhythm/decide-ritual.ts';
import type { RitualEvent } from '#domain/rhythm/ritual-event.ts';
import { ritualWords } from '#domain/rhythm/ritual-words.ts';
import { skipsInARow } from '#domain/rhythm/skips-in-a-row.ts';
import type { OccurrenceView, RitualDetail, RitualView } from '#protocol/views/rhythm.ts';
import type { Rhythm } from '../app-rhythm.ts';
import type { Viewer } from '../app.ts';
import { event, ritual } from '../store/schema.ts';
import { isUuid } from '../store/uuid.ts';
import { standingOf } from '../tracking/standing.ts';
import { noSuchRitual } from './arrange-rituals.ts';
import type { RhythmDeps } from './deps.ts';
import { ritualsOf, viewMeetings } from './occurrences.ts';
import { seenRituals } from '../store/seen-rituals.ts';
import { loadRitual, toState, type RitualRow } from './ritual-rows.ts';
import { servingRituals, teamsOfBoard } from './serving-rituals.ts';

const dayMs = 86_400_000;
/** Meetings shown on a ritual's page, before and after now. */
const shownDays = { back: 90, ahead: 400 } as const;

/** Rituals that are still held, by title; those of a series' earlier parts are history. */
export async function listRituals(
  { store, boardRight }: RhythmDeps,
  viewer: Viewer,
  filter: Parameters<Rhythm['rituals']>[1],
): Promise<readonly RitualView[]> {
  const asked = [filter.teamId, filter.boardId].filter((id) => id !== undefined);
  if (asked.some((id) => !isUuid(id))) return [];
  const rows = await store.db
    .select()
    .from(ritual)
    .where(
      and(
        eq(ritual.organisationId, viewer.organisationId),
        ritualsOf(store.db, filter),
        seenRituals(store.db, viewer),
      ),
    )
    .orderBy(asc(ritual.title), asc(ritual.starts));
  const views = await view({ store, boardRight }, viewer, rows);
  return views
    .map(({ ritual: it }) => it)
    .filter((it) => it.endedAt === null && !(it.ends !== null && it.next === null));
}

/** The rituals that serve a board: booked on it, or held by its teams anyway. */
export async function listServing(
  { store, boardRight }: RhythmDeps,
  viewer: Viewer,
  boardId: string,
): Promise<readonly RitualView[]> {
  if (!isUuid(boardId) || (await boardRight(viewer, boardId)) === 'none') return [];
  const teams = await teamsOfBoard(store.db, boardId);
  const rows = await servingRituals(store.db, viewer, { boardId, teams });
  return (await view({ store, boardRight }, viewer, rows)).map(({ ritual: it }) => it);
}

/** One ritual with its meetings, the other parts of its series and its history. */
export async function readRitual(
  { store, boardRight }: RhythmDeps,
  viewer: Viewer,
  id: string,
): Promise<Outcome<RitualDetail>> {
  if (!isUuid(id)) return noSuchRitual;
  const loaded = await loadRitual(store.db, viewer.organisationId, id);
  if (loaded === null) return noSuchRitual;
  const parts = await store.db
    .select()
    .from(ritual)
    .where(
      and(
        ...[eq(ritual.seriesId, loaded.row.seriesId), eq(ritual.organisationId, viewer.organisationId)],
        seenRituals(store.db, viewer),
      ),
    )
    .orderBy(asc(ritual.starts));
  const views = await view({ store, boardRight }, viewer, parts);
  const viewed = views.find(({ ritual: it }) => it.id === id);
  if (!viewed) return noSuchRitual;
  const events = await store.db
    .select()
    .from(event)
    .where(
      and(
        eq(event.organisationId, viewer.organisationId),
        eq(event.objectKind, 'ritual'),
        inArray(
          event.objectId,
          parts.map((it) => it.id),
        ),
      ),
    )
    .orderBy(asc(event.at), asc(event.id));
  return allowed({
    ...viewed.ritual,
    occurrences: viewed.meetings,
    parts: parts.map((row) => ({
      id: row.id,
      words: ritualWords(toState(row)),
      starts: row.starts,
      ends: row.ends,
    })),
    history: events.map((row) => ({
      ...{ at: row.at.getTime(), by: row.actorPersonId, reason: row.reason },
      words: wordsOf(row.type as RitualEvent['type'], row.data as Readonly<Record<string, unknown>>),
    })),
  });
}

async function view(
  { store, boardRight }: Pick<RhythmDeps, 'store' | 'boardRight'>,
  viewer: Viewer,
  rows: readonly RitualRow[],
): Promise<readonly { readonly ritual: RitualView; readonly meetings: readonly OccurrenceView[] }[]> {
  const now = viewer.organisation.now;
  const stretch = { from: now - shownDays.back * dayMs, to: now + shownDays.ahead * dayMs };
  const meetings = await viewMeetings(store.db, viewer.organisationId, rows, stretch);
  const byRitual = Map.groupBy(meetings, ({ ritualId }) => ritualId);
  const bySeries = Map.groupBy(meetings, ({ series }) => series);
  const standing = await standingOf(store.db, viewer);
  const rights = new Map<string, boolean>();
  for (const boardId of new Set(rows.flatMap((row) => row.boardId ?? []))) {
    rights.set(boardId, (await boardRight(viewer, boardId)) === 'manage');
  }
  return rows.map((row) => {
    const state = toState(row);
    const mine = byRitual.get(row.id) ?? [];
    const managesBoard = row.boardId !== null && rights.get(row.boardId) === true;
    const { exceptions: _, bookedBy, ...terms } = state;
    return {
      meetings: mine,
      ritual: {
        ...terms,
        ...{ id: row.id, version: row.version, words: ritualWords(state) },
        mayChange:
          state.endedAt === null &&
          mayArrange({ standing, managesBoard } as RitualContext, state.teams, bookedBy),
        next: mine.find(({ endsAt, status }) => endsAt > now && status === 'scheduled') ?? null,
        skipsInARow: skipsInARow(bySeries.get(row.seriesId) ?? [], now).length,
      },
    };
  });
}

function wordsOf(type: RitualEvent['type'], data: Readonly<Record<string, unknown>>): string {
  const date = typeof data.date === 'string' ? data.date : '';
  const to = data.to as { readonly date: string; readonly time: string } | undefined;
  switch (type) {
    case 'booked':
      return 'Booked';
    case 'changed':
      return 'Changed for all meetings ahead';
    case 'cut':
      return `Split: from here on as another part; this one ends on ${String(data.ends)}`;
    case 'meeting-skipped':
      return `Skipped the meeting of ${date}`;
    case 'meeting-moved':
      return `Moved the meeting of ${date} to ${to?.date ?? ''} ${to?.time ?? ''}`;
    case 'meeting-added':
      return `Added a meeting on ${date} at ${String(data.time)}`;
    case 'meeting-restored':
      return `Put the meeting of ${date} back`;
    case 'meeting-held':
      return `Held the meeting of ${date}`;
    case 'ended':
      return 'Ended';
  }
}
