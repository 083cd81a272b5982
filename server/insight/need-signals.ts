import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { alias, union } from 'drizzle-orm/pg-core';
import type { NeedFacts } from '#domain/signal/need-facts.ts';
import type { Signal } from '#domain/signal/signal.ts';
import { needAdrift } from '#domain/signal/w5-need-adrift.ts';
import { riskTravels, type ServingFacts } from '#domain/signal/w6-risk-travels.ts';
import { readThresholds } from '../store/read-thresholds.ts';
import { commitment, dependency } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { listCommitments } from '../tracking/commitment-view.ts';
import { isEmpty, type Scope } from './scope.ts';

const asking = alias(commitment, 'asking');
const serving = alias(commitment, 'serving');

/** W5 and W6 of the asks a scope has to do with, on either side. */
export async function readNeedSignals(queries: Queries, scope: Scope): Promise<readonly Signal[]> {
  if (isEmpty(scope)) return [];
  const needs = await readNeeds(queries, scope);
  const servingOf = await readServing(
    queries,
    needs.flatMap(({ hard, status, servingId }) =>
      hard && status === 'accepted' && servingId !== null ? [servingId] : [],
    ),
    scope,
  );
  return needs.flatMap((it) => [
    ...[needAdrift(it, scope.at, scope.settings) ?? []].flat(),
    ...[riskTravels(it, servingOf.get(it.servingId ?? '') ?? null) ?? []].flat(),
  ]);
}

type Need = NeedFacts & { readonly servingId: string | null };

async function readNeeds(queries: Queries, scope: Scope): Promise<readonly Need[]> {
  const state = sql`${dependency.state}`;
  const rows = await queries
    .select({
      ...{ id: dependency.id, what: dependency.what, status: dependency.status, hard: dependency.hard },
      ...{ requesterTeam: dependency.requesterTeamId, providerTeam: dependency.providerTeamId },
      ...{ providerPerson: dependency.providerPersonId, respondBy: dependency.respondBy },
      ...{ neededBy: dependency.neededBy, promisedFor: dependency.promisedFor },
      ...{ weight: asking.weight, owner: asking.ownerId, servingId: serving.id },
      named: sql<string | null>`${state}->'requester'->>'owner'`,
      updatedAt: sql<number | null>`(select extract(epoch from max(e.at)) * 1000 from (
        select at from event where object_kind = 'dependency' and object_id = ${dependency.id}
        order by version desc limit 1) as e)::float8`,
      createdAt: dependency.createdAt,
    })
    .from(dependency)
    .leftJoin(
      asking,
      and(eq(asking.boardId, dependency.boardId), eq(asking.objectKey, dependency.requesterKey)),
    )
    .leftJoin(
      serving,
      and(eq(serving.boardId, dependency.boardId), eq(serving.objectKey, dependency.servedBy)),
    )
    .where(
      and(
        eq(dependency.organisationId, scope.organisationId),
        inArray(dependency.status, ['requested', 'accepted']),
        concerning(queries, scope),
      ),
    );
  return rows.map(({ owner, named, respondBy, updatedAt, createdAt, weight, ...row }) => ({
    ...row,
    weight: weight ?? 3,
    requesterOwner: owner ?? named,
    respondBy: respondBy?.getTime() ?? null,
    updatedAt: updatedAt ?? createdAt.getTime(),
  }));
}

/** Asks of the scope's own objectives, those its people promised, and those of its teams: each by its own index. */
function concerning(queries: Queries, { organisationId, of }: Scope) {
  if (of === null) return undefined;
  const ids = () => queries.select({ id: dependency.id }).from(dependency);
  const own = eq(dependency.organisationId, organisationId);
  const teams = [...of.teams];
  const ofTeams = and(
    own,
    or(inArray(dependency.requesterTeamId, teams), inArray(dependency.providerTeamId, teams)),
  );
  const { person } = of;
  if (person === null) return inArray(dependency.id, ids().where(ofTeams));
  const mine = ids()
    .innerJoin(
      commitment,
      and(eq(commitment.boardId, dependency.boardId), eq(commitment.objectKey, dependency.requesterKey)),
    )
    .where(and(eq(commitment.organisationId, organisationId), eq(commitment.ownerId, person)));
  const promised = ids().where(and(own, eq(dependency.providerPersonId, person)));
  if (teams.length === 0) return inArray(dependency.id, union(mine, promised));
  return inArray(dependency.id, union(mine, promised, ids().where(ofTeams)));
}

async function readServing(
  queries: Queries,
  ids: readonly string[],
  { organisationId, at, zone }: Scope,
): Promise<ReadonlyMap<string, ServingFacts>> {
  if (ids.length === 0) return new Map();
  const wanted = and(
    eq(commitment.organisationId, organisationId),
    inArray(commitment.id, [...new Set(ids)]),
  );
  const settings = await readThresholds(queries, organisationId);
  const rows = await listCommitments(queries, wanted, { at, zone, settings });
  return new Map(
    rows.map(({ id, statement, display, lastCheckInAt }) => [
      id,
      { statement, display, since: lastCheckInAt ?? at },
    ]),
  );
}
