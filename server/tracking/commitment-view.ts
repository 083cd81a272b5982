import { and, asc, count, eq, getTableColumns, inArray, lte, sql, type SQL } from 'drizzle-orm';
import { openBases, termsNow, type BrokenBasis, type Commitment } from '#domain/commitment/commitment.ts';
import { displayOf, type Displayed } from '#domain/commitment/display.ts';
import type { Thresholds } from '#domain/settings/threshold.ts';
import { thresholdsOf } from '#domain/settings/thresholds.ts';
import type { Instant, TimeZone } from '#domain/time.ts';
import type { CommitmentRow, PlannedSlotView } from '#protocol/views/tracking.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import type { Slot } from '#domain/rhythm/slot.ts';
import type { Viewer } from '../app.ts';
import { board, commitment, dependency } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { CommitmentTableRow } from './commitment-rows.ts';
import { readPeriodOfDue, type PeriodOfDue } from './plan-periods.ts';
import { readMarksAt } from './as-of/marks-at.ts';
import { noMarks, readMarks, type Eyes, type Marks } from './register-marks.ts';
import { readRuleFacts, type RuleFacts } from './rule-facts.ts';
import type { Seer } from './seen.ts';
import { noSlots, readSlotFacts, viewSlot, type SlotFacts } from './slot-facts.ts';

/** When and where it is looked at. */
export interface Moment {
  readonly at: Instant;
  readonly zone: TimeZone;
  /** The organisation's own thresholds. */
  readonly settings: Thresholds;
  /** Whose eyes they are; a board stands for everybody who may look at it. Absent: the server's own look, shown to nobody. */
  readonly eyes?: Eyes;
}

/** This viewer's now. */
export const momentOf = (viewer: Seer & Pick<Viewer, 'organisation'>): Moment => {
  const { organisation } = viewer;
  return {
    ...{ at: organisation.now, zone: organisation.timezone },
    settings: thresholdsOf(organisation.thresholds),
    eyes: viewer,
  };
};

/** What lists read of a commitment: its columns, and of the state only what the display looks at. */
export interface ListedCommitment extends Omit<CommitmentTableRow, 'state'> {
  readonly offeredAt: Instant;
  /** Done after the due day. */
  readonly late: boolean;
  readonly promise: CommitmentRow['promise'];
  /** Assumptions under it that failed; null = none did. */
  readonly bases: readonly BrokenBasis[] | null;
}

const { state: whole, ...searched } = getTableColumns(commitment);

/** The state is kilobytes with every version of the promise; a list of hundreds reads three words of it. */
const listed = {
  ...searched,
  offeredAt: sql<number>`(${whole}->>'offeredAt')::float8`,
  late: sql<boolean>`coalesce((${whole}->'done'->>'late')::boolean, false)`,
  promise: sql<CommitmentRow['promise']>`coalesce(
    ${whole}->'versions'->-1->'terms'->>'promise', ${whole}->'offered'->>'promise')`,
  bases: sql<readonly BrokenBasis[] | null>`${whole}->'bases'`,
};

/** The same of a state that was read whole. */
export function toListed({ state: _, ...row }: CommitmentTableRow, state: Commitment): ListedCommitment {
  const late = state.status === 'done' && state.done.late;
  const { promise } = termsNow(state);
  return { ...row, offeredAt: state.offeredAt, late, promise, bases: state.bases ?? null };
}

/** Commitments that meet a condition, as lists show them, by due and statement. */
export async function listCommitments(
  queries: Queries,
  where: SQL | undefined,
  moment: Moment,
): Promise<readonly CommitmentRow[]> {
  const rows = await queries
    .select({ ...listed, boardTitle: board.title })
    .from(commitment)
    .leftJoin(board, eq(board.id, commitment.boardId))
    // An example's clock may stand before what was promised there.
    .where(and(where, lte(commitment.createdAt, new Date(moment.at))))
    .orderBy(asc(commitment.due), asc(commitment.statement), asc(commitment.id));
  return viewCommitments(queries, rows, moment);
}

/** Rows with what is read beside them: slots that wait, silence, needs without an answer. */
export async function viewCommitments(
  queries: Queries,
  rows: readonly (ListedCommitment & { readonly boardTitle: string | null })[],
  moment: Moment,
  { asOf = false, choices }: { asOf?: boolean; choices?: ReadonlyMap<string, number> } = {},
): Promise<readonly CommitmentRow[]> {
  const [first] = rows;
  if (first === undefined) return [];
  const running = rows.filter(({ status }) => status === 'committed').map(({ id }) => id);
  const alive = rows.filter(({ status }) => status === 'committed' || status === 'proposed');
  const [slots, open, marks, factsOf, periodOfDue] = await Promise.all([
    readSlotFacts(queries, running, moment.at, { asOf }),
    choices ?? readOpenChoices(queries, alive),
    (asOf ? readMarksAt : readMarks)(
      queries,
      first.organisationId,
      alive.map(({ id }) => id),
      moment,
    ),
    readRuleFacts(queries, first.organisationId),
    running.length === 0 ? () => null : readPeriodOfDue(queries, first.organisationId),
  ]);
  return rows.map((row) =>
    viewCommitment(row, row.boardTitle, slots.get(row.id) ?? noSlots, moment, {
      ...{ facts: { ...factsOf(row.teamId), settings: moment.settings.tracking }, periodOfDue },
      openChoices: open.get(needKey(row)) ?? 0,
      marks: marks.get(row.id) ?? noMarks,
    }),
  );
}

const isHiddenFrom = (eyes: Eyes | undefined, boardId: string | null): boolean =>
  boardId !== null && eyes !== undefined && 'hiddenBoards' in eyes && eyes.hiddenBoards.includes(boardId);

/** One row as lists show it. */
export function viewCommitment(
  row: ListedCommitment,
  boardTitle: string | null,
  { waiting, silent }: SlotFacts,
  { at, eyes }: Moment,
  {
    facts,
    periodOfDue,
    openChoices,
    marks,
  }: {
    readonly facts: RuleFacts;
    readonly periodOfDue: PeriodOfDue;
    readonly openChoices: number;
    readonly marks: Marks;
  },
): CommitmentRow {
  const last =
    row.lastCheckInAt === null ? null : { status: row.reportedStatus as 'on' | 'risk' | 'off' | null };
  const running = row.status === 'committed';
  const bases = row.bases ?? [];
  const shown = {
    ...{ offeredAt: row.offeredAt, status: row.status, done: { late: row.late } },
    bases,
  } as Displayed;
  const alive = running || row.status === 'proposed';
  const broken = running && openBases({ bases }).length > 0;
  return {
    id: row.id,
    boardId: row.boardId,
    // Whom a promise concerns may be somebody for whom its board does not exist.
    boardTitle: isHiddenFrom(eyes, row.boardId) ? null : boardTitle,
    objectKey: row.objectKey,
    statement: row.statement,
    ownerId: row.ownerId,
    teamId: row.teamId,
    status: row.status,
    display: displayOf(shown, { silent, last }, at, { ...facts, openChoices }),
    due: row.due,
    weight: row.weight,
    promise: row.promise,
    progress: row.progress,
    reportedStatus: last?.status ?? null,
    confidence: row.confidence,
    lastCheckInAt: row.lastCheckInAt?.getTime() ?? null,
    slot: running && waiting !== null ? viewPlanned(waiting, at, facts, periodOfDue) : null,
    version: row.version,
    waitingOn: alive ? marks.waitingOn : [],
    basis: broken ? 'broken' : alive ? marks.basis : null,
  };
}

/** A slot with the plan period its due day counts for, where the team is. */
export const viewPlanned = (
  it: Slot,
  at: Instant,
  { zone }: Pick<RuleFacts, 'zone'>,
  periodOfDue: PeriodOfDue,
): PlannedSlotView => ({
  ...viewSlot(it, at),
  countsFor: periodOfDue(localDateOf(it.dueAt, zone))?.label ?? null,
});

/** So few objectives are asked for by name; for more, their boards are looked through. */
const FEW = 100;

/** How many needs of each objective were declined or taken back without the requester having chosen. */
export async function readOpenChoices(
  queries: Queries,
  objectives: readonly { readonly boardId: string | null; readonly objectKey: string }[],
): Promise<ReadonlyMap<string, number>> {
  const boardIds = new Set(objectives.flatMap(({ boardId }) => (boardId === null ? [] : [boardId])));
  if (boardIds.size === 0) return new Map();
  const keys = objectives.map(({ objectKey }) => objectKey);
  const rows = await queries
    .select({ boardId: dependency.boardId, objectKey: dependency.requesterKey, open: count() })
    .from(dependency)
    .where(
      and(
        inArray(dependency.boardId, [...boardIds]),
        keys.length > FEW ? undefined : inArray(dependency.requesterKey, keys),
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
