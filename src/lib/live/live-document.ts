import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { SCHEMA_VERSION } from '#board/schema/version.ts';
import { PROTOCOL_VERSION } from '#protocol/kinds.ts';
import { contentHash } from '#protocol/content-hash.ts';
import type { Position } from './live-store.ts';

/** Origin of everything that is not an edit of this tab. */
export const remote = Symbol('remote');

/** The document of a connection, and where it stands against the server. */
export class LiveDocument {
  readonly doc = new Y.Doc();
  readonly awareness = new Awareness(this.doc);
  /** Null until a board was seen. */
  epoch: number | null = null;
  /** Everything up to here is in the document. */
  seq = 0;
  #edits: Uint8Array[] = [];
  #onEdit: ((bytes: Uint8Array) => void) | null = null;

  constructor() {
    this.doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin === remote) return;
      if (this.#onEdit) this.#onEdit(bytes);
      else this.#edits.push(bytes);
    });
  }

  /** Hands this tab's edits to `listener` from now on, those made meanwhile first. */
  listen(listener: (bytes: Uint8Array) => void): void {
    this.#onEdit = listener;
    for (const bytes of this.takeEdits()) listener(bytes);
  }

  /** Edits made while nobody listened. */
  takeEdits(): Uint8Array[] {
    return this.#edits.splice(0);
  }

  /** Shows a stored board. */
  show(parts: readonly Uint8Array[], epoch: number, seq: number): void {
    this.doc.transact(() => {
      for (const part of parts) Y.applyUpdate(this.doc, part, remote);
    }, remote);
    this.epoch = epoch;
    this.seq = seq;
  }

  /** Takes what the server sent; empty bytes move the position only. */
  take(bytes: Uint8Array, to: number): void {
    if (bytes.byteLength > 0) Y.applyUpdate(this.doc, bytes, remote);
    this.seq = Math.max(this.seq, to);
  }

  position(board: string): Position | null {
    return this.epoch === null ? null : { board, epoch: this.epoch, seq: this.seq };
  }

  /** How this document introduces itself to the server. */
  query(): Record<string, string> {
    const known: Record<string, string> =
      this.epoch === null ? {} : { epoch: String(this.epoch), seq: String(this.seq) };
    const schema = String(SCHEMA_VERSION);
    return { v: String(PROTOCOL_VERSION), client: String(this.doc.clientID), schema, ...known };
  }

  hash(roots: readonly string[]): string {
    return contentHash(
      Object.fromEntries(roots.map((root) => [root, this.doc.getMap(root).toJSON() as unknown])),
    );
  }

  destroy(): void {
    this.awareness.destroy();
    this.doc.destroy();
  }
}
