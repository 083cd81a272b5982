import * as Y from 'yjs';
import { readRecords } from '#board/document.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Documents, FrozenDocument } from './deps.ts';

/** The part of the sync server that planning uses (server/sync/sync-server.ts). */
export interface SyncPort {
  edit(
    board: string,
    origin: { person: string | null; why: string },
    change: (doc: Y.Doc) => void,
  ): Promise<{ seq: number }>;
  authorOf(board: string, record: string): Promise<string | null>;
  snapshotBytes(board: string): Promise<{ bytes: Uint8Array; seq: number; epoch: number }>;
  closeBoard(board: string, code: number, reason: string): void;
}

/** Close code of a board that is not there any more (src/protocol/close-codes.ts). */
const removedCode = 4404;
/** Boards read lately are kept read: a review is followed by its act, an import by a look at the plan. */
const kept = 4;

/**
 * The live documents behind a narrow door. A room that cannot take an edit or cannot be read is an ordinary event (disk
 * full, database away, damaged log), so it comes back as a refusal that says that nothing was changed.
 */
export function createDocuments(sync: SyncPort, told: (error: unknown, board: string) => void): Documents {
  const lately = new Map<string, FrozenDocument & { readonly epoch: number }>();
  const attempt = async <T>(board: string, work: () => Promise<T>, doing: string): Promise<Outcome<T>> => {
    try {
      return allowed(await work());
    } catch (error) {
      told(error, board);
      const why = error instanceof Error && error.message !== '' ? ` (${error.message})` : '';
      return refused(
        'board-unavailable',
        `The board cannot be ${doing} now${why}. Nothing was changed; try again.`,
      );
    }
  };
  return {
    edit: (board, person, why, change) =>
      attempt(board, async () => ({ seq: (await sync.edit(board, { person, why }, change)).seq }), 'changed'),
    read: (board, at) =>
      attempt(
        board,
        async () => {
          const known = lately.get(board);
          if (known && known.seq === at.head && known.epoch === at.epoch) return known;
          const read = await sync.snapshotBytes(board);
          const frozen = freeze(read);
          lately.delete(board);
          lately.set(board, frozen);
          const [oldest] = lately.keys();
          if (lately.size > kept && oldest !== undefined) lately.delete(oldest);
          return frozen;
        },
        'read',
      ),
    authorOf: (board, record) =>
      attempt(
        board,
        async () => {
          const author = await sync.authorOf(board, record);
          return author === 'server' ? null : author;
        },
        'read',
      ),
    forget(board) {
      lately.delete(board);
      sync.closeBoard(board, removedCode, 'This board was removed.');
      return Promise.resolve();
    },
  };
}

/** A document as read, its records taken out once, when somebody first asks. */
function freeze({ bytes, seq, epoch }: { bytes: Uint8Array; seq: number; epoch: number }) {
  let records: FrozenDocument['records'] | null = null;
  return {
    bytes,
    seq,
    epoch,
    get records() {
      records ??= recordsOf(bytes);
      return records;
    },
  };
}

function recordsOf(bytes: Uint8Array): FrozenDocument['records'] {
  const doc = new Y.Doc();
  try {
    Y.applyUpdate(doc, bytes);
    return readRecords(doc).records;
  } finally {
    doc.destroy();
  }
}
