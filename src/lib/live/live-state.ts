import type { BoardGuard } from '#domain/access/guard.ts';
import type { BoardRight } from '#domain/access/roles.ts';
import { limits } from '#protocol/limits.ts';
import type { NackReason } from '#protocol/refusals.ts';

/** What the indicator may say, each under exactly the condition of trust.md R2. */
export type SaveStatus =
  /** Nothing unsent, the line is alive, and whatever was sent came back with a committed sequence number. */
  | { readonly kind: 'saved' }
  /** Edits are under way. `visible` after 400 ms, so that the indicator does not flicker; before that show nothing. */
  | { readonly kind: 'saving'; readonly kept: number; readonly visible: boolean }
  /** No line. `kept` edits are on this device and are sent when it is back. */
  | { readonly kind: 'offline'; readonly kept: number }
  /** The server will not keep this; `reason` in words for people. Offer *Download a copy*. */
  | { readonly kind: 'not-saved'; readonly reason: string; readonly code: NackReason | 'closed' | 'device' };

export interface LiveState {
  readonly save: SaveStatus;
  /** False until there is something true to show: from this device's copy or from the server. */
  readonly loaded: boolean;
  /** Where what is shown came from; 'device' may be older than what others see. */
  readonly source: 'nothing' | 'device' | 'server';
  readonly link: 'connecting' | 'open' | 'closed';
  readonly right: BoardRight;
  /** In words, while a person with the right to write can not. */
  readonly readOnlyReason: string | null;
  /** Who may change what of the board, beside the right to it. */
  readonly guard: BoardGuard;
  /** Ids of the records this person put into areas where everybody changes only the own, as told by the server. */
  readonly ownRecords: readonly string[];
  /** Keys of this person's teams; null until the server told them. */
  readonly teams: readonly string[] | null;
  /** The server closed for good (4400-4499): signed out, no right, unknown board ... */
  readonly closed: { readonly code: number; readonly reason: string } | null;
  /** Copies of what could not be kept, waiting on this device to be looked at. */
  readonly recoveredCopies: number;
  /** What the server knows of the board's promises (protocol/views/tracking.ts), the newest message. */
  readonly truth: unknown;
  /** The facilitated session, the newest message. */
  readonly session: unknown;
}

export interface SaveFacts {
  readonly kept: number;
  /** When the oldest unsaved edit was made; null without any. */
  readonly unsavedSince: number | null;
  readonly lineAlive: boolean;
  readonly refusal: { readonly code: NackReason | 'closed' | 'device'; readonly reason: string } | null;
  readonly now: number;
}

export const flickerMs = 400;

export function saveStatus(facts: SaveFacts): SaveStatus {
  if (facts.refusal) return { kind: 'not-saved', ...facts.refusal };
  if (!facts.lineAlive) return { kind: 'offline', kept: facts.kept };
  if (facts.kept === 0) return { kind: 'saved' };
  const visible = facts.unsavedSince !== null && facts.now - facts.unsavedSince >= flickerMs;
  return { kind: 'saving', kept: facts.kept, visible };
}

/** State is looked at this often. */
export const lookEveryMs = 1_000;

/** The line is alive when the other end was heard within 20 s, whenever that is looked at. */
export const isAlive = (heardAt: number, now: number): boolean => now - heardAt < limits.deadMs - lookEveryMs;
