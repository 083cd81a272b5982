import type { Instant } from '../src/domain/time.ts';
import type { GuestCommand, GuestRoom } from '../src/protocol/views/guest.ts';
import type { Result, Viewer } from './app-viewer.ts';

/**
 * People without an account in a session (facilitation.md F0.3). They are no viewers: what their browser keeps is good for
 * these calls and no others.
 */
export interface Guests {
  /** Comes in by name and code; the token is what the browser comes back with. `viewer`: who is signed in there, if anybody. */
  join(
    input: { readonly name: string; readonly code: string },
    from: { readonly address: string; readonly viewer: Viewer | null },
  ): Result<{ readonly token: string }>;
  /** The room as this guest may see it; null once the token opens nothing any more. Looking says "I am here". */
  room(token: string): Promise<GuestRoom | null>;
  command(token: string, command: GuestCommand): Result<true>;
  /** "I am here", and the server's time. */
  beat(token: string): Result<{ readonly serverTime: Instant }>;
  /** Says whenever something changed, and never what: the guest then looks. `ended`: look again, or it is over. */
  listen(token: string, ears: { changed(): void; ended(): void }): Result<() => void>;
}
