import { BoardConnection } from './board-connection.ts';
import { overWebSocket } from './live-provider.ts';
import { openIndexedStore } from './storage/indexed-store.ts';
import { MemoryStore } from './storage/memory-store.ts';
import { ProcessLocks, webLocks } from './tab-locks.ts';
import { browserClock } from './transport.ts';

/** Uniform in [0, 1) from the system's generator: outbox ids must not be guessed. */
const strongRandom = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 0x1_0000_0000;

/**
 * Opens a board in a browser tab: keeps edits in IndexedDB (in memory only where the browser refuses it), hands over what
 * was typed when the page is hidden, hears of the device's network, asks before the page is left with unsaved edits. The returned function ends all of it.
 *
 *   const { connection, end } = await connectBoard({ board: id, person: personId });
 *   connection.subscribe((state) => ...);  connection.onDocument((doc, awareness) => ...);  await connection.start();
 */
export async function connectBoard(at: {
  board: string;
  person: string;
  /** `ws(s)://host/sync`; this page's own host by default. */
  url?: string;
}): Promise<{ connection: BoardConnection; end: () => Promise<void> }> {
  const url = at.url ?? `${location.origin.replace(/^http/, 'ws')}/sync`;
  const store = await openIndexedStore().catch(() => new MemoryStore());
  const connection = new BoardConnection({
    board: at.board,
    person: at.person,
    transport: overWebSocket({ url, board: at.board, random: Math.random }),
    store,
    locks: navigator.locks ? webLocks(navigator.locks) : new ProcessLocks(),
    clock: browserClock,
    random: strongRandom,
  });
  const hidden = (): void => {
    if (document.visibilityState === 'hidden') connection.flush();
  };
  const leaving = (event: BeforeUnloadEvent): void => {
    connection.flush();
    if (connection.hasUnsaved) event.preventDefault();
  };
  const network = (): void => connection.networkChanged();
  document.addEventListener('visibilitychange', hidden);
  addEventListener('beforeunload', leaving);
  for (const event of ['offline', 'online']) addEventListener(event, network);
  return {
    connection,
    end: async () => {
      document.removeEventListener('visibilitychange', hidden);
      removeEventListener('beforeunload', leaving);
      for (const event of ['offline', 'online']) removeEventListener(event, network);
      await connection.close();
    },
  };
}
