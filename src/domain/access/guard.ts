import { refused, type Outcome, allowed } from '../outcome.ts';
import type { Instant } from '../time.ts';
import type { BoardRight } from './roles.ts';
import type { PersonId } from './standing.ts';

/**
 * Who may change what of a board (facilitation.md F12), beside the right to the board itself: areas have levels, records
 * locks, and all of it can be paused. Kept by the server; the same rules answer in the browser, so that honest people do
 * not run into a refusal.
 */
export interface BoardGuard {
  /** By record id of the area. An area that is not here is open to everyone who may write. */
  readonly areas: Readonly<Record<string, AreaGuard>>;
  /** By record id; a lock covers everything that lies in the record. */
  readonly locks: Readonly<Record<string, RecordLock>>;
  readonly paused: Act | null;
  /** Much was removed at once: who did it may put it back, and managers may, until one of them lets it be. */
  readonly wayBack: WayBack | null;
  /** Who leads the session that runs on the board: they do here what its managers do (facilitation.md F12). Not stored. */
  readonly facilitators: readonly PersonId[];
  /** The section of that session leaves less to change: one area of the board, or nothing. Not stored. */
  readonly section: SectionHold | null;
}

/** What the section of a session leaves to change of the board, to those who do not lead it (facilitation.md F2). */
export interface SectionHold {
  /** Record id of the area; null: nothing is changed. */
  readonly area: string | null;
}

/**
 * `team`: only people of the area's team. `own`: everybody adds, and changes what they put there themselves. `read`:
 * nobody. Managers of the board and facilitators may always.
 */
export type AreaLevel = 'everyone' | 'team' | 'own' | 'read';
export const areaLevels: readonly AreaLevel[] = ['everyone', 'team', 'own', 'read'];

/** `item`: whoever locked it, or a manager, changes and unlocks it. `facilitator`: only managers and facilitators do. */
export type LockKind = 'item' | 'facilitator';

/** Who did it, and when. */
export interface Act {
  readonly by: PersonId;
  readonly at: Instant;
}

/** A removal of much of the board, from its log: after edit `from` up to edit `to`. */
export interface WayBack extends Act {
  readonly records: number;
  readonly from: number;
  readonly to: number;
}

export interface AreaGuard extends Act {
  readonly level: Exclude<AreaLevel, 'everyone'>;
}

export interface RecordLock extends Act {
  readonly kind: LockKind;
}

export const openGuard: BoardGuard = {
  ...{ areas: {}, locks: {}, paused: null, wayBack: null },
  ...{ facilitators: [], section: null },
};

/** True while nothing but the right to the board is asked for. */
export const isOpen = (guard: BoardGuard): boolean =>
  guard.paused === null &&
  guard.wayBack === null &&
  guard.facilitators.length === 0 &&
  guard.section === null &&
  Object.keys(guard.areas).length === 0 &&
  Object.keys(guard.locks).length === 0;

/** Who wants to change something. */
export interface Guarded {
  readonly person: PersonId;
  /** Keys of the teams this person is in. */
  readonly teams: readonly string[];
  /** Manages the board, or leads the session that runs on it. */
  readonly manages: boolean;
}

/** Somebody with a right to the board, as its areas and locks see them. Who may only look leads nobody's hands. */
export const guardedBy = (
  guard: BoardGuard,
  { person, teams, right }: Omit<Guarded, 'manages'> & { readonly right: BoardRight | null },
): Guarded => ({
  person,
  teams,
  manages: right === 'manage' || (right === 'write' && guard.facilitators.includes(person)),
});

/** A record a change lies in: the nearest first, up to the page. */
export interface Around {
  readonly id: string;
  /** Key of its team, of areas. */
  readonly team: string | null;
}

/** One record of a change. */
export interface GuardedChange {
  readonly id: string;
  readonly isArea: boolean;
  /** Key of its own team, before the change. */
  readonly team: string | null;
  /** This person put it on the board. */
  readonly own: boolean;
  /** Nothing but where it lies and how large it is: an area makes room for its neighbours. */
  readonly onlyPlace: boolean;
  /** What it lay in before; null when it was not there. */
  readonly before: readonly Around[] | null;
  /** What it lies in now; null when it is gone. */
  readonly after: readonly Around[] | null;
}

export type GuardRefusal = 'elsewhere' | 'locked' | 'area-closed' | 'not-your-team' | 'not-yours';

const words: Readonly<Record<GuardRefusal, string>> = {
  elsewhere: 'The section of the session that runs here does not change this. Who leads the session can.',
  locked: 'This is locked. Whoever locked it, a manager of the board or the facilitator can unlock it.',
  'area-closed': 'This area can only be read. A manager of the board or the facilitator can open it.',
  'not-your-team': 'Only people of its team may change this area.',
  'not-yours': 'In this area everybody changes only what they put there themselves.',
};

/** May this person make this change? Asked for every record it touches; pausing is asked for before, see `pausedFor`. */
export function mayChange(
  guard: BoardGuard,
  who: Guarded,
  change: GuardedChange,
): Outcome<true, GuardRefusal> {
  if (who.manages) return allowed(true);
  if (isElsewhere(guard.section, change)) return refused('elsewhere', words.elsewhere);
  for (const around of [change.before, change.after]) {
    if (around === null) continue;
    const stop =
      lockOn(guard, who, change.id, around) ??
      areaStop(guard, who, change, around) ??
      ownAreaStop(guard, who, change);
    if (stop) return refused(stop, words[stop]);
  }
  return allowed(true);
}

/** Who may put back what was removed, or let it be. */
export const mayPutBack = ({ by }: WayBack, who: Guarded): boolean => who.manages || by === who.person;

/** Who may change, and unlock, what is locked like this. */
export const mayUnlock = (lock: RecordLock, who: Guarded): boolean =>
  who.manages || (lock.kind === 'item' && lock.by === who.person);

/** Outside of what the section that runs is about; an area makes room for its neighbours there as well. */
function isElsewhere(
  section: SectionHold | null,
  { isArea, onlyPlace, before, after }: GuardedChange,
): boolean {
  if (section === null) return false;
  const { area } = section;
  if (area === null) return true;
  if (isArea && onlyPlace && after !== null) return false;
  return [before, after].some((around) => around !== null && !around.some(({ id }) => id === area));
}

function lockOn(guard: BoardGuard, who: Guarded, id: string, around: readonly Around[]): GuardRefusal | null {
  for (const at of [id, ...around.map((it) => it.id)]) {
    const lock = own(guard.locks, at);
    if (lock && !mayUnlock(lock, who)) return 'locked';
  }
  return null;
}

function areaStop(
  guard: BoardGuard,
  who: Guarded,
  change: GuardedChange,
  around: readonly Around[],
): GuardRefusal | null {
  for (const at of around) {
    const area = own(guard.areas, at.id);
    if (area) return levelStop(area.level, who, at.team, change.own);
  }
  return null;
}

/** The area itself: its name, kind and team belong to those who may work in it; under `own` to managers. */
function ownAreaStop(guard: BoardGuard, who: Guarded, change: GuardedChange): GuardRefusal | null {
  const area = change.isArea ? own(guard.areas, change.id) : undefined;
  if (!area || (change.onlyPlace && change.after !== null)) return null;
  return levelStop(area.level, who, change.team, false);
}

function levelStop(
  level: AreaGuard['level'],
  who: Guarded,
  team: string | null,
  isOwn: boolean,
): GuardRefusal | null {
  switch (level) {
    case 'read':
      return 'area-closed';
    case 'team':
      return team !== null && who.teams.includes(team) ? null : 'not-your-team';
    case 'own':
      return isOwn ? null : 'not-yours';
    default:
      return level satisfies never;
  }
}

const own = <T>(of: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(of, id) ? of[id] : undefined;
