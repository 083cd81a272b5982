import { eq } from 'drizzle-orm';
import type { SessionCommand } from '#domain/facilitation/command.ts';
import type { Session } from '#domain/facilitation/session.ts';
import type { LocalDate } from '#domain/time.ts';
import type { Viewer } from '../app.ts';
import { person, team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { FacilitationDeps, PlanPort } from './deps.ts';

/** An objective as it lies on a board, with the ids of who it names. */
export interface PlannedCard {
  readonly key: string;
  readonly title: string;
  readonly owner: string | null;
  readonly team: string | null;
  readonly due: LocalDate | null;
  readonly weight: number;
  readonly value: number | null;
  /** In the plan, whether anybody has promised it or not. */
  readonly inPlan: boolean;
}

/** Objectives on a session's board, read outside any transaction; null without a board, or when it cannot be read. */
export async function readPlannedCards(
  { plan }: Pick<PlanPort, 'plan'>,
  queries: Queries,
  viewer: Viewer,
  boardId: string | null,
): Promise<readonly PlannedCard[] | null> {
  if (boardId === null) return null;
  const read = await plan(viewer, boardId);
  if (!read.ok) return null;
  const ids = await readIds(queries, viewer.organisationId);
  return read.value.plan.objectives.map(({ key, title, owner, team: of, due, weight, ...card }) => ({
    ...{ key, title, due, weight, value: card.businessValue, inPlan: card.status === 'in-plan' },
    owner: owner === null ? null : (ids.people.get(owner) ?? null),
    team: of === null ? null : (ids.teams.get(of) ?? null),
  }));
}

/** The same for a command that ends a session; null for any other. */
export const cardsToEnd = (
  { planned, store }: Pick<FacilitationDeps, 'planned' | 'store'>,
  viewer: Viewer,
  { board }: Session,
  { type }: SessionCommand,
): Promise<readonly PlannedCard[] | null> =>
  type === 'end' ? readPlannedCards(planned, store.db, viewer, board) : Promise.resolve(null);

/** Boards name teams and people by their keys; somebody merged into another means that one. */
export async function readIds(
  queries: Queries,
  organisationId: string,
): Promise<{ readonly teams: ReadonlyMap<string, string>; readonly people: ReadonlyMap<string, string> }> {
  const teams = await queries
    .select({ key: team.key, id: team.id })
    .from(team)
    .where(eq(team.organisationId, organisationId));
  const people = await queries
    .select({ key: person.key, id: person.id, meant: person.mergedInto })
    .from(person)
    .where(eq(person.organisationId, organisationId));
  return {
    teams: new Map(teams.map(({ key, id }) => [key, id])),
    people: new Map(people.map(({ key, id, meant }) => [key, meant ?? id])),
  };
}
