import { and, eq, gte, inArray, lte, sql } from 'drizzle-orm';
import type { PromiseFacts } from '#domain/signal/promise-facts.ts';
import { silenceOf } from '#domain/signal/silence.ts';
import type { Signal, SignalSettings } from '#domain/signal/signal.ts';
import { tooMuchForOne } from '#domain/signal/w11-overload.ts';
import { silent } from '#domain/signal/w4-silent.ts';
import { movedOn } from '#domain/signal/w9-moved-on.ts';
import { dayMs } from '#domain/rhythm/local-time.ts';
import { commitment, slot } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { toSlot } from '../tracking/commitment-rows.ts';
import { readSlotFacts } from '../tracking/slot-facts.ts';
import { isEmpty, ofScope, type Scope } from './scope.ts';

/** So far back a silence is followed; a longer one is as bad. */
const LOOK_BACK = 400 * dayMs;

/** W4, W9 and, for owners, W11 of the running commitments of a scope. */
export async function readPromiseSignals(queries: Queries, scope: Scope): Promise<readonly Signal[]> {
  if (isEmpty(scope)) return [];
  const { settings } = scope;
  const facts = await readPromiseFacts(queries, scope);
  return [
    ...(await silences(queries, facts, scope)),
    ...facts.flatMap((it) => movedOn(it, settings) ?? []),
    ...overloads(facts, settings),
  ];
}

interface Facts extends PromiseFacts {
  readonly horizon: string;
}

async function readPromiseFacts(queries: Queries, scope: Scope): Promise<readonly Facts[]> {
  const state = sql`${commitment.state}`;
  const rows = await queries
    .select({
      ...{ id: commitment.id, statement: commitment.statement, weight: commitment.weight },
      ...{ owner: commitment.ownerId, team: commitment.teamId, due: commitment.due },
      ...{ horizon: commitment.horizon, acceptedAt: commitment.acceptedAt },
      reviewer: sql<string | null>`${state}->>'reviewer'`,
      carryCount: sql<number>`coalesce((${state}->>'carryCount')::int, 0)`,
      slips: sql<number>`(select count(*)::int from jsonb_array_elements(${state}->'versions') as v
        where (v->>'daysSlipped')::int > 0)`,
      changedAt: sql<number | null>`(${state}->'versions'->-1->>'at')::float8`,
    })
    .from(commitment)
    .where(and(ofScope(scope), eq(commitment.status, 'committed')));
  return rows.map(({ acceptedAt, changedAt, ...row }) => ({
    ...row,
    changedAt: changedAt ?? acceptedAt?.getTime() ?? 0,
  }));
}

async function silences(
  queries: Queries,
  facts: readonly Facts[],
  { at, settings }: Scope,
): Promise<readonly Signal[]> {
  const heavy = facts.filter(({ weight }) => weight >= settings.heavyFrom);
  const slots = await readSlotFacts(
    queries,
    heavy.map(({ id }) => id),
    at,
  );
  const quiet = heavy.filter(({ id }) => slots.get(id)?.silent === true);
  if (quiet.length === 0) return [];
  const rows = await queries
    .select()
    .from(slot)
    .where(
      and(
        inArray(
          slot.commitmentId,
          quiet.map(({ id }) => id),
        ),
        gte(slot.dueAt, new Date(at - LOOK_BACK)),
        lte(slot.dueAt, new Date(at)),
      ),
    );
  const byCommitment = Map.groupBy(rows, ({ commitmentId }) => commitmentId);
  return quiet.flatMap((it) => {
    const its = (byCommitment.get(it.id) ?? []).map(toSlot);
    return silent(it, silenceOf(its, at), at, settings) ?? [];
  });
}

/** Of each owner with too many at once; a weekly promise is not one of a quarter. */
function overloads(facts: readonly Facts[], settings: SignalSettings): readonly Signal[] {
  const quarterly = facts.filter(({ horizon, owner }) => horizon !== 'week' && owner !== null);
  const byOwner = Map.groupBy(quarterly, ({ owner }) => owner ?? '');
  return [...byOwner].flatMap(([person, own]) => {
    const weight = Math.max(...own.map((it) => it.weight));
    const since = Math.max(...own.map((it) => it.changedAt));
    const of = { person, team: own[0]?.team ?? null, open: own.length, weight, since };
    return tooMuchForOne(of, settings) ?? [];
  });
}
