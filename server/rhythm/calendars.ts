import { and, eq, inArray } from 'drizzle-orm';
import { allowed, type Outcome } from '#domain/outcome.ts';
import { drawYear } from '#domain/rhythm/calendar-picture.ts';
import { calendarWords } from '#domain/rhythm/calendar-words.ts';
import { changeCalendar, type CalendarChange } from '#domain/rhythm/change-calendar.ts';
import { checkCalendar } from '#domain/rhythm/check-calendar.ts';
import { addDays, localDateOf } from '#domain/rhythm/local-time.ts';
import { planPeriodOn } from '#domain/rhythm/plan-period.ts';
import { weekdayNames } from '#domain/rhythm/ritual-words.ts';
import type { CalendarSettings, PeriodSpan } from '#domain/rhythm/planning-calendar.ts';
import type { LocalDate } from '#domain/time.ts';
import type { PeriodView } from '#protocol/views/organisation.ts';
import type { CalendarPicture, CalendarPreview, CalendarVersionView } from '#protocol/views/rhythm.ts';
import type { Viewer } from '../app.ts';
import { mayAdminister } from '../organisations/rights.ts';
import { differences, logChange } from '../store/log-change.ts';
import { board, organisation, period, planningCalendar } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import {
  daysAhead,
  extendPeriods,
  impliedSettings,
  insertPeriods,
  listVersions,
  movePeriods,
  readCalendar,
  readPeriods,
  readSpans,
  readSpansBefore,
  removePeriods,
} from './calendar-rows.ts';
import { listDaysOff } from './days-off.ts';
import type { RhythmDeps } from './deps.ts';
import { lockOrganisation } from '../organisations/lock-organisation.ts';
import { followGround } from './follow-ground.ts';
import { ritualsOnDays } from './occurrences.ts';

/** Makes the periods of an organisation that was only just set up: the chore comes once an hour. */
async function makePeriods(deps: RhythmDeps, viewer: Viewer): Promise<void> {
  if (viewer.organisation.kind === 'example') return;
  const { organisationId } = viewer;
  const [week] = await deps.store.db
    .select({ id: period.id })
    .from(period)
    .where(and(eq(period.organisationId, organisationId), eq(period.kind, 'week')))
    .limit(1);
  if (week) return;
  await deps.store.transaction(async (tx) => {
    await lockOrganisation(tx, organisationId);
    const made = { newId: deps.newId, createdAt: new Date(deps.now()) };
    await extendPeriods(tx, organisationId, todayOf(viewer), made);
  });
}

export const todayOf = ({ organisation: { now, timezone } }: Viewer): LocalDate => localDateOf(now, timezone);

/** Versions, newest first; before the first change there is the one every organisation starts with. */
export async function listCalendars(
  { store }: RhythmDeps,
  { organisationId }: Viewer,
): Promise<readonly CalendarVersionView[]> {
  const versions = await listVersions(store.db, organisationId);
  if (versions.length > 0) return versions;
  const settings = await impliedSettings(store.db, organisationId);
  return [{ version: 0, validFrom: '1970-01-01', settings, createdAt: 0, createdBy: null }];
}

/** What a calendar would do, and the year it would make; nothing is written. */
export async function previewCalendar(
  deps: RhythmDeps,
  viewer: Viewer,
  asked: CalendarSettings,
  on?: LocalDate,
): Promise<Outcome<CalendarPreview>> {
  const { store } = deps;
  const checked = checkCalendar(asked);
  if (!checked.ok) return checked;
  await makePeriods(deps, viewer);
  const { change, kept } = await changeFor(store.db, viewer, checked.value);
  const spans = [...kept, ...change.move.map(({ to }) => to), ...change.add].sort(
    (a, b) => a.start.localeCompare(b.start) || b.end.localeCompare(a.end),
  );
  // The first whole year of the new calendar: the bridge before it is told in words.
  const shown =
    on ??
    spans.find((it) => it.kind === 'year' && it.start >= change.validFrom && !it.label.endsWith('(short)'))
      ?.start;
  const picture = await pictureOf(store.db, viewer, spans, checked.value, shown ?? change.validFrom);
  if (picture === null) {
    return allowed({
      picture: emptyPicture(shown ?? change.validFrom),
      validFrom: change.validFrom,
      consequences: [],
    });
  }
  return allowed({ picture, validFrom: change.validFrom, consequences: wordsOf(change) });
}

/** Saves a calendar for the periods that have not begun. The version before is kept: earlier days follow it. */
export async function saveCalendar(
  deps: RhythmDeps,
  viewer: Viewer,
  asked: CalendarSettings,
): Promise<Outcome<CalendarVersionView>> {
  const may = mayAdminister(viewer);
  if (!may.ok) return may;
  const checked = checkCalendar(asked);
  if (!checked.ok) return checked;
  const settings = checked.value;
  const { organisationId } = viewer;
  const createdAt = new Date(deps.now());
  const boards = await deps.store.transaction(async (tx) => {
    await lockOrganisation(tx, organisationId);
    await keepFirstVersion(tx, deps, viewer);
    const { version, settings: was } = await readCalendar(tx, organisationId);
    const { change } = await changeFor(tx, viewer, settings);
    const next = version + 1;
    await tx.insert(planningCalendar).values({
      ...{ id: deps.newId(), organisationId, version: next, validFrom: change.validFrom },
      ...{ calendar: settings, createdBy: viewer.personId, createdAt },
    });
    const { before, after } = differences(inFields(was), inFields(settings)) ?? { before: {}, after: {} };
    const told = { before, after: { ...after, holdsFrom: change.validFrom } };
    const changed = {
      kind: 'organisation',
      id: organisationId,
      type: 'calendar-changed',
      data: told,
    } as const;
    await logChange(tx, viewer, changed, deps.now());
    await removePeriods(
      tx,
      change.remove.map(({ id }) => id),
    );
    const moves = change.move.map(({ period, to }) => ({ id: period.id, to }));
    await movePeriods(tx, organisationId, moves, next);
    await insertPeriods(tx, organisationId, change.add, { version: next, newId: deps.newId, createdAt });
    const { shape, weekStart } = settings;
    await tx
      .update(organisation)
      .set({ weekStart, ...(shape.kind === 'months' ? { fiscalStartMonth: shape.startMonth } : {}) })
      .where(eq(organisation.id, organisationId));
    const shown =
      moves.length === 0
        ? []
        : await boardsOf(
            tx,
            moves.map(({ id }) => id),
          );
    return [...shown, ...(await followGround(tx, deps, organisationId, viewer.organisation.now))];
  });
  for (const boardId of new Set(boards)) deps.truthChanged(boardId);
  const [newest] = await listVersions(deps.store.db, organisationId);
  if (!newest) throw new Error('the calendar just saved is not there');
  return allowed(newest);
}

/** A calendar as the log tells it, field by field. */
const inFields = (it: CalendarSettings) => ({
  calendar: calendarWords(it),
  weekStart: weekdayNames[it.weekStart - 1],
  yearNamedFor: it.labelYear === 'ends' ? 'the year it ends in' : 'the year it starts in',
  weekOfTwoPeriods: it.straddle === 'majority' ? 'by its fourth day' : 'day by day',
});

/** The calendar an organisation started with becomes its first version, with its periods, before another follows. */
export async function keepFirstVersion(tx: Queries, deps: RhythmDeps, viewer: Viewer): Promise<void> {
  const { organisationId } = viewer;
  const createdAt = new Date(deps.now());
  const today = todayOf(viewer);
  const [first] = await listVersions(tx, organisationId);
  if (!first) {
    await tx.insert(planningCalendar).values({
      ...{
        id: deps.newId(),
        organisationId,
        version: 1,
        validFrom: '1970-01-01',
        createdBy: null,
        createdAt,
      },
      calendar: await impliedSettings(tx, organisationId),
    });
  }
  await extendPeriods(tx, organisationId, today, { newId: deps.newId, createdAt });
}

/** The year that holds a day, from what is stored; of an earlier version from what was stored while it was in force. */
export async function storedPicture(
  deps: RhythmDeps,
  viewer: Viewer,
  on?: LocalDate,
  version?: number,
): Promise<CalendarPicture | null> {
  const { store } = deps;
  await makePeriods(deps, viewer);
  const now = await readCalendar(store.db, viewer.organisationId);
  const today = todayOf(viewer);
  const drawn =
    version === undefined || version === now.version
      ? { settings: now.settings, spans: await readSpans(store.db, viewer.organisationId) }
      : await readSpansBefore(store.db, viewer.organisationId, version, addDays(today, daysAhead));
  return drawn && pictureOf(store.db, viewer, drawn.spans, drawn.settings, on ?? today);
}

/** The running plan period; null in a gap. */
export async function readPlanPeriod(
  { store }: RhythmDeps,
  viewer: Viewer,
  on?: LocalDate,
): Promise<PeriodView | null> {
  const { settings } = await readCalendar(store.db, viewer.organisationId);
  const spans = await readSpans(store.db, viewer.organisationId);
  return planPeriodOn(spans, settings, on ?? todayOf(viewer));
}

async function changeFor(
  queries: Queries,
  viewer: Viewer,
  settings: CalendarSettings,
): Promise<{ readonly change: CalendarChange; readonly kept: readonly PeriodSpan[] }> {
  const today = todayOf(viewer);
  const { settings: now } = await readCalendar(queries, viewer.organisationId);
  const stored = await readPeriods(queries, viewer.organisationId);
  const change = changeCalendar(stored, now.planPeriod, settings, {
    today,
    until: addDays(today, daysAhead),
  });
  const gone = new Set([...change.remove, ...change.move.map(({ period }) => period)]);
  return { change, kept: stored.filter((it) => !gone.has(it)) };
}

async function pictureOf(
  queries: Queries,
  viewer: Viewer,
  spans: readonly PeriodSpan[],
  settings: CalendarSettings,
  on: LocalDate,
): Promise<CalendarPicture | null> {
  const year = drawYear(spans, settings, on);
  if (year === null) return null;
  const daysOff = (await listDaysOff(queries, viewer.organisationId)).filter(
    (it) => it.start <= year.end && it.end >= year.start,
  );
  return { ...year, daysOff, rituals: await ritualsOnDays(queries, viewer, year.start, year.end) };
}

const emptyPicture = (on: LocalDate): CalendarPicture => ({
  ...{ label: on.slice(0, 4), start: `${on.slice(0, 4)}-01-01`, end: `${on.slice(0, 4)}-12-31` },
  ...{ rows: [], weeks: [], daysOff: [], rituals: [] },
});

/** What saving would do, in sentences. */
function wordsOf({ validFrom, add, remove, move }: CalendarChange): readonly string[] {
  const short = add.filter(({ label, kind }) => label.endsWith('(short)') && kind !== 'week');
  return [
    `It holds from ${validFrom} on. What runs now and what is closed stays as it is.`,
    ...(remove.length > 0
      ? [`${remove.length} periods ahead are replaced by ${add.length + move.length}.`]
      : []),
    ...move.map(
      ({ period, to }) =>
        `“${period.label}”, which is in use, becomes “${to.label}”: ${to.start} to ${to.end}.`,
    ),
    ...short.map(({ label, start, end }) => `“${label}” bridges the two calendars: ${start} to ${end}.`),
  ];
}

async function boardsOf(tx: Queries, periodIds: readonly string[]): Promise<readonly string[]> {
  const rows = await tx
    .select({ id: board.id })
    .from(board)
    .where(inArray(board.periodId, [...periodIds]));
  return rows.map(({ id }) => id);
}
