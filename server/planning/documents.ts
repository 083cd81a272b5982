import type * as Y from 'yjs';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Documents } from './deps.ts';

/** The part of the sync server that planning uses (server/sync/sync-server.ts). */
export interface SyncPort {
  edit(board: string, origin: { person: string | null; why: string }, change: (doc: Y.Doc) => void): Promise<{ seq: number }>;
  snapshotBytes(board: string): Promise<{ bytes: Uint8Array; seq: number }>;
  closeBoard(board: string, code: number, reason: string): void;
}

/** Close code of a board that is not there any more (src/protocol/close-codes.ts). */
const removedCode = 4404;

/**
 * The live documents behind a narrow door. A room that cannot take an edit or cannot be read is an ordinary event (disk
 * full, database away, damaged log), so it comes back as a refusal that says that nothing was changed.
 */
export function createDocuments(sync: SyncPort, told: (error: unknown, board: string) => void): Documents {
  const attempt = async <T>(board: string, work: () => Promise<T>, doing: string): Promise<Outcome<T>> => {
    try {
      return allowed(await work());
    } catch (error) {
      told(error, board);
      const why = error instanceof Error && error.message !== '' ? ` (${error.message})` : '';
      return refused('board-unavailable', `The board cannot be ${doing} now${why}. Nothing was changed; try again.`);
    }
  };
  return {
    edit: (board, person, why, change) =>
      attempt(board, async () => ({ seq: (await sync.edit(board, { person, why }, change)).seq }), 'changed'),
    read: (board) =>
      attempt(
        board,
        async () => {
          const { bytes, seq } = await sync.snapshotBytes(board);
          return { bytes, seq };
        },
        'read',
      ),
    forget(board) {
      sync.closeBoard(board, removedCode, 'This board was removed.');
      return Promise.resolve();
    },
  };
}
