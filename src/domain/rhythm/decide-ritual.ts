import { mayWrite, type Standing } from '../access/standing.ts';
import type { Actor } from '../event.ts';
import { allowed, refused, type Outcome } from '../outcome.ts';
import type { Instant, LocalDate } from '../time.ts';
import { ritualFaults } from './check-ritual.ts';
import { expandRitual, type PlannedOccurrence } from './expand-ritual.ts';
import { addDays, instantAt, isLocalDate, isLocalTime, localDateOf } from './local-time.ts';
import type { Ritual, RitualTerms } from './ritual.ts';
import type { RitualCommand } from './ritual-command.ts';
import type { RitualGround } from './ritual-dates.ts';
import type { RitualEvent } from './ritual-event.ts';

/** How far ahead meetings are made, in days (tracking.md T2). */
export const windowDays = 400;

export interface RitualContext {
  readonly ground: RitualGround;
  readonly standing: Standing;
  /** May manage the board the ritual belongs to. */
  readonly managesBoard: boolean;
}

type Decided<T = readonly RitualEvent[]> = Outcome<T>;

const notYours = refused(
  'forbidden',
  'Rituals of a team are arranged by its people, those of everybody by a lead or an administrator. Ask one of them.',
);

/** Who arranges a ritual: people of its teams, who booked it, its board's managers, administrators; everybody's: leads. */
export function mayArrange(
  { standing, managesBoard }: RitualContext,
  teams: readonly string[],
  bookedBy: string | null,
): boolean {
  if (!mayWrite(standing)) return false;
  if (standing.role === 'administrator' || managesBoard || standing.person === bookedBy) return true;
  if (teams.length === 0) return standing.leadOf.length > 0;
  return teams.some((team) => standing.memberOf.includes(team) || standing.leadOf.includes(team));
}

/** Books a ritual. Its first meeting lies ahead: nothing is booked into the past. */
export function bookRitual(
  terms: RitualTerms,
  series: string,
  actor: Actor,
  at: Instant,
  context: RitualContext,
): Decided {
  if (!mayArrange(context, terms.teams, null)) return notYours;
  const checked = checkTerms(terms, at, context.ground);
  if (!checked.ok) return checked;
  return allowed([{ type: 'booked', data: { series, terms: checked.value, exceptions: [] }, at, actor }]);
}

/** What follows of a command on one ritual; past meetings are never rewritten. */
export function decideRitual(
  state: Ritual,
  command: RitualCommand,
  actor: Actor,
  at: Instant,
  context: RitualContext,
): Decided {
  if (!mayArrange(context, state.teams, state.bookedBy)) return notYours;
  if (state.endedAt !== null) return refused('ended', 'This ritual has ended. Book a new one.');
  const { ground } = context;
  switch (command.type) {
    case 'change': {
      if (!mayArrange(context, command.terms.teams, state.bookedBy)) return notYours;
      // Its first day is history once it has been; later meetings follow the new terms.
      const checked = checkTerms(command.terms, at, ground, state.starts);
      if (!checked.ok) return checked;
      const dropped = orphans(state, checked.value, at, ground);
      return allowed([{ type: 'changed', data: { terms: checked.value, dropped }, at, actor }]);
    }
    case 'skip': {
      const found = ahead(state, command.date, at, ground);
      if (!found.ok) return found;
      if (found.value.status === 'skipped')
        return refused('already-skipped', 'This meeting is skipped already.');
      if (command.reason.trim() === '') return noReason('Say why it is skipped: two in a row are noticed.');
      return allowed([
        { type: 'meeting-skipped', data: { date: command.date }, at, actor, reason: command.reason.trim() },
      ]);
    }
    case 'move': {
      const found = ahead(state, command.date, at, ground);
      if (!found.ok) return found;
      const time = checkTime(command.to, state, at, 'to');
      if (!time.ok) return time;
      const { to } = command;
      if (
        instantAt(to.date, to.time, state.zone) === found.value.startsAt &&
        found.value.status === 'scheduled'
      ) {
        return refused('nothing-changed', 'It is held at that time already. Choose another one.', {
          path: 'toDate',
        });
      }
      return allowed([
        { type: 'meeting-moved', data: { date: command.date, to }, at, actor, reason: command.reason.trim() },
      ]);
    }
    case 'add': {
      const time = checkTime(command, state, at, 'date');
      if (!time.ok) return time;
      const taken = meetings(state, at, ground).some(({ originalDate }) => originalDate === command.date);
      if (taken)
        return refused('already-there', 'There is a meeting on that day. Move it, or choose another day.', {
          path: 'date',
        });
      const { date } = command;
      return allowed([
        {
          type: 'meeting-added',
          data: { date, time: command.time },
          at,
          actor,
          reason: command.reason.trim(),
        },
      ]);
    }
    case 'restore': {
      const found = ahead(state, command.date, at, ground);
      if (!found.ok) return found;
      const changed = state.exceptions.some(({ date }) => date === command.date);
      if (!changed) return refused('nothing-changed', 'This meeting is held as its rule says.');
      return allowed([{ type: 'meeting-restored', data: { date: command.date }, at, actor }]);
    }
    case 'end': {
      if (command.reason.trim() === '') return noReason('Say why it ends.');
      // Meetings of today that have begun are history; later ones are not held any more.
      const ends = addDays(localDateOf(at, state.zone), -1);
      return allowed([{ type: 'ended', data: { ends }, at, actor, reason: command.reason.trim() }]);
    }
  }
}

/**
 * This and the following meetings get other terms: the series is split, so that what was stays as it was. Returns the
 * events of both parts.
 */
export function splitRitual(
  state: Ritual,
  { from, terms, next, reason }: { from: LocalDate; terms: RitualTerms; next: string; reason: string },
  actor: Actor,
  at: Instant,
  context: RitualContext,
): Decided<{ readonly before: readonly RitualEvent[]; readonly after: readonly RitualEvent[] }> {
  if (
    !mayArrange(context, state.teams, state.bookedBy) ||
    !mayArrange(context, terms.teams, state.bookedBy)
  ) {
    return notYours;
  }
  if (state.endedAt !== null) return refused('ended', 'This ritual has ended. Book a new one.');
  const found = ahead(state, from, at, context.ground);
  if (!found.ok) return found;
  const checked = checkTerms({ ...terms, starts: from }, at, context.ground);
  if (!checked.ok) return checked;
  const dropped = orphans(state, checked.value, at, context.ground);
  const exceptions = state.exceptions.filter(({ date }) => date >= from && !dropped.includes(date));
  const said = { at, actor, reason: reason.trim() };
  return allowed({
    before: [{ type: 'cut', data: { ends: addDays(from, -1), next }, ...said }],
    after: [{ type: 'booked', data: { series: state.series, terms: checked.value, exceptions }, ...said }],
  });
}

/** Terms as they are kept; refused when they are not right or never lead to a meeting. */
function checkTerms(
  terms: RitualTerms,
  at: Instant,
  ground: RitualGround,
  begun: LocalDate | null = null,
): Decided<RitualTerms> {
  const faults = ritualFaults(terms);
  const [first] = faults;
  if (first) return refused('invalid', first.message, { path: first.path, faults });
  const today = localDateOf(at, terms.zone);
  if (terms.starts < today && terms.starts !== begun) {
    return refused('in-the-past', 'Nothing is booked into the past. Choose today or a later day.', {
      path: 'starts',
    });
  }
  const kept: RitualTerms = { ...terms, title: terms.title.trim(), teams: [...new Set(terms.teams)].sort() };
  const state: Ritual = { ...kept, series: '', exceptions: [], bookedBy: null, endedAt: null };
  const held = meetings(state, at, ground).some(({ startsAt }) => startsAt > at);
  if (held) return allowed(kept);
  const message =
    terms.rule.type === 'period' && !ground.periods.some(({ end }) => end >= today)
      ? 'The planning calendar has no such period ahead. Make one in the settings, or choose another rule.'
      : 'These choices lead to no meeting within the next year. Choose another day or a later end.';
  return refused('never-held', message, { path: 'rule' });
}

/** All meetings up to the end of the window. */
const meetings = (state: Ritual, at: Instant, ground: RitualGround): readonly PlannedOccurrence[] =>
  expandRitual(state, addDays(localDateOf(at, state.zone), windowDays), ground);

function ahead(
  state: Ritual,
  date: LocalDate,
  at: Instant,
  ground: RitualGround,
): Decided<PlannedOccurrence> {
  const found = meetings(state, at, ground).find(({ originalDate }) => originalDate === date);
  if (found === undefined) return refused('not-found', 'This ritual has no meeting of that day.');
  if (found.startsAt <= at) return refused('past', 'That meeting has been; what was is never rewritten.');
  return allowed(found);
}

/** Exceptions of meetings ahead that new terms do not have any more. */
function orphans(state: Ritual, terms: RitualTerms, at: Instant, ground: RitualGround): readonly LocalDate[] {
  const after = meetings({ ...state, ...terms, exceptions: [] }, at, ground).map(
    ({ originalDate }) => originalDate,
  );
  const before = meetings(state, at, ground).filter(({ startsAt }) => startsAt > at);
  return state.exceptions
    .filter((it) => it.added === null && before.some(({ originalDate }) => originalDate === it.date))
    .map(({ date }) => date)
    .filter((date) => !after.includes(date));
}

function checkTime(
  to: { readonly date: LocalDate; readonly time: string },
  { zone }: Ritual,
  at: Instant,
  path: string,
): Decided<true> {
  const [dateField, timeField] = path === 'to' ? ['toDate', 'toTime'] : ['date', 'time'];
  if (!isLocalDate(to.date)) return refused('invalid', 'Give a day like 2026-04-06.', { path: dateField });
  if (!isLocalTime(to.time)) return refused('invalid', 'Give a time like 10:00.', { path: timeField });
  if (instantAt(to.date, to.time, zone) > at) return allowed(true);
  return refused('in-the-past', 'That time has passed. Choose a later one.', { path: dateField });
}

const noReason = (message: string) => refused('reason-missing', message, { path: 'reason' });
