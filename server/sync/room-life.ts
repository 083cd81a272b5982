/**
 * The life of a room as one union with one transition function (sync.md Y1):
 * loading -> open -> saving -> leaving -> gone, with `stuck` while the store does not answer and `failed` when the board
 * could not be loaded at all. A failed board is never an empty one: nothing can be read from it or saved over it.
 */
export type RoomLife =
  | { readonly state: 'loading' }
  | { readonly state: 'open' }
  /** Accepted edits are on their way into the journal. */
  | { readonly state: 'saving' }
  /** The store does not answer or refuses; the board can be read, edits are sent back. */
  | { readonly state: 'stuck'; readonly reason: 'disk-full' | 'unavailable' }
  /** The stored log is damaged: what could be verified is shown, nothing can be written. */
  | { readonly state: 'read-only'; readonly reason: string }
  /** Nobody is here; the last checkpoint is being written. Whoever comes now gets this same room back. */
  | { readonly state: 'leaving' }
  | { readonly state: 'failed'; readonly reason: string }
  | { readonly state: 'gone' };

export type RoomEvent =
  | { readonly type: 'loaded' }
  | { readonly type: 'loaded-damaged'; readonly reason: string }
  | { readonly type: 'load-failed'; readonly reason: string }
  | { readonly type: 'commit-begun' }
  | { readonly type: 'commit-ended' }
  | { readonly type: 'commit-failed'; readonly reason: 'disk-full' | 'unavailable' }
  | { readonly type: 'recovered' }
  | { readonly type: 'emptied' }
  | { readonly type: 'joined' }
  /** The board got another epoch: this room ends, the next one loads afresh. */
  | { readonly type: 'replaced' }
  | { readonly type: 'unloaded' };

/** The next state; the same object when the event changes nothing in this state. */
export function nextLife(life: RoomLife, event: RoomEvent): RoomLife {
  switch (event.type) {
    case 'loaded':
      return life.state === 'loading' ? { state: 'open' } : life;
    case 'loaded-damaged':
      return life.state === 'loading' ? { state: 'read-only', reason: event.reason } : life;
    case 'load-failed':
      return life.state === 'loading' ? { state: 'failed', reason: event.reason } : life;
    case 'commit-begun':
      return life.state === 'open' || life.state === 'leaving' ? { state: 'saving' } : life;
    case 'commit-ended':
      return life.state === 'saving' ? { state: 'open' } : life;
    case 'commit-failed':
      return life.state === 'saving' || life.state === 'open'
        ? { state: 'stuck', reason: event.reason }
        : life;
    case 'recovered':
      return life.state === 'stuck' ? { state: 'open' } : life;
    case 'emptied':
      return life.state === 'open' ? { state: 'leaving' } : life;
    case 'replaced':
      return { state: 'gone' };
    case 'joined':
      return life.state === 'leaving' ? { state: 'open' } : life;
    case 'unloaded':
      return life.state === 'leaving' || life.state === 'failed' || life.state === 'read-only'
        ? { state: 'gone' }
        : life;
  }
}
