import type { PersonId } from '../access/standing.ts';
import type { Instant } from '../time.ts';
import type { SessionEvent } from './event.ts';
import type { BoardArea } from './section-tools.ts';
import type { Session } from './session.ts';

/** Somebody shows the board to everybody in the session (facilitation.md F0.7, F2). */
export interface Spotlight {
  readonly holder: PersonId;
  /** null: nothing in particular yet. */
  readonly area: BoardArea | null;
  readonly since: Instant;
}

/**
 * Which area of the board the room is at: what is shown to it, else where its section takes place. Whoever opens the board
 * while the session runs lands there.
 */
export function areaNow(it: Pick<Session, 'stages' | 'current' | 'spotlight'>): BoardArea | null {
  const { spotlight = null } = it;
  if (spotlight !== null && spotlight.area !== null) return spotlight.area;
  return it.stages.find(({ id }) => id === it.current)?.area ?? null;
}

/** The spotlight after an event: it follows the sections, and goes out with whoever holds it. */
export function foldSpotlight(it: Session, event: SessionEvent): Session {
  const { spotlight = null } = it;
  switch (event.type) {
    case 'spotlight-taken': {
      const { person, area } = event.data;
      return { ...it, spotlight: { holder: person, area, since: event.at } };
    }
    case 'spotlight-given':
      return spotlight === null
        ? it
        : { ...it, spotlight: { ...spotlight, holder: event.data.person, since: event.at } };
    case 'area-shown':
      return spotlight === null ? it : { ...it, spotlight: { ...spotlight, area: event.data.area } };
    case 'stage-entered':
    case 'stage-briefed': {
      const { stage } = event.data;
      if (spotlight === null || it.current !== stage) return it;
      return {
        ...it,
        spotlight: { ...spotlight, area: it.stages.find(({ id }) => id === stage)?.area ?? null },
      };
    }
    case 'left':
    case 'facilitator-removed':
      return spotlight?.holder === event.data.person ? { ...it, spotlight: null } : it;
    case 'spotlight-ended':
    case 'ended':
      return spotlight === null ? it : { ...it, spotlight: null };
    default:
      return it;
  }
}
