import { DatabaseSync } from 'node:sqlite';
import { StartFailure } from '../start-failure.ts';

/**
 * Takes a lock that exactly one process (or one opener within a process) can hold, and that the kernel frees when the
 * holder dies, even by kill -9: an SQLite file in an exclusive transaction. A file with a process id would not do: in
 * a container the restarted server often gets the same id.
 * Returns the release; throws StartFailure when somebody else holds it.
 */
export function lockDirectory(file: string, directory: string): () => void {
  let lock: DatabaseSync | null = null;
  try {
    lock = new DatabaseSync(file);
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    const reason = error instanceof Error ? error.message : String(error);
    if (reason.includes('locked')) {
      throw new StartFailure(
        `Another Throughline is running on the data folder ${directory}. Two at once would destroy its data: stop the other one, or set DATA_DIR to another folder.`,
      );
    }
    throw new StartFailure(
      `The data folder ${directory} can not be written (${reason}). Check its rights and free space, or set DATA_DIR.`,
    );
  }
  const held = lock;
  return () => held.close();
}
