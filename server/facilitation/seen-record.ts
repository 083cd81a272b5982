import type { MeetingRecord } from '#domain/facilitation/record.ts';
import { linesOf } from '#domain/facilitation/record.ts';
import type { ObjectRef } from '#domain/facilitation/session.ts';
import type { Viewer } from '../app.ts';
import type { Queries } from '../store/store.ts';
import { unseenAmong } from '../tracking/unseen-subjects.ts';

/** A record without the lines of what this viewer may not look at: in a table not even their number is told. */
export async function seenRecord(
  queries: Queries,
  viewer: Viewer,
  board: string | null,
  record: MeetingRecord,
): Promise<MeetingRecord> {
  if (viewer.hiddenBoards.length === 0) return record;
  const ids = linesOf(record).flatMap(({ ref }) => ref?.id ?? []);
  const unseen = await unseenAmong(queries, viewer, ids);
  // A card that nobody promised is of the session's board, and seen by whoever sees that.
  const ownHidden = board !== null && viewer.hiddenBoards.includes(board);
  const seen = <L extends { readonly ref: ObjectRef | null }>(lines: readonly L[]): readonly L[] =>
    lines.filter(({ ref }) => (ref === null ? !ownHidden : !unseen.has(ref.id)));
  return {
    ...{ objectives: seen(record.objectives), needs: seen(record.needs), risks: seen(record.risks) },
    ...{ decisions: seen(record.decisions), promises: seen(record.promises) },
  };
}
