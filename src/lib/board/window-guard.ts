import type * as Y from 'yjs';
import { authorOf } from '#board/author-of.ts';
import { guardedChange } from '#board/guarded-change.ts';
import { isShape } from '#board/schema/records.ts';
import type { RecordIndex } from '#board/tree.ts';
import {
  guardedBy,
  mayChange,
  mayPutBack,
  mayUnlock,
  openGuard,
  type BoardGuard,
  type Guarded,
} from '#domain/access/guard.ts';
import type { LiveState } from '#lib/live/live-state.ts';

/** What the guard asks of the window it speaks in. */
interface Window {
  state(): LiveState | null;
  doc(): Y.Doc | null;
  /** Asked only once there is a document. */
  index(): RecordIndex;
  readonly person: () => string;
}

/** Who may change what of a board, as this window knows it: the server's own rules, asked before the hand moves. */
export class WindowGuard {
  readonly #window: Window;

  constructor(window: Window) {
    this.#window = window;
  }

  get now(): BoardGuard {
    return this.#window.state()?.guard ?? openGuard;
  }

  get who(): Guarded {
    const state = this.#window.state();
    const right = state?.right ?? null;
    return guardedBy(this.now, { person: this.#window.person(), teams: state?.teams ?? [], right });
  }

  /** The section of the session that runs here leaves this person nothing to change. */
  get onlyLooks(): boolean {
    const { section } = this.now;
    return section !== null && section.area === null && !this.who.manages;
  }

  /** Put there by this person: by this window, or as the server told. */
  isOwn(id: string): boolean {
    const doc = this.#window.doc();
    if (this.#window.state()?.ownRecords.includes(id)) return true;
    return doc !== null && authorOf(doc, id) === doc.clientID;
  }

  /** May this person change this record where it lies? */
  mayChange(id: string): boolean {
    const index = this.#window.index();
    const shape = index.get(id);
    if (!shape || !isShape(shape)) return true;
    return mayChange(this.now, this.who, guardedChange(index, shape, shape, this.isOwn(id))).ok;
  }

  /** May this person put something into this area? */
  mayAdd(area: string): boolean {
    const index = this.#window.index();
    const shape = index.get(area);
    if (!shape || !isShape(shape)) return true;
    const card = { ...shape, id: 'new', type: 'group', parentId: area } as never;
    return mayChange(this.now, this.who, guardedChange(index, null, card, true)).ok;
  }

  mayUnlock(id: string): boolean {
    const lock = this.now.locks[id];
    return lock !== undefined && mayUnlock(lock, this.who);
  }

  get mayPutBack(): boolean {
    return this.now.wayBack !== null && mayPutBack(this.now.wayBack, this.who);
  }
}
