import { changesBetween } from '../changes-between.ts';
import { indexRecords } from '../tree.ts';
import type { BoardRecord, RecordChanges } from '../schema/records.ts';
import { seedRecords } from '../seed.ts';
import { repairBindings } from './repair-bindings.ts';
import { repairIndices } from './repair-indices.ts';
import { repairKeys } from './repair-keys.ts';
import { repairParents } from './repair-parents.ts';

/**
 * What must change so that a board holds together (board.md B1.7): honest people, each right on their own, can together
 * make circles of parents, cards in deleted areas, bindings of deleted cards, equal indices and equal keys. Pure; the
 * order of `records` does not matter, so everyone who sees the same records makes the same repair; repairing twice
 * changes nothing. Words are never thrown away: an arrow that lost one end stays, for its people to tie it again.
 * The server writes the result as its own update.
 */
export function repair(records: Iterable<BoardRecord>): RecordChanges {
  const before = indexRecords(records);
  const after = new Map(before);
  for (const record of seedRecords()) if (!after.has(record.id)) after.set(record.id, record);
  repairParents(after);
  repairBindings(after);
  repairKeys(after);
  repairIndices(after);
  return changesBetween(before, after);
}
