import { and, asc, count, eq, getTableColumns, inArray, sql, type SQL } from 'drizzle-orm';
import { displayOf } from '#domain/commitment/display.ts';
import { termsNow } from '#domain/commitment/commitment.ts';
import type { Instant, TimeZone } from '#domain/time.ts';
import type { CommitmentRow } from '#protocol/views/tracking.ts';
import { board, commitment, dependency } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { ruleFacts } from './commitment-context.ts';
import { stateOf, type CommitmentTableRow } from './commitment-rows.ts';
import { noSlots, readSlotFacts, viewSlot, type SlotFacts } from './slot-facts.ts';

/** When and where it is looked at. */
export interface Moment {
  readonly at: Instant;
  readonly zone: TimeZone;
}

/** Commitments that meet a condition, as lists show them, by due and statement. */
export async function listCommitments(
  queries: Queries,
  where: SQL | undefined,
  moment: Moment,
): Promise<readonly CommitmentRow[]> {
  const rows = await queries
    .select({ ...getTableColumns(commitment), boardTitle: board.title })
    .from(commitment)
    .leftJoin(board, eq(board.id, commitment.boardId))
    .where(where)
    .orderBy(asc(commitment.due), asc(commitment.statement), asc(commitment.id));
  const slots = await readSlotFacts(
    queries,
    rows.filter(({ status }) => status === 'committed').map(({ id }) => id),
    moment.at,
  );
  const choices = await readOpenChoices(queries, [
    ...new Set(rows.flatMap(({ boardId }) => (boardId === null ? [] : [boardId]))),
  ]);
  return rows.map((row) =>
    viewCommitment(row, row.boardTitle, slots.get(row.id) ?? noSlots, moment, choices.get(needKey(row)) ?? 0),
  );
}

/** One row as lists show it. */
export function viewCommitment(
  row: CommitmentTableRow,
  boardTitle: string | null,
  { waiting, silent }: SlotFacts,
  { at, zone }: Moment,
  openChoices: number,
): CommitmentRow {
  const state = stateOf(row);
  const last =
    row.lastCheckInAt === null ? null : { status: row.reportedStatus as 'on' | 'risk' | 'off' | null };
  const running = row.status === 'committed';
  return {
    id: row.id,
    boardId: row.boardId,
    boardTitle,
    objectKey: row.objectKey,
    statement: row.statement,
    ownerId: row.ownerId,
    teamId: row.teamId,
    status: row.status,
    display: displayOf(state, { silent, last }, at, { ...ruleFacts(zone), openChoices }),
    due: row.due,
    weight: row.weight,
    promise: termsNow(state).promise,
    progress: row.progress,
    reportedStatus: last?.status ?? null,
    confidence: row.confidence,
    lastCheckInAt: row.lastCheckInAt?.getTime() ?? null,
    slot: running && waiting !== null ? viewSlot(waiting, at) : null,
    version: row.version,
  };
}

/** How many needs of each objective were declined or taken back without the requester having chosen. */
export async function readOpenChoices(
  queries: Queries,
  boardIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (boardIds.length === 0) return new Map();
  const rows = await queries
    .select({ boardId: dependency.boardId, objectKey: dependency.requesterKey, open: count() })
    .from(dependency)
    .where(
      and(
        inArray(dependency.boardId, [...boardIds]),
        inArray(dependency.status, ['declined', 'revoked']),
        sql`${dependency.state}->'choice' = 'null'::jsonb`,
      ),
    )
    .groupBy(dependency.boardId, dependency.requesterKey);
  return new Map(
    rows.flatMap(({ boardId, objectKey, open }) =>
      objectKey === null ? [] : [[needKey({ boardId, objectKey }), open] as const],
    ),
  );
}

export const needKey = ({
  boardId,
  objectKey,
}: {
  readonly boardId: string | null;
  readonly objectKey: string;
}): string => `${boardId ?? ''}\n${objectKey}`;
