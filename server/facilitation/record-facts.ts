import { and, eq, gte, inArray, lte, ne, or, sql, type SQL } from 'drizzle-orm';
import type { Decision } from '#domain/decision/decision.ts';
import type { DecisionEvent } from '#domain/decision/command.ts';
import { foldDecision } from '#domain/decision/fold.ts';
import type { Session } from '#domain/facilitation/session.ts';
import { foldRisk } from '#domain/risk/fold.ts';
import type { Risk, RiskEvent } from '#domain/risk/risk.ts';
import type { Instant } from '#domain/time.ts';
import type { CommitmentRow } from '#protocol/views/tracking.ts';
import { commitment, decision, dependency, event, risk } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { listDependenciesAt } from '../tracking/as-of/asks-at.ts';
import { listCommitmentsAt } from '../tracking/as-of/promises-at.ts';
import { listCommitments, type Moment } from '../tracking/commitment-view.ts';
import { listDependencies, type ListedDependency } from '../tracking/dependency-view.ts';
import { readKindEvents } from '../tracking/read-events.ts';
import { asksIn, plannedIn, roomSees, teamsOf, weeklyIn } from './scope.ts';

/** An entry of a register with its state. */
export interface StateOf<S> {
  readonly id: string;
  readonly boardId: string | null;
  readonly key: string | null;
  readonly state: S;
}

/** Everything a session is about, as it stands at a moment. */
export interface RecordFacts {
  readonly promises: readonly CommitmentRow[];
  /** Of these, the promises for a week. */
  readonly weekly: ReadonlySet<string>;
  readonly asks: readonly ListedDependency[];
  readonly risks: readonly StateOf<Risk>[];
  readonly decisions: readonly StateOf<Decision>[];
}

/** When it is looked at, and the stretch of real time in which what is written down happened in the session. */
interface When {
  readonly moment: Moment;
  readonly window: { readonly since: Instant; readonly until: Instant };
}

interface Scope {
  readonly planned: SQL | undefined;
  readonly weekly: SQL | undefined;
  readonly asks: SQL | undefined;
  readonly entries: (table: typeof risk | typeof decision) => SQL | undefined;
}

async function scopeOf(queries: Queries, organisationId: string, it: Session): Promise<Scope> {
  const teams = await teamsOf(queries, it);
  return {
    planned: plannedIn(organisationId, it),
    weekly: await weeklyIn(queries, organisationId, it),
    asks: and(asksIn(organisationId, it), ne(dependency.status, 'draft')),
    entries: (table) =>
      and(
        ...[eq(table.organisationId, organisationId), roomSees(table.boardId, it)],
        it.board === null && teams === null
          ? undefined
          : or(
              it.board === null ? undefined : eq(table.boardId, it.board),
              teams === null || teams.length === 0 ? undefined : inArray(table.teamId, [...teams]),
            ),
      ),
  };
}

/** As everything stands now, from the tables. */
export async function readFactsNow(
  queries: Queries,
  organisationId: string,
  it: Session,
  { moment, window }: When,
): Promise<RecordFacts> {
  const scope = await scopeOf(queries, organisationId, it);
  const weekly = await idsOf(queries, commitment, and(scope.weekly, changedWithin(window)));
  const these = weekly.size === 0 ? undefined : inArray(commitment.id, [...weekly]);
  const entry = (table: typeof risk | typeof decision) =>
    queries
      .select({ id: table.id, boardId: table.boardId, key: table.objectKey, state: table.state })
      .from(table)
      .where(scope.entries(table));
  return {
    promises: await listCommitments(queries, or(scope.planned, these), moment),
    weekly,
    asks: await listDependencies(queries, scope.asks),
    risks: (await entry(risk)) as StateOf<Risk>[],
    decisions: (await entry(decision)) as StateOf<Decision>[],
  };
}

/** The same as it was at the moment, from the log of each object: what happened since changes nothing of it. */
export async function readFactsAt(
  queries: Queries,
  organisationId: string,
  it: Session,
  { moment, window }: When,
): Promise<RecordFacts> {
  const { at } = moment;
  const scope = await scopeOf(queries, organisationId, it);
  const planned = await idsOf(queries, commitment, scope.planned);
  const weekly = await idsOf(queries, commitment, and(scope.weekly, changedWithin(window)));
  const everybody = { organisationId, personId: '', teams: [], hiddenBoards: [] };
  const filter = it.board === null ? {} : { boardId: it.board };
  const promises = await listCommitmentsAt(queries, everybody, weekly.size === 0 ? filter : {}, moment);
  const of = { organisationId, boardId: it.board ?? undefined };
  return {
    promises: promises.filter(({ id }) => planned.has(id) || weekly.has(id)),
    weekly,
    asks: await listDependenciesAt(queries, of, at, scope.asks),
    risks: await foldedAt<Risk, RiskEvent>(queries, organisationId, {
      ...{ kind: 'risk', at, fold: foldRisk },
      ids: await idsOf(queries, risk, scope.entries(risk)),
    }),
    decisions: await foldedAt<Decision, DecisionEvent>(queries, organisationId, {
      ...{ kind: 'decision', at, fold: foldDecision },
      ids: await idsOf(queries, decision, scope.entries(decision)),
    }),
  };
}

/** Something was written down about a promise in the session. */
const changedWithin = ({ since, until }: When['window']): SQL =>
  sql`exists (select 1 from ${event} where ${and(
    ...[eq(event.objectKind, 'commitment'), eq(event.objectId, commitment.id)],
    ...[gte(event.recordedAt, new Date(since)), lte(event.recordedAt, new Date(until))],
  )})`;

async function idsOf(
  queries: Queries,
  table: typeof commitment | typeof risk | typeof decision,
  where: SQL | undefined,
): Promise<ReadonlySet<string>> {
  const rows = await queries.select({ id: table.id }).from(table).where(where);
  return new Set(rows.map(({ id }) => id));
}

async function foldedAt<S extends { readonly board: string | null; readonly key: string | null }, E>(
  queries: Queries,
  organisationId: string,
  of: {
    readonly kind: string;
    readonly at: Instant;
    readonly ids: ReadonlySet<string>;
    fold(state: S | null, event: E): S | null;
  },
): Promise<readonly StateOf<S>[]> {
  const events = await readKindEvents(queries, { organisationId, kind: of.kind, ids: [...of.ids] }, of.at);
  return [...Map.groupBy(events, ({ objectId }) => objectId)].flatMap(([id, its]) => {
    const state = its.reduce<S | null>((before, each) => of.fold(before, each as E), null);
    return state === null ? [] : [{ id, boardId: state.board, key: state.key, state }];
  });
}
