import { Store } from '@tldraw/store';
import type { TLRecord, TLStore, TLStoreProps } from '@tldraw/tlschema';
import * as Y from 'yjs';
import { bindStore, type Binding, type BindOptions } from '../../src/board/binding/bind-store.ts';
import { asStoreId, asStoreRecord, recordIn } from '../../src/board/binding/board-store.ts';
import { createBoard, readRecords } from '../../src/board/document.ts';
import type { BoardRecord } from '../../src/board/schema/records.ts';
import { boardSchema } from '../../src/board/schema/schema.ts';
import type { ObjectiveProps, ObjectiveShape } from '../../src/board/schema/shapes.ts';
import { TurnedSchedule } from './turned-schedule.ts';

/**
 * tldraw runs its per-frame work at once when NODE_ENV is `test`, which hides the frame race. Here it waits for frames, as
 * in a browser; a test draws them.
 */
const frames: FrameRequestCallback[] = [];
Object.assign(globalThis, {
  __FORCE_RAF_IN_TESTS__: true,
  requestAnimationFrame: (run: FrameRequestCallback) => frames.push(run),
  cancelAnimationFrame: (id: number) => {
    frames[id - 1] = () => undefined;
  },
});

const realNow = Date.now;
let ahead = 0;

/** Draws frames until tldraw asks for no more: its listeners have heard everything. Each lies 20 ms after the last. */
export function drawStoreFrames(): void {
  Date.now = () => realNow() + ahead;
  try {
    for (let i = 0; i < frames.length; i += 1) {
      ahead += 20;
      frames[i]?.(0);
    }
  } finally {
    Date.now = realNow;
    frames.length = 0;
  }
}

export function newStore(): TLStore {
  return new Store<TLRecord, TLStoreProps>({
    schema: boardSchema,
    props: {
      defaultName: '',
      assets: {
        upload: () => Promise.resolve({ src: '' }),
        resolve: () => null,
        remove: () => Promise.resolve(),
      },
      onMount: () => undefined,
    },
  });
}

/** One person at one board: document, store and the binding between them. */
export class Peer {
  readonly doc: Y.Doc;
  readonly store = newStore();
  readonly schedule = new TurnedSchedule();
  readonly binding: Binding;
  readonly refused: string[] = [];

  constructor(from?: Y.Doc, options: Partial<BindOptions> = {}) {
    this.doc = new Y.Doc();
    if (from) Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(from));
    let seed = 0.123;
    this.binding = bindStore(this.store, this.doc, {
      schedule: this.schedule,
      // Linear congruential: enough for keys that differ.
      random: () => (seed = (seed * 9301 + 0.49297) % 1),
      captureTimeoutMs: 0,
      onRefused: (id) => this.refused.push(id),
      ...options,
    });
  }

  get<R extends BoardRecord>(id: string): R | undefined {
    return recordIn(this.store, id) as R | undefined;
  }

  card(id: string): ObjectiveShape {
    const card = this.get<ObjectiveShape>(id);
    if (!card) throw new Error(`${id} is not in the store`);
    return card;
  }

  put(...records: BoardRecord[]): void {
    this.store.put(records.map(asStoreRecord));
  }

  remove(...ids: string[]): void {
    this.store.remove(ids.map(asStoreId));
  }

  change(id: string, props: Partial<ObjectiveProps>): void {
    const card = this.card(id);
    this.put({ ...card, props: { ...card.props, ...props } });
  }

  move(id: string, x: number, y = 0): void {
    this.put({ ...this.card(id), x, y });
  }

  /** One frame: tldraw's listeners, then ours; nothing is held back. */
  settle(): void {
    drawStoreFrames();
    this.schedule.pass(40);
    this.schedule.drawFrame();
    this.binding.flush();
  }

  /** All records of the store that the document holds, by id. */
  records(): Record<string, BoardRecord> {
    const { records } = readRecords(this.doc);
    return Object.fromEntries(records.map(({ id }) => [id, recordIn(this.store, id) as BoardRecord]));
  }
}

/** A board's document made by the server. */
export function board(records: readonly BoardRecord[]): Y.Doc {
  const doc = new Y.Doc();
  createBoard(doc, records);
  return doc;
}

/** Everyone gets everything; `settle` afterwards to see it in the stores. */
export function exchange(...peers: readonly Peer[]): void {
  for (let round = 0; round < 3; round += 1) {
    for (const peer of peers) peer.settle();
    for (const to of peers) {
      for (const from of peers) {
        if (from !== to)
          Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), 'net');
      }
    }
  }
  for (const peer of peers) peer.settle();
}
