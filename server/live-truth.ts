import { eq } from 'drizzle-orm';
import type { Tracking } from './app-tracking.ts';
import type { Log } from './log.ts';
import { board } from './store/schema.ts';
import type { Store } from './store/store.ts';

/** What the server knows of a board's promises, for sockets: read when one joins, pushed when something changed. */
export interface LiveTruth {
  read(boardId: string): Promise<unknown>;
  /** Sends it to every open window of the board. Calls that come while it is being read are answered by one more reading. */
  push(boardId: string): Promise<void>;
}

export function makeLiveTruth(
  { store, log }: { readonly store: Store; readonly log: Log },
  tracking: Pick<Tracking, 'truth'>,
  windows: {
    /** True while a window of this process shows the board. */
    isShown(boardId: string): boolean;
    send(boardId: string, truth: unknown): void;
  },
): LiveTruth {
  /** Boards being read, and whether something changed meanwhile. */
  const reading = new Map<string, { again: boolean; done: Promise<void> }>();
  const read = async (boardId: string): Promise<unknown> => {
    const [found] = await store.db
      .select({ of: board.organisationId })
      .from(board)
      .where(eq(board.id, boardId));
    return found ? tracking.truth(found.of, boardId) : null;
  };
  const pushUntilQuiet = async (boardId: string, state: { again: boolean }): Promise<void> => {
    do {
      state.again = false;
      const truth = await read(boardId);
      if (truth !== null) windows.send(boardId, truth);
    } while (state.again);
  };
  return {
    read,
    async push(boardId) {
      // Whoever opens it reads it then.
      if (!windows.isShown(boardId)) return;
      const underWay = reading.get(boardId);
      if (underWay) {
        underWay.again = true;
        return underWay.done;
      }
      const state = { again: false, done: Promise.resolve() };
      reading.set(boardId, state);
      state.done = pushUntilQuiet(boardId, state)
        // Windows learn it with the next change, or when they join again; whoever acted has been answered already.
        .catch((error: unknown) =>
          log.error({ err: error, board: boardId }, 'the truth of a board could not be pushed'),
        )
        .finally(() => reading.delete(boardId));
      return state.done;
    },
  };
}
