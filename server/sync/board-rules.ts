import type * as Y from 'yjs';
import { readRecord } from '#board/document.ts';
import { repairDocument } from '#board/repair/repair-document.ts';
import { WatchForRepair } from '#board/repair/watch-for-repair.ts';
import type { BoardRules } from './hooks.ts';

/** One watch for each document that is being written to; it goes with the document. */
const watches = new WeakMap<Y.Doc, WatchForRepair>();

function watchOf(doc: Y.Doc): WatchForRepair {
  const known = watches.get(doc);
  if (known) return known;
  const watch = new WatchForRepair(doc);
  watches.set(doc, watch);
  return watch;
}

/**
 * The rules of a real board: records of src/board, judged by the same schema as the canvas (board.md B1.6). `meta` is the
 * server's alone, so it is no root here and a client that touches it is refused.
 */
export const boardRules: BoardRules = {
  roots: ['records'],
  validate: (doc, _root, id) => {
    const read = readRecord(doc, id);
    return read.ok ? null : { reason: 'invalid', detail: read.refusal.message };
  },
  needsRepair: (doc) => watchOf(doc).mayNeedRepair(),
  repair: (doc) => void repairDocument(doc),
};
