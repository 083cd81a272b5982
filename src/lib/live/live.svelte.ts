import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { BoardConnection } from './board-connection.ts';
import type { LiveState } from './live-state.ts';

/** A connection as runes see it: `live.state`, `live.doc` and `live.awareness` are reactive. */
export class Live {
  readonly connection: BoardConnection;
  #state = $state.raw<LiveState>() as LiveState;
  #doc = $state.raw<Y.Doc>() as Y.Doc;
  #awareness = $state.raw<Awareness>() as Awareness;
  readonly #stops: (() => void)[];

  constructor(connection: BoardConnection) {
    this.connection = connection;
    this.#state = connection.state;
    this.#doc = connection.doc;
    this.#awareness = connection.awareness;
    this.#stops = [
      connection.subscribe((state) => (this.#state = state)),
      connection.onDocument((doc, awareness) => {
        this.#doc = doc;
        this.#awareness = awareness;
      }),
    ];
  }

  get state(): LiveState {
    return this.#state;
  }
  /** Replaced after a refusal: always read it from here. */
  get doc(): Y.Doc {
    return this.#doc;
  }
  get awareness(): Awareness {
    return this.#awareness;
  }
  /** May this person change the board at this moment? */
  get canWrite(): boolean {
    const { right, readOnlyReason, guard } = this.#state;
    return (right === 'write' || right === 'manage') && readOnlyReason === null && guard.paused === null;
  }

  /** Stops looking; the connection itself is ended by whoever opened it. */
  stop(): void {
    for (const stop of this.#stops) stop();
  }
}
