import { allowed, refused, type Outcome } from '../outcome.ts';
import type { Instant } from '../time.ts';
import {
  mayPutBack,
  mayUnlock,
  type AreaLevel,
  type BoardGuard,
  type Guarded,
  type LockKind,
  type WayBack,
} from './guard.ts';

/** What can be done to a board's guard. Ids are record ids of the document. */
export type GuardCommand =
  | { readonly act: 'set-area'; readonly area: string; readonly level: AreaLevel }
  | { readonly act: 'lock'; readonly record: string; readonly kind: LockKind }
  | { readonly act: 'unlock'; readonly record: string }
  | { readonly act: 'pause' }
  | { readonly act: 'resume' }
  /** What was removed stays away. */
  | { readonly act: 'let-be' };

export type GuardChangeRefusal = 'forbidden' | 'locked' | 'too-many';

/** So many areas and locks a board keeps; every open window knows them all. */
const most = 2_000;
const id = /^[\w:-]{1,128}$/;

const managersOnly = refused(
  'forbidden',
  'Only managers of this board (its creator, the leads of its teams, administrators) and the facilitator of the session that runs on it may do this.',
);

/**
 * Changes who may change what. `isOwn`: the record to be locked was put there by this person. What is so already stays as
 * it was, with whom did it first.
 */
export function changeGuard(
  guard: BoardGuard,
  command: GuardCommand,
  who: Guarded,
  at: Instant,
  isOwn: boolean,
): Outcome<BoardGuard, GuardChangeRefusal | 'invalid'> {
  const act = { by: who.person, at };
  switch (command.act) {
    case 'set-area': {
      if (!who.manages) return managersOnly;
      if (!id.test(command.area)) return badId('area');
      if (command.level === 'everyone')
        return allowed({ ...guard, areas: without(guard.areas, command.area) });
      if (guard.areas[command.area]?.level === command.level) return allowed(guard);
      const areas = { ...guard.areas, [command.area]: { ...act, level: command.level } };
      return fits(areas) ? allowed({ ...guard, areas }) : tooMany;
    }
    case 'lock': {
      if (!id.test(command.record)) return badId('record');
      const held = guard.locks[command.record];
      if (held && !mayUnlock(held, who)) return lockedBy;
      if (!who.manages && (command.kind === 'facilitator' || !isOwn)) {
        return refused(
          'forbidden',
          'You can lock what you put on the board yourself; ask a manager or the facilitator for the rest.',
        );
      }
      if (held?.kind === command.kind) return allowed(guard);
      const locks = { ...guard.locks, [command.record]: { ...act, kind: command.kind } };
      return fits(locks) ? allowed({ ...guard, locks }) : tooMany;
    }
    case 'unlock': {
      const held = guard.locks[command.record];
      if (!held) return allowed(guard);
      return mayUnlock(held, who)
        ? allowed({ ...guard, locks: without(guard.locks, command.record) })
        : lockedBy;
    }
    case 'pause':
      if (!who.manages) return managersOnly;
      return allowed(guard.paused ? guard : { ...guard, paused: act });
    case 'resume':
      return who.manages ? allowed({ ...guard, paused: null }) : managersOnly;
    case 'let-be':
      if (guard.wayBack && !mayPutBack(guard.wayBack, who)) return managersOnly;
      return allowed({ ...guard, wayBack: null });
    default:
      return command satisfies never;
  }
}

/** What one person removes within this time of the removal before is put back together. Milliseconds. */
const together = 10 * 60_000;

/** Somebody removed much at once: from now on it is offered to be put back. */
export function noteRemoval(guard: BoardGuard, removal: WayBack): BoardGuard {
  const known = guard.wayBack;
  const goesOn = known && known.by === removal.by && removal.at - known.at < together;
  const wayBack = goesOn
    ? { ...removal, from: known.from, records: known.records + removal.records }
    : removal;
  return { ...guard, wayBack };
}

const lockedBy = refused(
  'locked',
  'Somebody else locked this. They, a manager of the board or the facilitator can unlock it.',
);
const tooMany = refused(
  'too-many',
  `A board keeps at most ${most} locks and area levels. Take some away first.`,
);
const badId = (path: string) => refused('invalid', 'This is no object of a board.', { path });
const fits = (of: object): boolean => Object.keys(of).length <= most;

const without = <T>(of: Readonly<Record<string, T>>, gone: string): Record<string, T> =>
  Object.fromEntries(Object.entries(of).filter(([key]) => key !== gone));
