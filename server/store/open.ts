import { makeStore, type Store } from './store.ts';

/** Where the data is. Without `databaseUrl` it is the embedded database in `dataDir`. */
export interface StoreLocation {
  readonly databaseUrl: string | null;
  /** Absolute folder. */
  readonly dataDir: string;
  /** Told when the embedded database died under the running server: nothing can be kept any more. */
  readonly onLost?: (reason: Error) => void;
}

/**
 * Opens the store and brings its tables up to date. Throws StartFailure with one line for people when it can not be had:
 * wrong address or password, folder locked, unwritable or full, tables of a newer version.
 */
export async function openStore(location: StoreLocation): Promise<Store> {
  // Loaded when needed: a server on PostgreSQL should not carry the embedded database in memory, nor the reverse.
  if (location.databaseUrl !== null) {
    const { openPostgresql } = await import('./postgresql.ts');
    return makeStore(await openPostgresql(location.databaseUrl));
  }
  const { openEmbedded } = await import('./embedded.ts');
  return makeStore(await openEmbedded(location.dataDir, location.onLost));
}
