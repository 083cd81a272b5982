import type * as Y from 'yjs';
import { OwnUndo } from '#board/binding/own-undo.ts';
import { metaOf } from '#board/document.ts';
import { SCHEMA_VERSION } from '#board/schema/schema.ts';
import { mintKey } from '#domain/plan/mint-key.ts';
import type { PlanPeriod } from '#domain/plan/plan.ts';
import { connectBoard } from '#lib/live/connect-board.ts';
import { WindowGuard } from './window-guard.ts';
import { Live } from '#lib/live/live.svelte.ts';
import type { BoardContext } from '#lib/outline/board-context.ts';
import { BoardEditing } from '#lib/outline/board-editing.ts';
import { BoardRecords } from '#lib/outline/board-records.svelte.ts';
import type { BoardTruth } from '#protocol/views/tracking.ts';

/** Changes this close together are undone together. Milliseconds. */
const captureMs = 500;

/** What belongs to one document; a refused change replaces the document, and all of this with it. */
interface Opened {
  readonly doc: Y.Doc;
  readonly records: BoardRecords;
  readonly editing: BoardEditing;
  readonly own: OwnUndo;
  readonly origin: object;
}

/**
 * A board opened in this window: connection, records, edits and undo in one place, for canvas, forms and outline alike. Browser
 * only. `end` gives everything back; what is unsaved stays on the device.
 */
export class OpenBoard implements BoardContext {
  readonly boardId: string;
  readonly me: { readonly personId: string; readonly personKey: string };
  readonly period: PlanPeriod | null;
  #live = $state.raw<Live | null>(null);
  #opened = $state.raw<Opened | null>(null);
  #newer = $state(false);
  #firstTruth = $state.raw<BoardTruth | null>(null);
  #ends: (() => void | Promise<void>)[] = [];
  /** Areas, locks and pause as this window knows them. */
  readonly guard = new WindowGuard({
    state: () => this.#live?.state ?? null,
    doc: () => this.doc,
    index: () => this.index,
    person: () => this.me.personId,
  });

  // Derived and not getters: the connection's state is a new one with every save, what is read from it here seldom is.
  readonly mayWrite = $derived(this.#live?.canWrite === true && !this.#newer && !this.guard.onlyLooks);
  readonly truth: BoardTruth | null = $derived(
    (this.#live?.state.truth as BoardTruth | null | undefined) ?? this.#firstTruth,
  );
  /** True once there is something to show. */
  readonly loaded = $derived(this.#live?.state.loaded === true && this.#opened !== null);

  constructor(at: {
    boardId: string;
    me: { personId: string; personKey: string };
    period: PlanPeriod | null;
    truth: BoardTruth | null;
  }) {
    this.boardId = at.boardId;
    this.me = at.me;
    this.period = at.period;
    this.#firstTruth = at.truth;
  }

  async start(): Promise<void> {
    let ended = false;
    this.#ends.push(() => {
      ended = true;
    });
    const { connection, end } = await connectBoard({ board: this.boardId, person: this.me.personId });
    if (ended) return end();
    const live = new Live(connection);
    this.#take(connection.doc);
    const stop = connection.onDocument((doc) => this.#take(doc));
    this.#live = live;
    this.#ends.push(stop, () => live.stop(), end);
    await connection.start();
  }

  async end(): Promise<void> {
    this.#close();
    for (const end of this.#ends.splice(0)) await end();
  }

  #take(doc: Y.Doc): void {
    this.#close();
    const origin = { name: 'this window' };
    const own = new OwnUndo(doc, origin, captureMs, (id) => this.#opened?.records.index.get(id));
    this.#opened = {
      ...{ doc, origin, own },
      records: new BoardRecords(doc, (record) => own.remember(record)),
      editing: new BoardEditing(doc, origin, {
        newId: () => mintKey(Math.random),
        step: () => own.manager.stopCapturing(),
      }),
    };
    const versioned = () => {
      const version = metaOf(doc).get('schema');
      this.#newer = typeof version === 'number' && version > SCHEMA_VERSION;
    };
    versioned();
    metaOf(doc).observe(versioned);
  }

  #close(): void {
    this.#opened?.records.stop();
    this.#opened?.own.manager.destroy();
  }

  /** Null until the connection is made. */
  get live(): Live | null {
    return this.#live;
  }

  get doc(): Y.Doc | null {
    return this.#opened?.doc ?? null;
  }

  /** Origin of this window's changes: what undo takes back. */
  get origin(): object {
    return this.#must().origin;
  }

  get index() {
    return this.#must().records.index;
  }

  /** Objects that can not be shown. */
  get hidden(): number {
    return this.#opened?.records.hidden ?? 0;
  }

  mayChange(id: string): boolean {
    return this.guard.mayChange(id);
  }

  mayAdd(area: string): boolean {
    return this.guard.mayAdd(area);
  }

  get editing(): BoardEditing {
    return this.#must().editing;
  }

  /** The board was made by newer code than this page. */
  get isNewer(): boolean {
    return this.#newer;
  }

  undo(): void {
    if (this.mayWrite) this.#must().own.undo();
  }

  redo(): void {
    if (this.mayWrite) this.#must().own.redo();
  }

  step(): void {
    this.#must().own.manager.stopCapturing();
  }

  /** A hand may come down, and let go, when the board was closed under it. */
  hold(): void {
    this.#opened?.own.hold();
  }

  release(): void {
    this.#opened?.own.release();
  }

  #must(): Opened {
    if (!this.#opened) throw new Error('The board was used before it was opened.');
    return this.#opened;
  }
}
