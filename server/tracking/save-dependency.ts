import { and, eq, inArray } from 'drizzle-orm';
import type { DraftDependency } from '#domain/dependency/command.ts';
import { decide } from '#domain/dependency/decide.ts';
import { allowed, type Outcome } from '#domain/outcome.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { SaveDependencyInput } from '../app-tracking.ts';
import type { Viewer } from '../app.ts';
import { openBoard } from '../planning/board-rows.ts';
import { boardNotFound } from '../planning/board-right.ts';
import { person, team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { dependencyContext } from './dependency-context.ts';
import { loadDependency } from './dependency-rows.ts';
import type { TrackingDeps } from './deps.ts';
import { keepDependency } from './keep-dependency.ts';
import { actorOf, standingOf } from './standing.ts';

/** Saves the facts of a drawn arrow as a draft, or what changed of an ask already sent. Returns its id. */
export async function saveDependency(
  deps: TrackingDeps,
  viewer: Viewer,
  boardId: string,
  input: SaveDependencyInput,
): Promise<Outcome<{ readonly id: string; readonly boardId: string }>> {
  if (!isUuid(boardId)) return boardNotFound;
  const { organisationId, organisation } = viewer;
  const opened = await openBoard(deps.store.db, viewer, boardId, 'write');
  if (!opened.ok) return opened;
  const draft = await toDraft(deps.store.db, organisationId, boardId, input, await deps.readPlan(boardId));
  const facts = { organisationId, zone: organisation.timezone, depth: organisation.depth };
  return deps.store.transaction(async (tx) => {
    const where = { boardId, objectKey: input.objectKey };
    const loaded = await loadDependency(tx, organisationId, where, { lock: true });
    const ask = { id: loaded?.row.id ?? null, boardId, providerTeam: draft.providerTeam };
    const context = await dependencyContext(tx, facts, ask, await standingOf(tx, viewer));
    const at = organisation.now;
    const decided = decide(loaded?.state ?? null, { type: 'save', ...draft }, actorOf(viewer), at, context);
    if (!decided.ok) return decided;
    const identity = loaded?.row ?? { id: deps.newId(), organisationId, createdAt: new Date(at) };
    const book = { organisationId, recordedAt: deps.now(), zone: organisation.timezone };
    const kept = { identity, version: loaded?.row.version ?? 0, before: loaded?.state ?? null };
    await keepDependency(tx, book, kept, decided.value);
    return allowed({ id: identity.id, boardId });
  });
}

/** The arrow's facts with teams and people by id; who owns the objective is read from the board, not from the sender. */
async function toDraft(
  queries: Queries,
  organisationId: string,
  boardId: string,
  input: SaveDependencyInput,
  plan: Plan | null,
): Promise<DraftDependency> {
  const needs = plan?.objectives.find(({ key }) => key === input.requesterKey) ?? null;
  const serves = plan?.objectives.find(({ key }) => key === (input.servedBy ?? null)) ?? null;
  const requesterTeam = input.requesterTeam ?? needs?.team ?? null;
  const providerTeam = input.providerTeam ?? serves?.team ?? null;
  const teams = await idsByKey(queries, 'team', organisationId, [requesterTeam, providerTeam]);
  const people = await idsByKey(queries, 'person', organisationId, [needs?.owner ?? null]);
  return {
    board: boardId,
    key: input.objectKey,
    ask: {
      what: input.what,
      detail: input.detail ?? '',
      acceptanceTest: '',
      neededBy: input.neededBy,
      hardness: input.hardness,
      size: input.size ?? null,
    },
    requester: {
      objective: input.requesterKey,
      team: teams.get(requesterTeam ?? '') ?? null,
      owner: people.get(needs?.owner ?? '') ?? null,
      ...(needs === null ? {} : { title: needs.title }),
    },
    providerTeam: teams.get(providerTeam ?? '') ?? null,
    servedBy: input.servedBy ?? null,
  };
}

async function idsByKey(
  queries: Queries,
  kind: 'team' | 'person',
  organisationId: string,
  keys: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = keys.filter((key) => key !== null);
  if (wanted.length === 0) return new Map();
  const table = kind === 'team' ? team : person;
  const rows = await queries
    .select({ id: table.id, key: table.key })
    .from(table)
    .where(and(eq(table.organisationId, organisationId), inArray(table.key, wanted)));
  return new Map(rows.map(({ key, id }) => [key, id]));
}
