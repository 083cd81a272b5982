import * as Y from 'yjs';
import { readRecords } from '#board/document.ts';
import { migrateDocument } from '#board/migrate-document.ts';
import { restoreEffect } from '#board/restore-effect.ts';
import type { BoardRecord } from '#board/schema/records.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Instant } from '#domain/time.ts';
import type { BoardMoment, MomentAsked } from '#protocol/views/board-history.ts';
import type { Viewer } from '../app.ts';
import { createHistory, type BoardAt } from '../store/journal/history.ts';
import { guardedOn } from './board-guard.ts';
import { openBoard, type OpenBoard } from './board-rows.ts';
import type { FrozenDocument, PlanningDeps } from './deps.ts';
import { compareByTeam } from './plan-rows.ts';
import { planOf, readPlan } from './read-plan.ts';

/** Who edited so shortly before a moment is named with it. */
const shortlyMs = 15 * 60_000;

/** A board as it was, ready to be shown or brought back. */
export interface PastBoard {
  /** The moment asked for; of a given edit, when it was stored. */
  readonly at: Instant;
  readonly past: BoardAt;
  readonly last: NonNullable<BoardAt['last']>;
  readonly document: FrozenDocument;
}

/** Reads a board as it was from its log, folded away from where everybody waits. */
export async function readPast(
  { store, fold }: Pick<PlanningDeps, 'store' | 'fold'>,
  { row }: OpenBoard,
  asked: MomentAsked,
): Promise<Outcome<PastBoard>> {
  const history = createHistory(store);
  if ('seq' in asked && asked.seq > row.head) {
    return refused('not-found', 'This board has no such edit.', { path: 'seq' });
  }
  let past: BoardAt | null;
  let bytes: Uint8Array;
  try {
    past = 'seq' in asked ? await history.upTo(row.id, asked.seq) : await history.until(row.id, asked.at);
    if (!past?.last) return notKept;
    bytes = await fold(past.parts);
  } catch {
    return refused(
      'history-damaged',
      'The log of this board is damaged before that moment, so the board cannot be shown as it was. Look at a snapshot, or restore the database from a backup.',
    );
  }
  const { last } = past;
  const at = 'seq' in asked ? last.at : asked.at;
  return allowed({ at, past, last, document: asOfNow(bytes, past.seq) });
}

const notKept = refused(
  'not-kept',
  'The log of this board does not reach back to that moment. Choose a later one, or look at a snapshot.',
);

/** The document with the shape of today's, whatever shape it had then. */
function asOfNow(bytes: Uint8Array, seq: number): FrozenDocument {
  const doc = new Y.Doc();
  try {
    Y.applyUpdate(doc, bytes);
    const changed = migrateDocument(doc) === 'migrated';
    return { bytes: changed ? Y.encodeStateAsUpdate(doc) : bytes, seq, records: readRecords(doc).records };
  } finally {
    doc.destroy();
  }
}

export const byId = (records: readonly BoardRecord[]): ReadonlyMap<string, BoardRecord> =>
  new Map(records.map((record) => [record.id, record]));

/** A board as it was, what changed since, and what a restore would do. */
export async function viewMoment(
  deps: PlanningDeps,
  viewer: Viewer,
  boardId: string,
  asked: MomentAsked,
): Promise<Outcome<BoardMoment>> {
  const opened = await openBoard(deps.store.db, viewer, boardId, 'read');
  if (!opened.ok) return opened;
  const read = await readPast(deps, opened.value, asked);
  if (!read.ok) return read;
  const { at, past, last, document } = read.value;
  const now = await readPlan(deps, opened.value);
  if (!now.ok) return now;
  const { title, period } = opened.value.view;
  const then = planOf(document, title, period, now.value.names);
  const { who } = await guardedOn(deps.store.db, viewer, opened.value);
  return allowed({
    ...{ at, seq: past.seq, lastEdit: { at: last.at, by: last.person } },
    people: shortlyBefore(past, last.at),
    teams: compareByTeam(then.plan, now.value.plan, now.value.recordIds.objectives),
    effect: restoreEffect(byId(now.value.document.records), byId(document.records)),
    mayRestore: who.manages,
    document: Buffer.from(document.bytes).toString('base64'),
  });
}

/** Who edited shortly before, most edits first. */
function shortlyBefore({ rows }: BoardAt, at: Instant): readonly string[] {
  const edits = new Map<string, number>();
  for (const row of rows) {
    if (row.person !== null && row.at > at - shortlyMs) {
      edits.set(row.person, (edits.get(row.person) ?? 0) + 1);
    }
  }
  return [...edits].sort(([, a], [, b]) => b - a).map(([person]) => person);
}
