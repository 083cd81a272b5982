import type { Database, Store, Transaction } from './store.ts';

/**
 * The store as seen from inside a transaction: what a part does with it happens together with the rest, or not at all.
 * Lets one part ask another for something within its own transaction.
 */
export function storeWithin(store: Store, tx: Transaction): Store {
  // A transaction has every query a database has; it lacks only the pool behind it.
  const db = tx as unknown as Database;
  return {
    info: store.info,
    kind: store.kind,
    db,
    get sql(): never {
      throw new Error('Inside a transaction the driver itself may not be used.');
    },
    transaction: (work) => work(tx),
    notReady: () => store.notReady(),
    close: () => Promise.reject(new Error('A transaction does not close the store.')),
  };
}
