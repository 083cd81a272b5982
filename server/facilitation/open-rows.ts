import { and, asc, eq, inArray, lt } from 'drizzle-orm';
import type { Commitment } from '#domain/commitment/commitment.ts';
import type { RowSource } from '#domain/facilitation/agenda.ts';
import { dealtWith } from '#domain/facilitation/dealt-with.ts';
import type { Missing, Session } from '#domain/facilitation/session.ts';
import type { Instant } from '#domain/time.ts';
import { commitment } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { stateOf } from '../tracking/commitment-rows.ts';
import { plannedIn, weeklyIn } from './scope.ts';
import { readUrgent } from './urgent-rows.ts';

/** A row with the question it waits for. */
export interface OpenRow {
  readonly id: string;
  readonly title: string;
  readonly ask: string;
}

/** Rows that a section has to deal with and has not, by name. */
export async function readOpenRows(
  queries: Queries,
  organisationId: string,
  it: Session,
  at: Instant,
): Promise<readonly Missing[]> {
  const found: Missing[] = [];
  for (const { id: stage, settles } of it.stages) {
    for (const source of settles) {
      const rows = [
        ...(await readUnsettled(queries, organisationId, it, source)),
        ...(await readUrgent(queries, organisationId, it, source, at)).filter(
          ({ id }) => !dealtWith(it, { source, id }),
        ),
      ];
      found.push(
        ...rows.map(({ id, title, ask }) => ({
          ...{ stage, what: asking(title, ask), output: null },
          row: { source, id },
        })),
      );
    }
  }
  return found;
}

async function readUnsettled(
  queries: Queries,
  organisationId: string,
  it: Session,
  source: RowSource,
): Promise<readonly OpenRow[]> {
  const pick = { id: commitment.id, title: commitment.statement, state: commitment.state };
  if (source === 'last-promises') {
    const rows = await queries
      .select(pick)
      .from(commitment)
      .where(
        and(
          await weeklyIn(queries, organisationId, it),
          eq(commitment.status, 'committed'),
          lt(commitment.createdAt, new Date(it.startedAt ?? 0)),
        ),
      )
      .orderBy(asc(commitment.statement));
    return rows.map((row) => ({ ...row, ask: 'kept or not kept?' }));
  }
  if (source === 'stories') {
    const rows = await queries
      .select(pick)
      .from(commitment)
      .where(and(plannedIn(organisationId, it), eq(commitment.status, 'committed')))
      .orderBy(asc(commitment.statement));
    return rows.map((row) => ({ ...row, ask: 'done, missed, dropped or carried?' }));
  }
  if (source === 'causes') {
    const rows = await queries
      .select(pick)
      .from(commitment)
      .where(and(plannedIn(organisationId, it), inArray(commitment.status, ['missed', 'dropped', 'carried'])))
      .orderBy(asc(commitment.statement));
    return rows
      .filter((row) => !hasCause(stateOf(row)))
      .map((row) => ({ ...row, ask: 'what was the cause?' }));
  }
  return [];
}

/** True when what ended badly says why. */
export function hasCause(state: Commitment): boolean {
  switch (state.status) {
    case 'missed':
      return state.missed.cause !== null;
    case 'dropped':
      return state.dropped.cause !== null;
    case 'carried':
      return state.carried.cause !== null;
    default:
      return true;
  }
}

/** A title that is a question itself is followed by the next one. */
const asking = (title: string, ask: string): string =>
  /[?!.]$/.test(title) ? `${title} ${ask.charAt(0).toUpperCase()}${ask.slice(1)}` : `${title}: ${ask}`;
