import { and, eq, inArray, isNull, lt, or, sql, type SQL } from 'drizzle-orm';
import { unseenWords } from '#domain/access/board-scope.ts';
import { assumptionFlags, tintOf } from '#domain/assumption/flags.ts';
import type { Assumption } from '#domain/assumption/assumption.ts';
import type { RegisterSettings } from '#domain/register/entry.ts';
import type { Thresholds } from '#domain/settings/threshold.ts';
import { addDays, localDateOf } from '#domain/rhythm/local-time.ts';
import type { Instant, LocalDate, TimeZone } from '#domain/time.ts';
import type { CommitmentRow, WaitingDecision } from '#protocol/views/tracking.ts';
import { assumption, board, decision, objectLink } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { seenEntries } from './seen-entries.ts';
import type { Seer } from './seen.ts';

/** Who reads it: somebody, or everybody who may look at a board. */
export type Eyes = Seer | { readonly board: string };

/** What the registers say about one promise. */
export interface Marks {
  readonly waitingOn: readonly WaitingDecision[];
  /** Broken ones are known from the promise itself. */
  readonly basis: Exclude<CommitmentRow['basis'], 'broken'>;
}

export const noMarks: Marks = { waitingOn: [], basis: null };

/** From so many on, the open entries of the organisation are fewer than the promises asked about. */
const MANY = 1_000;

/**
 * Open decisions that promises wait for, and assumptions under them that are doubtful or unknown (tracking.md T6, T7), by
 * commitment: two statements, however long the list of `ids`.
 */
export async function readMarks(
  queries: Queries,
  organisationId: string,
  ids: readonly string[],
  {
    at,
    zone,
    settings: { registers },
    eyes,
  }: {
    readonly at: Instant;
    readonly zone: TimeZone;
    readonly settings: Thresholds;
    readonly eyes?: Eyes;
  },
): Promise<ReadonlyMap<string, Marks>> {
  if (ids.length === 0) return new Map();
  const today = localDateOf(at, zone);
  const linked = and(
    eq(objectLink.organisationId, organisationId),
    eq(objectLink.toKind, 'commitment'),
    ids.length >= MANY
      ? undefined
      : sql`${objectLink.toId} in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`,
  );
  const [waits, doubts] = await Promise.all([
    readWaits(queries, linked, eyes),
    readDoubts(queries, linked, addDays(today, -registers.unknownAfterDays)),
  ]);
  return marksOf(waits, doubts, { at, zone, registers });
}

/** A decision still open, and a promise that waits for it. */
export interface Wait extends Omit<WaitingDecision, 'overdue'> {
  readonly commitment: string;
  /** False: on a board that is hidden from who looks. */
  readonly seen: boolean;
}

/** An assumption, and a promise that rests on it. */
export interface Doubt {
  readonly commitment: string;
  readonly state: unknown;
}

/** Marks by commitment; decisions in the order they come in. */
export function marksOf(
  waits: readonly Wait[],
  doubts: readonly Doubt[],
  {
    at,
    zone,
    registers,
  }: { readonly at: Instant; readonly zone: TimeZone; readonly registers: RegisterSettings },
): ReadonlyMap<string, Marks> {
  const marks = new Map<string, Marks>();
  const today = localDateOf(at, zone);
  for (const { commitment, seen, ...it } of waits) {
    const mark = marks.get(commitment) ?? noMarks;
    const overdue = it.neededBy !== null && it.neededBy < today;
    const waitingOn = seen ? [...mark.waitingOn, { ...it, overdue }] : withUnseen(mark.waitingOn, overdue);
    marks.set(commitment, { ...mark, waitingOn });
  }
  for (const { commitment, state } of doubts) {
    const it = state as Assumption;
    const tint = tintOf(it.status, assumptionFlags(it, at, { zone, settings: registers }));
    if (tint === null || tint === 'broken') continue;
    const mark = marks.get(commitment) ?? noMarks;
    marks.set(commitment, { ...mark, basis: mark.basis === 'doubtful' ? mark.basis : tint });
  }
  return marks;
}

/** That it waits is the promise's own business; for what, only of those who may look at it. Several are one. */
const withUnseen = (its: readonly WaitingDecision[], overdue: boolean): readonly WaitingDecision[] => [
  ...its.filter(({ id }) => id !== null),
  {
    ...{ id: null, question: unseenWords, deciderId: null, neededBy: null },
    overdue: overdue || its.some((it) => it.id === null && it.overdue),
  },
];

/** What eyes see of decisions; nothing where they see all. */
function seenBy(eyes: Eyes | undefined): SQL | undefined {
  if (eyes === undefined) return undefined;
  if (!('board' in eyes)) return seenEntries(decision, eyes);
  const narrow = sql`select 1 from ${board} where ${board.id} = ${decision.boardId} and ${board.scope} <> 'organisation'`;
  return or(isNull(decision.boardId), eq(decision.boardId, eyes.board), sql`not exists (${narrow})`);
}

/** Decisions still open, with what waits for them. */
const readWaits = (queries: Queries, linked: SQL | undefined, eyes: Eyes | undefined) =>
  queries
    .select({
      commitment: objectLink.toId,
      id: decision.id,
      question: decision.title,
      deciderId: decision.ownerId,
      neededBy: decision.neededBy,
      seen: sql<boolean>`coalesce(${seenBy(eyes) ?? sql`true`}, false)`,
    })
    .from(objectLink)
    .innerJoin(decision, eq(decision.id, objectLink.fromId))
    .where(and(linked, eq(objectLink.relation, 'affects'), eq(decision.status, 'open')))
    .orderBy(decision.neededBy, decision.id);

/** Assumptions in doubt, and load-bearing ones nobody looked at in time. */
const readDoubts = (queries: Queries, linked: SQL | undefined, checkedBy: LocalDate) =>
  queries
    .select({ commitment: objectLink.toId, state: assumption.state })
    .from(objectLink)
    .innerJoin(assumption, eq(assumption.id, objectLink.fromId))
    .where(
      and(
        linked,
        eq(objectLink.relation, 'carries'),
        or(
          eq(assumption.status, 'doubtful'),
          and(
            inArray(assumption.status, ['untested', 'valid']),
            eq(assumption.loadBearing, 3),
            lt(assumption.nextCheck, checkedBy),
          ),
        ),
      ),
    );
