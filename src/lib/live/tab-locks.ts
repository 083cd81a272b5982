/** Says which outboxes belong to living tabs: each tab holds a lock of its outbox's name as long as it lives. */
export interface TabLocks {
  /** Holds the lock until the returned function is called or the tab dies; null when somebody else holds it. */
  take(name: string): Promise<(() => void) | null>;
}

/** Web Locks: freed by the browser however the tab ends. */
export const webLocks = (manager: LockManager): TabLocks => ({
  take: (name) =>
    new Promise((resolve, reject) => {
      manager
        .request(name, { ifAvailable: true }, (lock) => {
          if (!lock) return resolve(null);
          return new Promise<void>((free) => resolve(() => free()));
        })
        .catch(reject);
    }),
});

/** Locks within one process, for tests and for browsers without Web Locks (where no outbox is then ever adopted). */
export class ProcessLocks implements TabLocks {
  readonly #held = new Set<string>();

  take(name: string): Promise<(() => void) | null> {
    if (this.#held.has(name)) return Promise.resolve(null);
    this.#held.add(name);
    return Promise.resolve(() => void this.#held.delete(name));
  }
}
