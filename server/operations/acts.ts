import type { Store } from '../store/store.ts';
import { openStore } from '../store/open.ts';
import { appVersion } from './app-version.ts';
import { backUp } from './backup/back-up.ts';
import { readLines, verifyBackupFile, writeBackupFile } from './backup/backup-file.ts';
import type { Manifest } from './backup/format.ts';
import { restore } from './backup/restore.ts';
import { moveToPostgres } from './move-to-postgres.ts';

/** What was done, for the person who asked. */
export interface Done {
  readonly boards: number;
  readonly rows: number;
  readonly tables: number;
}

type Source = Pick<Store, 'sql' | 'kind'>;

/** Writes a backup of a store that may be in use, and reads it again to compare every hash. */
export async function backUpTo(store: Source, path: string): Promise<Done> {
  const about = { app: appVersion(), from: store.kind, madeAt: new Date().toISOString() };
  await store.sql.begin('isolation level repeatable read read only', (tx) =>
    writeBackupFile(backUp(tx, about), path),
  );
  return count((await verifyBackupFile(path)).manifest);
}

/** Verifies a backup, then puts it into a store in one step. */
export async function restoreFrom(store: Source, path: string, replace: boolean): Promise<Done> {
  await verifyBackupFile(path);
  const { manifest } = await restore(store, readLines(path), { replace, raiseEpochs: true });
  return count(manifest);
}

/** Copies the embedded store to an empty PostgreSQL database; `moved` runs while nothing can be written here. */
export async function moveTo(
  store: Source,
  url: string,
  moved: (done: Done) => Promise<void>,
): Promise<void> {
  const target = await openStore({ databaseUrl: url, dataDir: '' });
  try {
    const about = { app: appVersion(), madeAt: new Date().toISOString() };
    await moveToPostgres(store, target, about, ({ manifest }) => moved(count(manifest)));
  } finally {
    await target.close();
  }
}

const count = (manifest: Manifest): Done => ({
  boards: manifest.board?.rows ?? 0,
  rows: Object.values(manifest).reduce((sum, { rows }) => sum + rows, 0),
  tables: Object.keys(manifest).length,
});
