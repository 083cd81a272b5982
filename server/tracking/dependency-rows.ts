import { and, eq, sql } from 'drizzle-orm';
import type { Dependency } from '#domain/dependency/dependency.ts';
import { promisedFor } from '#domain/dependency/flags.ts';
import { commitment, dependency } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

export type DependencyTableRow = typeof dependency.$inferSelect;

export interface DependencyIdentity {
  readonly id: string;
  readonly organisationId: string;
  readonly createdAt: Date;
}

/** An ask with the promise of the objective that needs it, when there is one. */
export interface LoadedDependency {
  readonly row: DependencyTableRow;
  readonly state: Dependency;
  /** Title of the objective that needs it. */
  readonly requesterTitle: string;
}

/** The row of a state; `state` is kept whole, the columns beside it are there to be searched. */
export function toDependencyRow(
  identity: DependencyIdentity,
  version: number,
  state: Dependency,
): typeof dependency.$inferInsert {
  return {
    ...identity,
    boardId: state.board,
    objectKey: state.key,
    version,
    status: state.status,
    state,
    what: state.ask.what,
    requesterKey: state.requester.objective,
    requesterTeamId: state.requester.team,
    providerTeamId: state.provider.team,
    providerPersonId: state.provider.person,
    servedBy: state.servedBy,
    hard: state.ask.hardness === 'hard',
    neededBy: state.ask.neededBy,
    promisedFor: promisedFor(state),
    respondBy: state.respondBy === null ? null : new Date(state.respondBy),
  };
}

export function stateOfDependency(row: Pick<DependencyTableRow, 'state'>): Dependency {
  return row.state as Dependency;
}

/** The ask of an objective on the same board, joined to its promise. */
export const requesterJoin = and(
  eq(commitment.boardId, dependency.boardId),
  eq(commitment.objectKey, dependency.requesterKey),
);

/** Loads one ask of an organisation; `lock` keeps others from changing it until the transaction ends. */
export async function loadDependency(
  queries: Queries,
  organisationId: string,
  where: { readonly id: string } | { readonly boardId: string; readonly objectKey: string },
  { lock = false } = {},
): Promise<LoadedDependency | null> {
  const which =
    'id' in where
      ? eq(dependency.id, where.id)
      : and(eq(dependency.boardId, where.boardId), eq(dependency.objectKey, where.objectKey));
  const query = queries
    .select({ row: dependency, owner: commitment.ownerId, title: commitment.statement })
    .from(dependency)
    .leftJoin(commitment, requesterJoin)
    .where(and(which, eq(dependency.organisationId, organisationId)));
  const [found] = lock ? await query.for('update', { of: dependency }) : await query;
  return found === undefined ? null : withRequester(found);
}

/**
 * Whoever owns the promise that needs it speaks for the asking side; before there is a promise, the owner the card named
 * when the ask was saved.
 */
export function withRequester(found: {
  readonly row: DependencyTableRow;
  readonly owner: string | null;
  readonly title: string | null;
}): LoadedDependency {
  const state = stateOfDependency(found.row);
  const requester = { ...state.requester, owner: found.owner ?? state.requester.owner };
  return {
    row: found.row,
    state: { ...state, requester },
    requesterTitle: found.title ?? state.requester.title ?? '',
  };
}

/** Titles of a board's objectives by key, as far as anything was promised or asked for them. */
export async function readTitles(
  queries: Queries,
  boardId: string,
): Promise<Readonly<Record<string, string>>> {
  const asked = await queries
    .select({
      key: dependency.requesterKey,
      title: sql<string | null>`${dependency.state}->'requester'->>'title'`,
    })
    .from(dependency)
    .where(eq(dependency.boardId, boardId));
  const promised = await queries
    .select({ key: commitment.objectKey, title: commitment.statement })
    .from(commitment)
    .where(eq(commitment.boardId, boardId));
  const named = [...asked, ...promised].flatMap(({ key, title }) =>
    key === null || title === null ? [] : [[key, title] as const],
  );
  return Object.fromEntries(named);
}
