import type { TLStore } from 'tldraw';
import { bindStore } from '#board/binding/bind-store.ts';
import { browserSchedule } from '#board/schedule.ts';
import type { CanvasInput } from './contract.ts';
import type { Bound } from './surroundings.ts';

export interface BoundDocument extends Bound {
  setReadOnly(readOnly: boolean): void;
  dispose(): void;
}

/**
 * Binds tldraw's store to the board's document. Undo is the page's, one for canvas, forms and outline together; what the hand
 * just did is handed over before, and shown at once after.
 */
export function bindDocument(store: TLStore, input: CanvasInput, readOnly: boolean): BoundDocument {
  const binding = bindStore(store, input.doc, {
    schedule: browserSchedule,
    random: Math.random,
    origin: input.origin,
    readOnly,
    isTakenKey: input.isTakenKey,
    onRefused: (_id, reason) => {
      input.on.refused(reason);
    },
    onState: (state) => {
      if (state === 'newer-board') input.on.newerBoard();
    },
  });
  const around = (act: () => void) => () => {
    binding.flush();
    act();
    binding.flush();
  };
  return {
    undo: around(() => input.undo.undo()),
    redo: around(() => input.undo.redo()),
    step: () => {
      binding.flush();
      input.undo.step();
    },
    hold: () => input.undo.hold(),
    release: () => {
      binding.flush();
      input.undo.release();
    },
    flush: () => binding.flush(),
    setReadOnly: (now) => binding.setReadOnly(now),
    dispose: () => binding.dispose(),
  };
}
