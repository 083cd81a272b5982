import type { LiveStore } from './live-store.ts';
import type { TabLocks } from './tab-locks.ts';
import type { LiveClock, MakeTransport } from './transport.ts';

/** What a connection is made of; `connectBoard` fills it in a browser, tests fill it otherwise. */
export interface ConnectionOptions {
  readonly board: string;
  /** Person id: only this person's outboxes are adopted, and the server must agree. */
  readonly person: string;
  readonly transport: MakeTransport;
  readonly store: LiveStore;
  readonly locks: TabLocks;
  readonly clock: LiveClock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Names of the document's root maps, until the server tells them. */
  readonly roots?: readonly string[];
}
