import { readRecord } from '#board/document.ts';
import type { BoardRules } from './hooks.ts';

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
};
