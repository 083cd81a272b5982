import { getContext, setContext } from 'svelte';
import type { Heard } from '#domain/facilitation/presence.ts';
import type { BoardArea, Input } from '#domain/facilitation/section-tools.ts';
import type { LiveSession, SessionView } from '#protocol/views/facilitation.ts';
import type { CommandDraft } from './refuse-early.ts';

/** What every part of the session's page shares: the newest state, who looks, and the server's clock. */
export interface Room {
  readonly session: LiveSession;
  readonly me: string;
  /** True when I lead. */
  readonly leads: boolean;
  /** True when I may take part: a member who is in the session while it runs. */
  readonly takesPart: boolean;
  /** False while there is no line to the server: nothing can be pressed. */
  readonly connected: boolean;
  readonly now: number;
  /** Who was heard of when. */
  readonly heard: Heard;
  readonly myVotes: Readonly<Record<string, number>>;
  readonly myRating: number | null;
  /** What who leads noted on sections; of nobody else. */
  readonly notes: Readonly<Record<string, string>>;
  /** What lets guests in, while they are let in; of nobody but who leads. */
  readonly guestCode: string | null;
  /** Areas of the session's board that sections can take place in; of nobody but who leads. */
  readonly areas: readonly BoardArea[];
  /** True when the session takes this from me now, written into this section. */
  takes(input: Input, stage: string): boolean;
  /** Why the rules would refuse this now; null: press. */
  whyNot(command: CommandDraft): string | null;
  take(view: SessionView): void;
}

const key = Symbol('room');

export function setRoom(room: Room): void {
  setContext(key, room);
}

export function readRoom(): Room {
  const room = getContext<Room | undefined>(key);
  if (room === undefined) throw new Error('No room: the page above must call setRoom.');
  return room;
}
