import type { Instant } from '#domain/time.ts';

/** A token by which a directory provisions people and teams. */
export interface ScimTokenView {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  /** Who made it. */
  readonly by: string;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
}

/** Somebody the directory has invited and who has not joined yet. */
export interface WaitingPersonView {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly since: Instant;
  /** Until when the invite can be taken; null when it is over and a new link must be made. */
  readonly inviteEndsAt: Instant | null;
}
