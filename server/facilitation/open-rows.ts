import { and, asc, eq, inArray, lt } from 'drizzle-orm';
import type { Commitment } from '#domain/commitment/commitment.ts';
import type { RowSource } from '#domain/facilitation/agenda.ts';
import { dealtWith } from '#domain/facilitation/dealt-with.ts';
import { lacking } from '#domain/facilitation/missing.ts';
import type { Missing, Session } from '#domain/facilitation/session.ts';
import type { Instant } from '#domain/time.ts';
import { commitment, dependency } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { stateOf } from '../tracking/commitment-rows.ts';
import { listDependencies } from '../tracking/dependency-view.ts';
import type { PlannedCard } from './planned-cards.ts';
import { asksIn, plannedIn, weeklyIn } from './scope.ts';
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
  { at, cards }: { readonly at: Instant; readonly cards: readonly PlannedCard[] | null },
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
  const named = new Set(found.map(({ row }) => row?.id));
  const asked = (await readAskedHere(queries, organisationId, it)).filter(
    ({ row }) => !named.has(row?.id ?? ''),
  );
  return [...found, ...asked, ...unownedCards(it, cards)];
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

/** Asks made in the session, whose end is the day to answer them (tracking.md T5): neither answered nor owned as a risk, nor parked. */
async function readAskedHere(
  queries: Queries,
  organisationId: string,
  it: Session,
): Promise<readonly Missing[]> {
  const since = it.startedAt;
  if (since === null) return [];
  const asks = await listDependencies(
    queries,
    and(asksIn(organisationId, it), eq(dependency.status, 'requested')),
  );
  return asks.flatMap(({ row, state }) => {
    const here = state.status === 'requested' && state.requestedAt >= since && state.riskOwner === null;
    if (!here || it.parking.some(({ origin }) => origin?.id === row.id)) return [];
    const what = asking(state.ask.what, 'asked here and not answered; own it as a risk?');
    return [{ stage: null, what, output: null, row: { source: 'dependencies', id: row.id } }];
  });
}

/** What is in the plan of the session's board without an owner or a day. */
const unownedCards = ({ board }: Session, cards: readonly PlannedCard[] | null): readonly Missing[] =>
  (cards ?? []).flatMap(({ title, owner, due, inPlan }) => {
    const lacks = inPlan ? lacking({ owner, due }) : null;
    if (lacks === null || board === null) return [];
    // Whoever may not look at the board reads only that there is something.
    const row = { source: 'drafts', id: board } as const;
    return [{ stage: null, what: `${title}: in the plan, ${lacks}`, output: null, row }];
  });

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
