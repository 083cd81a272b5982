import type * as Y from 'yjs';
import { metaOf, schemaVersion } from './document.ts';
import { SCHEMA_VERSION } from './schema/schema.ts';

/** Brings a document from version `from` to `from + 1`, in place. */
export interface MigrationStep {
  readonly from: number;
  migrate(doc: Y.Doc): void;
}

/** In order of versions. The first version of the document needs none. */
const steps: readonly MigrationStep[] = [];

/**
 * Brings a board's document to the version of this code, in one transaction. The server's to call, once for each board,
 * before anybody opens it; clients that are older then turn read-only. `newer`: the document was written by newer code
 * and was left alone; `not-a-board`: it was never filled. Throws when a step between the versions is missing, and the
 * version then stays as it was.
 */
export function migrateDocument(
  doc: Y.Doc,
  to: number = SCHEMA_VERSION,
  path: readonly MigrationStep[] = steps,
): 'current' | 'migrated' | 'newer' | 'not-a-board' {
  const version = schemaVersion(doc);
  if (version === null) return 'not-a-board';
  if (version > to) return 'newer';
  if (version === to) return 'current';
  const needed = Array.from({ length: to - version }, (_, i) => {
    const step = path.find(({ from }) => from === version + i);
    if (!step)
      throw new Error(`No step leads from version ${version + i} of the board document to the next.`);
    return step;
  });
  doc.transact(() => {
    for (const step of needed) step.migrate(doc);
    metaOf(doc).set('schema', to);
  });
  return 'migrated';
}
