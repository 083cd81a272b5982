import type * as Y from 'yjs';
import { isNothing } from '../changes-between.ts';
import { applyChanges, readRecords } from '../document.ts';
import { repair } from './repair.ts';

/**
 * Repairs a board's document in one transaction; true when something had to be written. The server calls it when a board
 * comes to rest, not with every edit: it reads the whole board (about 0.1 ms a record).
 */
export function repairDocument(doc: Y.Doc, origin?: unknown): boolean {
  const changes = repair(readRecords(doc).records);
  if (isNothing(changes)) return false;
  applyChanges(doc, changes, origin);
  return true;
}
