import { SCHEMA_VERSION } from '#board/schema/version.ts';
import { openGuard } from '#domain/access/guard.ts';
import type { Hello, Rights } from '#protocol/messages.ts';
import { nackReasons } from '#protocol/refusals.ts';
import { isAlive, saveStatus, type LiveState, type SaveFacts } from './live-state.ts';
import type { OutboxLine } from './outbox-line.ts';

export const deviceFull = {
  code: 'device',
  reason: 'This device has no room to keep changes. Stay on line until they are saved.',
} as const;

/** What a connection knows of itself, and who wants to hear of it. Change its fields, then call `tell`. */
export class ConnectionStatus {
  link: LiveState['link'] = 'connecting';
  source: LiveState['source'] = 'nothing';
  /** When the other end, or an end of the line, was last heard of; the device's clock. */
  heardAt: number;
  hello: Hello | null = null;
  rights: Rights = { right: 'read', readOnlyReason: null };
  guard: LiveState['guard'] = openGuard;
  ownRecords: LiveState['ownRecords'] = [];
  teams: LiveState['teams'] = null;
  closed: LiveState['closed'] = null;
  refusal: SaveFacts['refusal'] = null;
  truth: unknown = null;
  session: unknown = null;
  copies = 0;
  #state: LiveState;
  readonly #line: () => OutboxLine;
  readonly #now: () => number;
  readonly #listeners = new Set<(state: LiveState) => void>();

  constructor(line: () => OutboxLine, now: () => number) {
    this.#line = line;
    this.#now = now;
    this.heardAt = now();
    this.#state = this.#read();
  }

  get state(): LiveState {
    return this.#state;
  }

  get isAlive(): boolean {
    return isAlive(this.heardAt, this.#now());
  }

  subscribe(listener: (state: LiveState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** What the server says this connection may do from now on. True when a pause ended with it. */
  takeRights(rights: Rights): boolean {
    const wasPaused = this.guard.paused !== null;
    this.rights = { right: rights.right, readOnlyReason: rights.readOnlyReason };
    if (!rights.guard) return false;
    // A server from before some part of it was added leaves that part out.
    this.guard = { ...openGuard, ...rights.guard };
    this.ownRecords = rights.own ?? [];
    this.teams = rights.teams ?? null;
    if (!wasPaused || this.guard.paused !== null) return false;
    this.forgetTemporary();
    return true;
  }

  /** The server takes edits again: what was only for the moment is over. */
  forgetTemporary(): void {
    const code = this.refusal?.code;
    if (code && code !== 'closed' && code !== 'device' && nackReasons[code].temporary) this.refusal = null;
  }

  /** Tells the listeners when what they would see is another state. */
  tell(): void {
    const next = this.#read();
    if (sameState(next, this.#state)) return;
    this.#state = next;
    for (const listener of [...this.#listeners]) listener(next);
  }

  end(): void {
    this.#listeners.clear();
  }

  /** Why an older page only looks at a newer board. */
  get #older(): string | null {
    return (this.hello?.schema ?? 0) > SCHEMA_VERSION ? nackReasons['reload-needed'].says : null;
  }

  #read(): LiveState {
    const line = this.#line();
    const canWrite = this.rights.right === 'write' || this.rights.right === 'manage';
    return {
      save: saveStatus({
        kept: line.kept,
        unsavedSince: line.unsavedSince,
        lineAlive: this.link === 'open' && this.isAlive,
        refusal: this.refusal ?? (line.deviceFailed && line.kept > 0 ? deviceFull : null),
        now: this.#now(),
      }),
      loaded: this.source !== 'nothing',
      source: this.source,
      link: this.link,
      // Off line nobody can tell; what was not allowed is refused when the line is back.
      right: this.hello || this.source === 'nothing' ? this.rights.right : 'write',
      readOnlyReason: canWrite ? (this.rights.readOnlyReason ?? this.#older) : null,
      guard: this.guard,
      ownRecords: this.ownRecords,
      teams: this.teams,
      closed: this.closed,
      recoveredCopies: this.copies,
      truth: this.truth,
      session: this.session,
    };
  }
}

function sameState(a: LiveState, b: LiveState): boolean {
  const { save: saveA, ...restA } = a;
  const { save: saveB, ...restB } = b;
  if (JSON.stringify(saveA) !== JSON.stringify(saveB)) return false;
  return (Object.keys(restA) as (keyof typeof restA)[]).every((key) => restA[key] === restB[key]);
}
