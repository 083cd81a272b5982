import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { kind } from '#protocol/kinds.ts';
import { encodeJson } from '#protocol/messages.ts';
import { BoardLink } from './board-link.ts';
import type { ConnectionOptions } from './connection-options.ts';
import type { LiveState } from './live-state.ts';
import type { RecoveredCopy } from './live-store.ts';

/**
 * One tab's connection to one board: the document, who else is here, and an honest answer to "is it saved?". It shows the
 * copy of this device at once, keeps every edit on the device until the server said it is durable, and survives reloads,
 * dead tabs, restarts, refusals and replaced boards. Free of any framework; live.svelte.ts makes it visible to runes.
 *
 * The document is replaced after a refusal (Yjs can not take back): listen with `onDocument`, never keep `doc`.
 */
export class BoardConnection {
  readonly options: ConnectionOptions;
  readonly #link: BoardLink;

  constructor(options: ConnectionOptions) {
    this.options = options;
    this.#link = new BoardLink(options);
  }

  get doc(): Y.Doc {
    return this.#link.live.doc;
  }
  get awareness(): Awareness {
    return this.#link.live.awareness;
  }
  get state(): LiveState {
    return this.#link.status.state;
  }
  /** The server's clock now, in milliseconds since the epoch. */
  serverNow(): number {
    return this.options.clock.now() + this.#link.serverTime.offsetMs;
  }

  /** Called with every new state; the answer stops it. */
  subscribe(listener: (state: LiveState) => void): () => void {
    return this.#link.status.subscribe(listener);
  }

  /** Called when the document was replaced by a fresh one; the answer stops it. */
  onDocument(listener: (doc: Y.Doc, awareness: Awareness) => void): () => void {
    this.#link.documentListeners.add(listener);
    return () => void this.#link.documentListeners.delete(listener);
  }

  /** Shows this device's copy, takes over edits of tabs that died, and goes on line. Resolves when the copy is shown. */
  start(): Promise<void> {
    return this.#link.start();
  }

  /** A message of the facilitated session; dropped while there is no line. */
  sendSession(message: unknown): void {
    this.#link.send(encodeJson(kind.session, message));
  }

  /** True while closing the page could lose something: ask before leaving. */
  get hasUnsaved(): boolean {
    return this.#link.line.kept > 0;
  }

  /** Hands over everything typed so far at once; call it when the page is hidden. */
  flush(): void {
    this.#link.line.flush();
  }

  /** What this window shows, for *Download a copy*: the document as a Yjs update and its records as JSON. */
  copy(): { bytes: Uint8Array; json: Record<string, unknown> } {
    const { doc } = this.#link.live;
    return {
      bytes: Y.encodeStateAsUpdate(doc),
      json: Object.fromEntries(this.#link.roots.map((root) => [root, doc.getMap(root).toJSON()])),
    };
  }

  recoveredCopies(): Promise<readonly RecoveredCopy[]> {
    return this.options.store.copies(this.options.board, this.options.person);
  }

  async dropCopy(id: string): Promise<void> {
    await this.options.store.dropCopy(id);
    this.#link.status.copies = (await this.recoveredCopies()).length;
    this.dismissRefusal();
  }

  /** The person has seen why something was not saved. */
  dismissRefusal(): void {
    this.#link.status.refusal = null;
    this.#link.status.tell();
  }

  /** Tries again after a final close, for example when the person signed in anew. */
  reconnect(): void {
    this.#link.status.closed = null;
    this.#link.status.refusal = null;
    this.#link.renew();
    this.#link.status.tell();
  }

  /**
   * The device says that its network went or came: the line is tried anew now. Without it a line that is gone is noticed
   * only by its silence, and one that could be there again waits for its turn.
   */
  networkChanged(): void {
    if (this.#link.status.closed) return;
    this.#link.renew();
    this.#link.status.tell();
  }

  /** Ends the connection; what was not saved stays on the device and is adopted by the next tab. */
  close(): Promise<void> {
    return this.#link.end();
  }
}
