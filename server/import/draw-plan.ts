import type * as Y from 'yjs';
import { applyChanges, readRecords } from '#board/document.ts';
import { planToChanges, type PlannedImport } from '#board/import/plan-to-changes.ts';
import { boardLimits } from '#board/schema/limits.ts';
import { refused, allowed, type Outcome } from '#domain/outcome.ts';
import type { PlanFile } from '#domain/plan/format/plan-file.ts';
import { mintToken } from './mint.ts';

/**
 * Puts a plan onto a document, to be called within one transaction of it. Refuses what the board cannot hold; then the
 * document is as it was. Never throws on what a file may say.
 */
export function drawPlan(doc: Y.Doc, file: PlanFile): Outcome<PlannedImport, 'board-full' | 'faulty-plan'> {
  const existing = readRecords(doc).records;
  const planned = planToChanges(existing, file, { mint: mintToken });
  const blocking = planned.problems.filter(({ severity }) => severity === 'blocking');
  if (blocking.length > 0) {
    return refused('faulty-plan', 'The plan holds what a board cannot; nothing was imported.', {
      faults: blocking.map(({ key, message }) => ({ path: key ?? '', message })),
    });
  }
  const { put, remove } = planned.changes;
  const known = new Set(existing.map((record) => record.id as string));
  const records = existing.length - remove.length + put.filter((record) => !known.has(record.id)).length;
  if (records > boardLimits.records) {
    return refused(
      'board-full',
      `The board would hold ${records} objects; ${boardLimits.records} are possible. Import into a new board, or split the plan.`,
    );
  }
  applyChanges(doc, planned.changes);
  return allowed(planned);
}
