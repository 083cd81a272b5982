import { applyChanges, readRecords } from '#board/document.ts';
import { restoreChanges, restoreEffect } from '#board/restore-effect.ts';
import { readGuard } from '#domain/access/read-guard.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { localDateOf, localTimeOf } from '#domain/rhythm/local-time.ts';
import type { MomentAsked, RestoreEffect, RestoreResult } from '#protocol/views/board-history.ts';
import type { Viewer } from '../app.ts';
import { logChange } from '../store/log-change.ts';
import { guardedOn } from './board-guard.ts';
import { byId, readPast } from './board-moment.ts';
import { openBoard } from './board-rows.ts';
import type { PlanningDeps } from './deps.ts';
import { takeSnapshot } from './snapshots.ts';

/** What the event of a restore carries. */
export interface RestoredData {
  /** The moment, as people read it in the history of any object (ISO 8601), and its last edit. */
  readonly to: string;
  readonly seq: number;
  /** The last edit before the restore. */
  readonly before: number;
  readonly back: number;
  readonly gone: number;
  readonly changed: number;
}

const sum = ({ back, gone, changed }: RestoreEffect): number => back.count + gone.count + changed.count;

/**
 * Brings the content of a moment back as a new edit of the server (trust.md Y): the log goes on and is never rewound, so
 * everybody in the room sees it at once, and going back to the edit before undoes it. What others write meanwhile merges
 * as it always does. The board just before is frozen by name, and the log of events says who did it.
 */
export async function restoreBoard(
  deps: PlanningDeps,
  viewer: Viewer,
  boardId: string,
  asked: MomentAsked,
): Promise<Outcome<RestoreResult>> {
  const opened = await openBoard(deps.store.db, viewer, boardId, 'write');
  if (!opened.ok) return opened;
  const { who } = await guardedOn(deps.store.db, viewer, opened.value);
  if (!who.manages) {
    return refused(
      'forbidden',
      'Only managers of this board (its creator, the leads of its teams, administrators) and the facilitator of the session that runs on it may restore it.',
    );
  }
  if (readGuard(opened.value.row.guard).paused) {
    return refused('paused', 'This board is paused. Resume it first, then restore it.');
  }
  const read = await readPast(deps, opened.value, asked);
  if (!read.ok) return read;
  const then = byId(read.value.document.records);
  const now = await deps.documents.read(boardId, opened.value.row);
  if (!now.ok) return now;
  if (sum(restoreEffect(byId(now.value.records), then)) === 0) {
    return refused('nothing-to-restore', 'The board is as it was then already. Nothing was changed.');
  }
  const { timezone } = viewer.organisation;
  const { at, past } = read.value;
  const label = `Before the restore to ${localDateOf(at, timezone)} ${localTimeOf(at, timezone)}`;
  const frozen = await takeSnapshot(deps, viewer, boardId, { why: 'automatic', label });
  if (!frozen.ok) return frozen;

  let effect: RestoreEffect | null = null;
  const done = await deps.documents.edit(boardId, viewer.personId, 'restore', (doc) => {
    const current = byId(readRecords(doc).records);
    effect = restoreEffect(current, then);
    applyChanges(doc, restoreChanges(current, then));
  });
  if (!done.ok) return done;
  const made = effect as RestoreEffect | null;
  if (!made) throw new Error('The board was restored without a word of what was done.');
  const before = done.value.seq - 1;
  await record(deps, viewer, boardId, {
    ...{ to: new Date(at).toISOString(), seq: past.seq, before },
    ...{ back: made.back.count, gone: made.gone.count, changed: made.changed.count },
  });
  return allowed({ effect: made, seq: done.value.seq, before });
}

/** One line in the log of events: who brought it back, when, to which moment. */
async function record(
  { store, now }: PlanningDeps,
  viewer: Viewer,
  boardId: string,
  data: RestoredData,
): Promise<void> {
  await store.transaction((tx) =>
    logChange(tx, viewer, { kind: 'board', id: boardId, type: 'restored', data: { ...data } }, now()),
  );
}
